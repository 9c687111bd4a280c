package io.github.springxhr;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;

import io.github.springxhr.document.HtmlDocuments;
import io.github.springxhr.document.XmlDocuments;
import io.github.springxhr.fetch.BodyChunk;
import io.github.springxhr.form.Blob;
import io.github.springxhr.form.FormBodies;
import io.github.springxhr.http.Response;
import io.github.springxhr.http.Url;
import io.github.springxhr.mime.Encoding;
import io.github.springxhr.mime.HtmlEncodingSniffer;
import io.github.springxhr.mime.MimeType;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;

/**
 * The received bytes of a response, and the response object that is made of them when it
 * is first asked for. A response without a body has no bytes, so it is an empty text,
 * array or blob, but no document and no JSON.
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

	/** In which bytes go to a file that have come before it was known that they do. */
	private static final int PIECE = 64 * 1024;

	private final XhrState state;

	private final XhrEnvironment environment;

	private final boolean hasBody;

	private final Url url;

	private final ResponseMime mime;

	private final ReceivedBytes receivedBytes;

	private final TextResponse text;

	private final long expectedLength;

	private @Nullable SpooledBytes spool;

	/** How many of the received bytes have been taken into account. */
	private int taken;

	private volatile long length;

	private @Nullable Object responseObject;

	/**
	 * Create the content of a response.
	 * @param receivedBytes where its bytes are, some of which may have arrived
	 * @param expectedLength the length that the response tells, or 0 if it does not
	 */
	ResponseContent(XhrState state, XhrEnvironment environment, Response.Received response, ReceivedBytes receivedBytes,
			long expectedLength) {
		this.hasBody = response.hasBody();
		this.url = response.url();
		this.state = state;
		this.environment = environment;
		this.mime = new ResponseMime(response.headers(), state);
		this.expectedLength = expectedLength;
		this.receivedBytes = receivedBytes;
		this.text = new TextResponse(this.mime, state, this.receivedBytes);
	}

	/**
	 * Take bytes into account that are among the received ones. The response type cannot
	 * change any more when the first ones are.
	 * @param end how many there are
	 * @throws IOException if a temporary file cannot be written
	 */
	void take(int end) throws IOException {
		int begin = this.taken;
		SpooledBytes file = spool();
		if (file != null) {
			for (int from = begin; from < end; from += PIECE) {
				file.append(new CopiedChunk(this.receivedBytes.copy(from, Math.min(end, from + PIECE))));
			}
		}
		else {
			this.receivedBytes.show(end);
		}
		this.taken = end;
		this.length += end - begin;
	}

	/**
	 * Add a chunk.
	 * @throws IOException if a temporary file cannot be written
	 * @throws ArithmeticException if the bytes are too many for an array
	 */
	void append(BodyChunk chunk) throws IOException {
		SpooledBytes file = spool();
		if (file == null) {
			take(this.receivedBytes.append(chunk));
			return;
		}
		file.append(chunk);
		this.length += chunk.length();
	}

	private @Nullable SpooledBytes spool() {
		if (this.length == 0 && this.state.responseType == XMLHttpRequestResponseType.BLOB) {
			this.spool = new SpooledBytes(this.expectedLength);
		}
		return this.spool;
	}

	long length() {
		return this.length;
	}

	/**
	 * Forget the bytes of a response that nobody will get. Whoever aborts on an event
	 * loop does not wait for the disk.
	 */
	void discard() {
		SpooledBytes spooled = this.spool;
		if (spooled == null || !spooled.isInFile()) {
			return;
		}
		if (!Blocking.isForbidden()) {
			spooled.discard();
			return;
		}
		try {
			this.environment.handOver().execute(spooled::discard);
		}
		catch (RejectedExecutionException ex) {
			spooled.discard();
		}
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
		if (!this.hasBody) {
			return null;
		}
		MimeType finalMime = this.mime.finalMimeType();
		byte[] bytes = this.receivedBytes.array();
		int length = this.receivedBytes.length();
		if (finalMime.isXml()) {
			Document document = XmlDocuments.parse(bytes, 0, length, this.mime.finalEncoding());
			if (document != null) {
				document.setDocumentURI(documentUrl());
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
		return HtmlDocuments.parse(bytes, 0, length, (charset != null) ? charset : Encoding.UTF_8, documentUrl());
	}

	private String documentUrl() {
		return this.url.withCredentials("", "").serialize(false);
	}

	private @Nullable Object make(XMLHttpRequestResponseType type) {
		return switch (type) {
			case ARRAYBUFFER -> this.receivedBytes.toArray();
			case JSON -> this.environment.json().parse(this.receivedBytes.array(), this.receivedBytes.length());
			case BLOB -> blob();
			case DOCUMENT -> documentResponse();
			case EMPTY, TEXT -> throw new IllegalStateException("A text response is no response object");
		};
	}

	private Blob blob() {
		String type = this.mime.finalMimeType().serialize();
		return (this.spool != null) ? this.spool.toBlob(type) : FormBodies.toBlob(new byte[0], type);
	}

	/**
	 * Return a copy of the bytes, whatever the response type.
	 */
	byte[] copyOfBytes() {
		if (this.spool != null && responseObject() instanceof Blob blob) {
			return blob.arrayBuffer();
		}
		return this.receivedBytes.copy(this.receivedBytes.length());
	}

	/**
	 * Bytes that have arrived before it was known that they are for a file.
	 *
	 * @param bytes the bytes
	 */
	private record CopiedChunk(byte[] bytes) implements BodyChunk {

		@Override
		public int length() {
			return this.bytes.length;
		}

		@Override
		public void copyTo(byte[] target, int offset) {
			System.arraycopy(this.bytes, 0, target, offset, this.bytes.length);
		}

		@Override
		public void release() {
			// it is on the heap
		}

	}

}
