package io.github.springxhr;

import java.nio.charset.StandardCharsets;

import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.RequestBody;
import io.github.springxhr.mime.MimeType;
import org.jspecify.annotations.Nullable;

/**
 * A body as {@code send()} takes it: its bytes, and the Content-Type that goes with it.
 *
 * @param body the bytes
 * @param type the type of a body whose author set none, or {@code null}
 * @param text whether the body is a text, which is always sent in UTF-8
 * @see <a href="https://fetch.spec.whatwg.org/#concept-bodyinit-extract">Fetch Standard,
 * extract a body</a>
 */
record SendBody(RequestBody body, @Nullable String type, boolean text) {

	private static final String CONTENT_TYPE = "Content-Type";

	/**
	 * Extract a body from whatever {@code send()} takes.
	 * @throws IllegalArgumentException if it takes no such object
	 */
	static @Nullable SendBody extract(@Nullable Object body, XhrEnvironment environment) {
		if (body == null) {
			return null;
		}
		if (body instanceof String text) {
			return extract(text);
		}
		if (body instanceof byte[] bytes) {
			return extract(bytes);
		}
		if (body instanceof JsonBody json) {
			return new SendBody(new RequestBody.Bytes(environment.json().write(json.value())), "application/json",
					false);
		}
		throw new IllegalArgumentException("An object of " + body.getClass().getName() + " cannot be sent");
	}

	private static SendBody extract(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return new SendBody(new RequestBody.Bytes(bytes), "text/plain;charset=UTF-8", true);
	}

	private static SendBody extract(byte[] bytes) {
		return new SendBody(new RequestBody.Bytes(bytes.clone()), null, false);
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
