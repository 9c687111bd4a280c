package io.github.springxhr;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.github.springxhr.form.Blob;
import io.github.springxhr.form.FormBodies;
import io.github.springxhr.form.FormData;
import io.github.springxhr.form.URLSearchParams;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.RequestBody;
import io.github.springxhr.http.ScalarValues;
import io.github.springxhr.mime.MimeType;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;

/**
 * A body as {@code send()} takes it: its bytes, and the Content-Type that goes with it.
 *
 * @param body the bytes
 * @param type the type of a body whose author set none, or {@code null}
 * @param text whether the body is a text (a string or {@code URLSearchParams}), which is
 * always sent in UTF-8
 * @see <a href="https://fetch.spec.whatwg.org/#concept-bodyinit-extract">Fetch Standard,
 * extract a body</a>
 */
record SendBody(RequestBody body, @Nullable String type, boolean text) {

	private static final String CONTENT_TYPE = "Content-Type";

	static @Nullable SendBody extract(@Nullable String text) {
		if (text == null) {
			return null;
		}
		return new SendBody(new RequestBody.Bytes(ScalarValues.utf8Encode(text)), "text/plain;charset=UTF-8", true);
	}

	static @Nullable SendBody extract(byte @Nullable [] bytes) {
		return (bytes != null) ? new SendBody(new RequestBody.Bytes(bytes.clone()), null, false) : null;
	}

	static @Nullable SendBody extract(@Nullable ByteBuffer buffer) {
		if (buffer == null) {
			return null;
		}
		byte[] bytes = new byte[buffer.remaining()];
		buffer.duplicate().get(bytes);
		return new SendBody(new RequestBody.Bytes(bytes), null, false);
	}

	static @Nullable SendBody extract(@Nullable Blob blob) {
		if (blob == null) {
			return null;
		}
		String type = blob.getType();
		return new SendBody(FormBodies.of(blob), type.isEmpty() ? null : type, false);
	}

	static @Nullable SendBody extract(@Nullable FormData formData) {
		if (formData == null) {
			return null;
		}
		FormBodies.Multipart multipart = FormBodies.of(formData);
		return new SendBody(multipart.body(), "multipart/form-data; boundary=" + multipart.boundary(), false);
	}

	static @Nullable SendBody extract(@Nullable URLSearchParams params) {
		if (params == null) {
			return null;
		}
		byte[] bytes = params.toString().getBytes(StandardCharsets.US_ASCII);
		return new SendBody(new RequestBody.Bytes(bytes), "application/x-www-form-urlencoded;charset=UTF-8", true);
	}

	/**
	 * Extract a stream of bytes. It has no type.
	 * @param source the bytes
	 * @param length how many they will be, or {@link RequestBody#UNKNOWN_LENGTH}
	 */
	static @Nullable SendBody extract(@Nullable Publisher<ByteBuffer> source, long length) {
		return (source != null) ? new SendBody(new RequestBody.Stream(source, length), null, false) : null;
	}

	/**
	 * Set the Content-Type if the author did not, or correct the charset the author gave
	 * to a text.
	 * @see <a href="https://xhr.spec.whatwg.org/#the-send()-method">send()</a>
	 */
	void applyContentType(HeaderList authorRequestHeaders) {
		String original = authorRequestHeaders.get(CONTENT_TYPE);
		if (original == null) {
			if (this.type != null) {
				authorRequestHeaders.set(CONTENT_TYPE, this.type);
			}
			return;
		}
		MimeType record = this.text ? MimeType.parse(original) : null;
		String charset = (record != null) ? record.getParameter("charset") : null;
		if (record != null && charset != null && !charset.equalsIgnoreCase("UTF-8")) {
			authorRequestHeaders.set(CONTENT_TYPE, record.withParameter("charset", "UTF-8").serialize());
		}
	}

}
