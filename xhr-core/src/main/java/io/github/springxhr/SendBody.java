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

	static @Nullable SendBody extract(@Nullable String text) {
		if (text == null) {
			return null;
		}
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return new SendBody(new RequestBody.Bytes(bytes), "text/plain;charset=UTF-8", true);
	}

	static @Nullable SendBody extract(byte @Nullable [] bytes) {
		return (bytes != null) ? new SendBody(new RequestBody.Bytes(bytes.clone()), null, false) : null;
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
