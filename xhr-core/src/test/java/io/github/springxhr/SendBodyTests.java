package io.github.springxhr;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.springxhr.form.Blob;
import io.github.springxhr.form.File;
import io.github.springxhr.form.FormData;
import io.github.springxhr.form.URLSearchParams;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.RequestBody;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SendBodyTests {

	private static String contentType(SendBody body, String author) {
		HeaderList headers = new HeaderList();
		if (author != null) {
			headers.add("Content-Type", author);
		}
		body.applyContentType(headers);
		return headers.get("Content-Type");
	}

	private static byte[] bytes(SendBody body) {
		RequestBody.Bytes bytes = (RequestBody.Bytes) body.body();
		return java.util.Arrays.copyOfRange(bytes.bytes(), bytes.offset(), bytes.offset() + bytes.count());
	}

	@Test
	void nullIsNoBody() {
		assertThat(extract((String) null)).isNull();
		assertThat(extract((byte[]) null)).isNull();
		assertThat(extract((ByteBuffer) null)).isNull();
		assertThat(extract((Blob) null)).isNull();
		assertThat(extract((FormData) null)).isNull();
		assertThat(extract((URLSearchParams) null)).isNull();
		assertThat(extract(null)).isNull();
	}

	@Test
	void stringIsAScalarValueString() {
		SendBody body = extract("\uD800");
		assertThat(bytes(body)).isEqualTo("\uFFFD".getBytes(StandardCharsets.UTF_8));
		assertThat(contentType(body, null)).isEqualTo("text/plain;charset=UTF-8");
		assertThat(contentType(body, "text/xml;charset=latin1;a=b")).isEqualTo("text/xml;charset=UTF-8;a=b");
		assertThat(contentType(body, "text/xml; charset=utf-8")).isEqualTo("text/xml; charset=utf-8");
	}

	@Test
	void byteBufferIsCopiedAndNotConsumed() {
		byte[] array = { 1, 2, 3, 4 };
		ByteBuffer buffer = ByteBuffer.wrap(array, 1, 2);
		SendBody body = extract(buffer);
		array[1] = 9;
		assertThat(bytes(body)).containsExactly(2, 3);
		assertThat(buffer.remaining()).isEqualTo(2);
		assertThat(contentType(body, null)).isNull();
	}

	@Test
	void blobHasItsTypeAndLeavesTheAuthorsAlone() {
		SendBody typed = extract(new Blob(List.of("abc"), "text/html;charset=latin1"));
		assertThat(bytes(typed)).containsExactly('a', 'b', 'c');
		assertThat(contentType(typed, null)).isEqualTo("text/html;charset=latin1");
		assertThat(contentType(typed, "text/xml;charset=x")).isEqualTo("text/xml;charset=x");
		assertThat(contentType(extract(new Blob(List.of("abc"))), null)).isNull();
		assertThat(contentType(extract(new File(List.of("abc"), "a.txt", "a/b")), null)).isEqualTo("a/b");
	}

	@Test
	void formDataIsMultipart() {
		FormData form = new FormData();
		form.append("a", "b");
		SendBody body = extract(form);
		form.append("later", "c");
		String type = contentType(body, null);
		assertThat(type).startsWith("multipart/form-data; boundary=");
		String boundary = type.substring(type.indexOf('=') + 1);
		assertThat(new String(bytes(body), StandardCharsets.UTF_8)).isEqualTo("--" + boundary
				+ "\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--" + boundary + "--\r\n");
		assertThat(contentType(body, "x/y;charset=z")).isEqualTo("x/y;charset=z");
	}

	@Test
	void searchParamsAreATextWithACharset() {
		SendBody body = extract(new URLSearchParams("a=\u00E4 b"));
		assertThat(bytes(body)).asString(StandardCharsets.US_ASCII).isEqualTo("a=%C3%A4+b");
		assertThat(contentType(body, null)).isEqualTo("application/x-www-form-urlencoded;charset=UTF-8");
		assertThat(contentType(body, "a/b;charset=x")).isEqualTo("a/b;charset=UTF-8");
		assertThat(contentType(body, "a/b")).isEqualTo("a/b");
	}

	@Test
	void streamHasNoTypeAndComesOnce() {
		SendBody body = extract(new StreamBody(Flux.<ByteBuffer>empty(), -1));
		assertThat(contentType(body, null)).isNull();
		assertThat(body.body().isRepeatable()).isFalse();
		assertThat(body.body().length()).isEqualTo(RequestBody.UNKNOWN_LENGTH);
		assertThatIllegalArgumentException().isThrownBy(() -> extract(new StreamBody(Flux.<ByteBuffer>empty(), -2)));
	}

	private static SendBody extract(Object body) {
		return SendBody.extract(body, null);
	}

}
