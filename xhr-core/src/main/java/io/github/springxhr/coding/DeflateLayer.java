package io.github.springxhr.coding;

import java.util.zip.Adler32;

import io.github.springxhr.coding.ContentCodingException.Reason;
import io.github.springxhr.coding.ContentDecoder.Sink;

/**
 * The coding {@code deflate}: a zlib stream with its checksum. What comes after it is
 * ignored, as browsers do.
 * <p>
 * Deviation: DEFLATE without the zlib wrapping is understood too, since some servers send
 * it and browsers take it. It has no checksum, so nothing may come after it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110.html#section-8.4.1.2">RFC 9110,
 * deflate coding</a>
 */
final class DeflateLayer extends CodingLayer {

	private static final int TRAILER_LENGTH = 4;

	private final Inflation inflation = new Inflation(new Adler32());

	private Part part = Part.START;

	private byte first;

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
		return switch (this.part) {
			case START -> start(source[position]);
			case SECOND_BYTE -> secondByte(source[position], sink);
			case ZLIB -> inflate(source, position, end, sink, Part.TRAILER);
			case RAW -> inflate(source, position, end, sink, Part.RAW_END);
			case TRAILER -> trailer(source[position] & 0xFF);
			case ZLIB_END -> end - position;
			case RAW_END -> throw new ContentCodingException(Reason.CORRUPT);
		};
	}

	private int start(byte value) {
		this.first = value;
		this.part = Part.SECOND_BYTE;
		return 1;
	}

	private int secondByte(byte second, Sink sink) throws ContentCodingException {
		if (isZlib(this.first & 0xFF, second & 0xFF)) {
			this.part = Part.ZLIB;
			return 1;
		}
		this.part = Part.RAW;
		this.inflation.inflate(new byte[] { this.first }, 0, 1, sink);
		return 0;
	}

	/**
	 * No encoder makes raw DEFLATE begin like this: it would be a stored block with
	 * padding that is not zero. A preset dictionary is none that HTTP knows.
	 */
	private static boolean isZlib(int first, int second) {
		boolean deflate = (first & 0x0F) == 8 && (first >> 4) <= 7;
		boolean dictionary = (second & 0x20) != 0;
		return deflate && !dictionary && (first << 8 | second) % 31 == 0;
	}

	private int inflate(byte[] source, int position, int end, Sink sink, Part next) throws ContentCodingException {
		int used = this.inflation.inflate(source, position, end - position, sink);
		if (this.inflation.isFinished()) {
			this.part = next;
		}
		return used;
	}

	/** A number of four bytes, the highest one first. */
	private int trailer(int value) throws ContentCodingException {
		this.trailer = this.trailer << 8 | value;
		if (++this.trailerPosition == TRAILER_LENGTH) {
			if (this.trailer != this.inflation.getChecksum()) {
				throw new ContentCodingException(Reason.CORRUPT);
			}
			this.part = Part.ZLIB_END;
		}
		return 1;
	}

	@Override
	void finish() throws ContentCodingException {
		if (this.part != Part.START && this.part != Part.ZLIB_END && this.part != Part.RAW_END) {
			throw new ContentCodingException(Reason.TRUNCATED);
		}
	}

	@Override
	void close() {
		this.inflation.close();
	}

	private enum Part {

		START, SECOND_BYTE, ZLIB, RAW, TRAILER, ZLIB_END, RAW_END

	}

}
