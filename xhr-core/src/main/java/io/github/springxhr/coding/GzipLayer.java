package io.github.springxhr.coding;

import java.util.zip.CRC32;

import io.github.springxhr.coding.ContentCodingException.Reason;
import io.github.springxhr.coding.ContentDecoder.Sink;

/**
 * The coding {@code gzip}: members one after the other, each with its checksum and size.
 * <p>
 * Deviation: bytes after a member that do not begin another one are ignored. RFC 1952
 * knows members only; browsers ignore all that follows the first.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110.html#section-8.4.1.3">RFC 9110,
 * gzip coding</a>
 */
final class GzipLayer extends CodingLayer {

	private static final int FIRST_BYTE = 0x1F;

	private static final int TRAILER_LENGTH = 8;

	private final GzipHeader header = new GzipHeader();

	private final Inflation inflation = new Inflation(new CRC32());

	private Part part = Part.START;

	private long trailer;

	private int trailerPosition;

	@Override
	void decode(byte[] source, int offset, int length, Sink sink) throws ContentCodingException {
		int end = offset + length;
		for (int position = offset; position < end;) {
			position += step(source, position, end, sink);
		}
	}

	/** Returns how many bytes it has used. */
	private int step(byte[] source, int position, int end, Sink sink) throws ContentCodingException {
		int value = source[position] & 0xFF;
		return switch (this.part) {
			case START -> begin();
			case HEADER -> header(value);
			case MEMBER -> member(source, position, end, sink);
			case TRAILER -> trailer(value);
			case BETWEEN -> (value == FIRST_BYTE) ? begin() : ignore(end - position);
			case IGNORED -> end - position;
		};
	}

	private int begin() {
		this.header.reset();
		this.part = Part.HEADER;
		return 0;
	}

	private int header(int value) throws ContentCodingException {
		if (this.header.accept(value)) {
			this.inflation.reset();
			this.part = Part.MEMBER;
		}
		return 1;
	}

	private int member(byte[] source, int position, int end, Sink sink) throws ContentCodingException {
		int used = this.inflation.inflate(source, position, end - position, sink);
		if (this.inflation.isFinished()) {
			this.trailer = 0;
			this.trailerPosition = 0;
			this.part = Part.TRAILER;
		}
		return used;
	}

	/** Two numbers of four bytes each, the lowest one first. */
	private int trailer(int value) throws ContentCodingException {
		this.trailer |= (long) value << (8 * this.trailerPosition++);
		if (this.trailerPosition == TRAILER_LENGTH) {
			long expected = (this.inflation.getSize() << 32) | this.inflation.getChecksum();
			if (this.trailer != expected) {
				throw new ContentCodingException(Reason.CORRUPT);
			}
			this.part = Part.BETWEEN;
		}
		return 1;
	}

	private int ignore(int count) {
		this.part = Part.IGNORED;
		return count;
	}

	@Override
	void finish() throws ContentCodingException {
		if (this.part == Part.HEADER || this.part == Part.MEMBER || this.part == Part.TRAILER) {
			throw new ContentCodingException(Reason.TRUNCATED);
		}
	}

	@Override
	void close() {
		this.inflation.close();
	}

	private enum Part {

		START, HEADER, MEMBER, TRAILER, BETWEEN, IGNORED

	}

}
