package io.github.springxhr.coding;

import java.util.zip.Checksum;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

import io.github.springxhr.coding.ContentCodingException.Reason;
import io.github.springxhr.coding.ContentDecoder.Sink;

/**
 * A DEFLATE stream without any wrapping, and the checksum of what comes out of it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1951.html">RFC 1951</a>
 */
final class Inflation {

	private final Inflater inflater = new Inflater(true);

	private final byte[] buffer = new byte[CodingLayer.BUFFER_SIZE];

	private final Checksum checksum;

	Inflation(Checksum checksum) {
		this.checksum = checksum;
	}

	/**
	 * Inflate until the input or the stream ends.
	 * @return how many bytes of the input have been used: all, unless the stream has
	 * ended
	 */
	int inflate(byte[] source, int offset, int length, Sink sink) throws ContentCodingException {
		this.inflater.setInput(source, offset, length);
		int count = next();
		while (count > 0) {
			this.checksum.update(this.buffer, 0, count);
			sink.accept(this.buffer, 0, count);
			count = next();
		}
		int remaining = this.inflater.getRemaining();
		if (remaining > 0 && !isFinished()) {
			throw new ContentCodingException(Reason.CORRUPT);
		}
		return length - remaining;
	}

	private int next() throws ContentCodingException {
		try {
			return this.inflater.inflate(this.buffer);
		}
		catch (DataFormatException ex) {
			throw new ContentCodingException(Reason.CORRUPT, ex);
		}
	}

	boolean isFinished() {
		return this.inflater.finished();
	}

	long getChecksum() {
		return this.checksum.getValue();
	}

	long getSize() {
		return this.inflater.getBytesWritten();
	}

	void reset() {
		this.inflater.reset();
		this.checksum.reset();
	}

	void close() {
		this.inflater.end();
	}

}
