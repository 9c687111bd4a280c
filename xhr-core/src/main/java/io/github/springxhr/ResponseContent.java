package io.github.springxhr;

import java.util.Arrays;
import java.util.List;

import io.github.springxhr.document.HtmlDocuments;
import io.github.springxhr.document.XmlDocuments;
import io.github.springxhr.fetch.BodyChunk;
import io.github.springxhr.form.Blob;
import io.github.springxhr.http.Response;
import io.github.springxhr.mime.Encoding;
import io.github.springxhr.mime.HtmlEncodingSniffer;
import io.github.springxhr.mime.MimeType;
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

	private final String url;

	private final ResponseMime mime;

	private final ReceivedBytes receivedBytes;

	private final TextResponse text;

	private @Nullable Object responseObject;

	ResponseContent(XhrState state, XhrEnvironment environment, Response.Received response, long expectedLength) {
		this.url = response.url().withCredentials("", "").serialize(false);
		this.state = state;
		this.environment = environment;
		this.mime = new ResponseMime(response.headers(), state);
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
	 * Return the document for {@code responseXML}, whose response type is the empty one
	 * or {@code document}.
	 */
	synchronized @Nullable Document document() {
		if (this.responseObject == null) {
			Document made = documentResponse();
			this.responseObject = (made != null) ? made : FAILURE;
		}
		return (this.responseObject instanceof Document document) ? document : null;
	}

	/**
	 * Set a document response.
	 * @see <a href="https://xhr.spec.whatwg.org/#document-response">Set a document
	 * response</a>
	 */
	private @Nullable Document documentResponse() {
		MimeType finalMime = this.mime.finalMimeType();
		byte[] bytes = this.receivedBytes.array();
		int length = this.receivedBytes.length();
		if (finalMime.isXml()) {
			Document document = XmlDocuments.parse(bytes, 0, length, this.mime.finalEncoding());
			if (document != null) {
				document.setDocumentURI(this.url);
			}
			return document;
		}
		if (!finalMime.isHtml() || this.state.responseType == XMLHttpRequestResponseType.EMPTY) {
			return null;
		}
		Encoding charset = this.mime.finalEncoding();
		if (charset == null) {
			charset = HtmlEncodingSniffer.prescan(bytes, 0, length);
		}
		return HtmlDocuments.parse(bytes, 0, length, (charset != null) ? charset : Encoding.UTF_8, this.url);
	}

	private @Nullable Object make(XMLHttpRequestResponseType type) {
		return switch (type) {
			case ARRAYBUFFER -> bytes();
			case JSON -> this.environment.json().parse(this.receivedBytes.array(), this.receivedBytes.length());
			case BLOB -> new Blob(List.of(bytes()), this.mime.finalMimeType().serialize());
			case DOCUMENT -> documentResponse();
			case EMPTY, TEXT -> throw new IllegalStateException("A text response is no response object");
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
