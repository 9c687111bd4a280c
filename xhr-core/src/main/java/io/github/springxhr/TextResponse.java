package io.github.springxhr;

import io.github.springxhr.mime.Encoding;
import io.github.springxhr.mime.TextDecoder;
import io.github.springxhr.mime.XmlEncodingSniffer;
import org.jspecify.annotations.Nullable;

/**
 * The response as text, decoded when it is asked for, and each byte once however often
 * that is.
 *
 * <h2>Concurrency</h2> Read from any thread, one at a time.
 *
 * @see <a href="https://xhr.spec.whatwg.org/#text-response">XMLHttpRequest Standard, get
 * a text response</a>
 */
final class TextResponse {

	/** As much of an XML document as may hold its encoding declaration. */
	private static final int XML_DECLARATION_WINDOW = 1024;

	private final ResponseMime mime;

	private final XhrState state;

	private final ReceivedBytes receivedBytes;

	/** Only if a part has been asked for before the end. */
	private @Nullable StringBuilder decoded;

	private @Nullable TextDecoder decoder;

	private int consumed;

	private String text = "";

	private boolean complete;

	TextResponse(ResponseMime mime, XhrState state, ReceivedBytes receivedBytes) {
		this.mime = mime;
		this.state = state;
		this.receivedBytes = receivedBytes;
	}

	/**
	 * Return the text of what has been received.
	 * @param ended whether no more will be
	 */
	synchronized String get(boolean ended) {
		if (this.complete) {
			return this.text;
		}
		int available = this.receivedBytes.length();
		byte[] bytes = this.receivedBytes.array();
		if (ended && this.decoder == null) {
			this.text = charset(bytes, available).decode(bytes, 0, available);
			this.complete = true;
		}
		else if (ended || available > this.consumed) {
			decodeMore(bytes, available, ended);
		}
		return this.text;
	}

	private void decodeMore(byte[] bytes, int available, boolean ended) {
		if (this.decoder == null) {
			if (isUndeclaredXml() && available < XML_DECLARATION_WINDOW) {
				this.text = new TextDecoder(charset(bytes, available)).decode(bytes, 0, available);
				return;
			}
			this.decoder = new TextDecoder(charset(bytes, available));
		}
		StringBuilder decoded = (this.decoded != null) ? this.decoded : new StringBuilder();
		this.decoder.decode(bytes, this.consumed, available - this.consumed, decoded);
		this.consumed = available;
		if (ended) {
			this.decoder.finish(decoded);
		}
		this.text = decoded.toString();
		this.complete = ended;
		this.decoded = ended ? null : decoded;
	}

	private Encoding charset(byte[] bytes, int length) {
		Encoding encoding = this.mime.finalEncoding();
		if (encoding != null) {
			return encoding;
		}
		return isUndeclaredXml() ? XmlEncodingSniffer.sniff(bytes, 0, length) : Encoding.UTF_8;
	}

	/** Only the legacy response type lets a document say its encoding itself. */
	private boolean isUndeclaredXml() {
		return this.state.responseType == XMLHttpRequestResponseType.EMPTY && this.mime.finalEncoding() == null
				&& this.mime.finalMimeType().isXml();
	}

}
