package io.github.springxhr.form;

import io.github.springxhr.http.Internal;
import io.github.springxhr.http.RequestBody;

/**
 * Makes bodies of what this package has.
 *
 * @since 0.1.0
 */
@Internal
public final class FormBodies {

	private FormBodies() {
	}

	/**
	 * Make a body of a blob.
	 * @param blob the blob
	 * @return its bytes
	 */
	public static RequestBody of(Blob blob) {
		return blob.content();
	}

	/**
	 * Make a blob of a response's bytes.
	 * @param bytes the bytes, which are not copied
	 * @param type the blob's type, which is taken as it is
	 * @return the blob
	 */
	public static Blob toBlob(byte[] bytes, String type) {
		return new Blob(new RequestBody.Bytes(bytes), type, null);
	}

	/**
	 * Make a body of a form as it is now.
	 * @param formData the form
	 * @return the body and its boundary
	 */
	public static Multipart of(FormData formData) {
		return MultipartEncoding.encode(formData, MultipartEncoding.generateBoundary());
	}

	/**
	 * A form as {@code multipart/form-data}.
	 *
	 * @param boundary what separates the entries
	 * @param body the bytes
	 */
	public record Multipart(String boundary, RequestBody body) {

	}

}
