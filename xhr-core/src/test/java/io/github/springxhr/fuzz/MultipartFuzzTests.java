package io.github.springxhr.fuzz;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.springxhr.form.File;
import io.github.springxhr.form.FormBodies;
import io.github.springxhr.form.FormData;
import io.github.springxhr.http.RequestBody;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A body is taken apart to the entries that it was made of.
 */
class MultipartFuzzTests {

	private static final Pattern PART = Pattern.compile(
			"\r\nContent-Disposition: form-data; name=\"([^\"\r\n]*)\"(?:; filename=\"([^\"\r\n]*)\"\r\nContent-Type: [ -~]+)?\r\n\r\n(.*)\r\n",
			Pattern.DOTALL);

	@FuzzTest(maxDuration = "60s")
	void multipart(FuzzedDataProvider data) throws IOException {
		String name = data.consumeString(60);
		String filename = data.consumeString(60);
		String type = data.consumeString(60);
		String value = data.consumeRemainingAsString();
		FormData form = new FormData();
		form.append(name, value);
		form.append(name, new File(List.of(value), filename, type));
		FormBodies.Multipart multipart = FormBodies.of(form);
		String[] parts = read(multipart.body()).split(Pattern.quote("--" + multipart.boundary()), -1);
		assertThat(parts).hasSize(4);
		assertThat(parts[0]).isEmpty();
		assertThat(parts[3]).isEqualTo("--\r\n");
		Matcher field = match(parts[1]);
		assertThat(field.group(1)).isEqualTo(escaped(lines(name)));
		assertThat(field.group(3)).isEqualTo(utf8(lines(value)));
		Matcher file = match(parts[2]);
		assertThat(file.group(1)).isEqualTo(escaped(lines(name)));
		assertThat(file.group(2)).isEqualTo(escaped(filename));
		assertThat(file.group(3)).isEqualTo(utf8(value));
	}

	private static Matcher match(String part) {
		Matcher matcher = PART.matcher(part);
		assertThat(matcher.matches()).as(part).isTrue();
		return matcher;
	}

	private static String lines(String text) {
		return text.replaceAll("\r\n|\r|\n", "\r\n");
	}

	private static String escaped(String text) {
		return utf8(text.replace("\r", "%0D").replace("\n", "%0A").replace("\"", "%22"));
	}

	private static String utf8(String text) {
		String scalars = text.replaceAll("[\ud800-\udfff]", "\ufffd");
		return new String(scalars.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
	}

	private static String read(RequestBody body) throws IOException {
		StringBuilder text = new StringBuilder();
		List<RequestBody> parts = (body instanceof RequestBody.Sequence sequence) ? sequence.parts() : List.of(body);
		for (RequestBody part : parts) {
			if (part instanceof RequestBody.Bytes bytes) {
				text.append(new String(bytes.bytes(), bytes.offset(), bytes.count(), StandardCharsets.ISO_8859_1));
			}
			else {
				try (ReadableByteChannel channel = ((RequestBody.Readable) part).open()) {
					ByteBuffer buffer = ByteBuffer.allocate((int) part.length());
					while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
						assertThat(buffer.position()).isLessThanOrEqualTo(buffer.limit());
					}
					text.append(new String(buffer.array(), StandardCharsets.ISO_8859_1));
				}
			}
		}
		return text.toString();
	}

}
