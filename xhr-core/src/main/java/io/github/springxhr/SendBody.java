package io.github.springxhr;

import java.nio.ByteBuffer;

import io.github.springxhr.document.Documents;
import io.github.springxhr.document.FragmentSerializer;
import io.github.springxhr.form.Blob;
import io.github.springxhr.form.FormBodies;
import io.github.springxhr.form.FormData;
import io.github.springxhr.form.URLSearchParams;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.RequestBody;
import io.github.springxhr.http.ScalarValues;
import io.github.springxhr.mime.MimeType;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;

/**
 * A body as {@code send()} takes it: its bytes, and the Content-Type that goes with it.
 *
 * @param body the bytes
 * @param type the type of a body whose author set none, or {@code null}
 * @param text whether the body is a text (a string, a document or
 * {@code URLSearchParams}), which is always sent in UTF-8
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
			return text(ScalarValues.utf8Encode(text), "text/plain;charset=UTF-8");
		}
		if (body instanceof byte[] bytes) {
			return new SendBody(new RequestBody.Bytes(bytes.clone()), null, false);
		}
		if (body instanceof JsonBody json) {
			return new SendBody(new RequestBody.Bytes(environment.json().write(json.value())), "application/json",
					false);
		}
		if (body instanceof Document document) {
			return text(FragmentSerializer.serializeToUtf8(document),
					(Documents.isHtml(document) ? "text/html" : "application/xml") + ";charset=UTF-8");
		}
		if (body instanceof URLSearchParams params) {
			return text(ScalarValues.utf8Encode(params.toString()), "application/x-www-form-urlencoded;charset=UTF-8");
		}
		return extractBytes(body);
	}

	private static SendBody extractBytes(Object body) {
		if (body instanceof ByteBuffer buffer) {
			byte[] bytes = new byte[buffer.remaining()];
			buffer.duplicate().get(bytes);
			return new SendBody(new RequestBody.Bytes(bytes), null, false);
		}
		if (body instanceof Blob blob) {
			return new SendBody(FormBodies.of(blob), blob.getType().isEmpty() ? null : blob.getType(), false);
		}
		if (body instanceof FormData formData) {
			FormBodies.Multipart multipart = FormBodies.of(formData);
			return new SendBody(multipart.body(), "multipart/form-data; boundary=" + multipart.boundary(), false);
		}
		if (body instanceof StreamBody stream) {
			return new SendBody(new RequestBody.Stream(stream.source(), stream.length()), null, false);
		}
		throw new IllegalArgumentException("An object of " + body.getClass().getName() + " cannot be sent");
	}

	private static SendBody text(byte[] bytes, String type) {
		return new SendBody(new RequestBody.Bytes(bytes), type, true);
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
