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
		if (ended && this.decoder == null) {
			byte[] bytes = this.receivedBytes.array();
			this.text = charset(bytes, available).decode(bytes, 0, available);
			this.complete = true;
		}
		else if (ended || available > this.consumed) {
			decodeMore(available, ended);
		}
		return this.text;
	}

	private void decodeMore(int available, boolean ended) {
		TextDecoder decoder = this.decoder;
		if (decoder == null) {
			byte[] start = this.receivedBytes.copy(Math.min(available, XML_DECLARATION_WINDOW));
			decoder = new TextDecoder(charset(start, start.length));
			if (isUndeclaredXml() && available < XML_DECLARATION_WINDOW) {
				this.text = decoder.decode(start, 0, available);
				return;
			}
			this.decoder = decoder;
		}
		TextDecoder current = decoder;
		StringBuilder decoded = (this.decoded != null) ? this.decoded : new StringBuilder();
		this.receivedBytes.read(this.consumed, available,
				(bytes, offset, count) -> current.decode(bytes, offset, count, decoded));
		this.consumed = available;
		if (ended) {
			current.finish(decoded);
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
