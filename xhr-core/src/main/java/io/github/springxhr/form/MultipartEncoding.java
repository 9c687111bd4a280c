package io.github.springxhr.form;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map.Entry;
import java.util.regex.Pattern;

import io.github.springxhr.http.ScalarValues;

/**
 * Writes {@code multipart/form-data}.
 *
 * @see <a href=
 * "https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart/form-data-encoding-algorithm">
 * HTML Standard, multipart/form-data encoding algorithm</a>
 */
final class MultipartEncoding {

	private static final SecureRandom RANDOM = new SecureRandom();

	/** Nobody can guess 128 random bits and smuggle a boundary into a value. */
	private static final int BOUNDARY_BYTES = 16;

	private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\n");

	private MultipartEncoding() {
	}

	/**
	 * Return 38 characters, as long as Chromium's, so that bodies are as long as there.
	 */
	static String generateBoundary() {
		byte[] bytes = new byte[BOUNDARY_BYTES];
		RANDOM.nextBytes(bytes);
		return "----XhrFormBound" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	static FormBodies.Multipart encode(FormData formData, String boundary) {
		ContentBuilder content = new ContentBuilder();
		for (Entry<String, Object> entry : formData) {
			String head = "--" + boundary + "\r\nContent-Disposition: form-data; name=\""
					+ escape(normalizeLineBreaks(entry.getKey())) + '"';
			if (entry.getValue() instanceof File file) {
				String type = file.getType().isEmpty() ? "application/octet-stream" : file.getType();
				append(content,
						head + "; filename=\"" + escape(file.getName()) + "\"\r\nContent-Type: " + type + "\r\n\r\n");
				content.append(file.content());
				append(content, "\r\n");
			}
			else {
				String value = (String) entry.getValue();
				append(content, head + "\r\n\r\n" + normalizeLineBreaks(value) + "\r\n");
			}
		}
		append(content, "--" + boundary + "--\r\n");
		return new FormBodies.Multipart(boundary, content.build());
	}

	private static void append(ContentBuilder content, String text) {
		content.append(ScalarValues.utf8Encode(text));
	}

	private static String normalizeLineBreaks(String text) {
		return LINE_BREAK.matcher(text).replaceAll("\r\n");
	}

	/** The standard asks for these three escapes and for no other. */
	private static String escape(String name) {
		return name.replace("\n", "%0A").replace("\r", "%0D").replace("\"", "%22");
	}

}
