package io.github.springxhr;

import java.util.Arrays;

import io.github.springxhr.fetch.BodyChunk;
import io.github.springxhr.http.HeaderList;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;

/**
 * The received bytes of a response, and the response object that is made of them when it
 * is first asked for.
 *
 * <h2>Concurrency</h2> Appended to by the lane; read from any thread. The response object
 * is made once, under this object's monitor, and only when no more bytes come.
 *
 * @see <a href="https://xhr.spec.whatwg.org/#the-response-attribute">XMLHttpRequest
 * Standard, response</a>
 */
final class ResponseContent {

	/** Stands for the failure of making a response object. */
	private static final Object FAILURE = new Object();

	private final XhrState state;

	private final XhrEnvironment environment;

	private final ResponseMime mime;

	private final ReceivedBytes receivedBytes;

	private final TextResponse text;

	private @Nullable Object responseObject;

	ResponseContent(XhrState state, XhrEnvironment environment, HeaderList headers, long expectedLength) {
		this.state = state;
		this.environment = environment;
		this.mime = new ResponseMime(headers, state);
		this.receivedBytes = new ReceivedBytes(expectedLength);
		this.text = new TextResponse(this.mime, state, this.receivedBytes);
	}

	void append(BodyChunk chunk) {
		this.receivedBytes.append(chunk);
	}

	long length() {
		return this.receivedBytes.length();
	}

	/**
	 * Get a text response.
	 * @param ended whether no more bytes come
	 */
	String text(boolean ended) {
		return this.text.get(ended);
	}

	/**
	 * Return the response object for the request's response type, which is none of the
	 * text ones.
	 */
	synchronized @Nullable Object responseObject() {
		if (this.responseObject == null) {
			Object made = make(this.state.responseType);
			this.responseObject = (made != null) ? made : FAILURE;
		}
		return (this.responseObject != FAILURE) ? this.responseObject : null;
	}

	/**
	 * Return the document for {@code responseXML}.
	 */
	synchronized @Nullable Document document() {
		return null;
	}

	private @Nullable Object make(XMLHttpRequestResponseType type) {
		return switch (type) {
			case ARRAYBUFFER -> bytes();
			case JSON -> this.environment.json().parse(this.receivedBytes.array(), this.receivedBytes.length());
			default -> null;
		};
	}

	byte[] copyOfBytes() {
		return Arrays.copyOf(this.receivedBytes.array(), this.receivedBytes.length());
	}

	private byte[] bytes() {
		byte[] array = this.receivedBytes.array();
		int length = this.receivedBytes.length();
		return (array.length == length) ? array : Arrays.copyOf(array, length);
	}

}
