package io.github.springxhr.mime;

/**
 * A decoder that takes one byte after the other. To give a byte back to the stream is to
 * call {@link #handle} with it again.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#handler">handler</a>
 */
abstract class ByteDecoder implements Decoder {

	/**
	 * Instead of a code point: the bytes mean nothing.
	 */
	static final int ERROR = -1;

	@Override
	public final void decode(byte[] bytes, int offset, int length, StringBuilder out) {
		for (int i = offset; i < offset + length; i++) {
			handle(bytes[i] & 0xFF, out);
		}
	}

	/**
	 * Takes the next byte.
	 * @param b the byte, 0 to 255
	 * @param out takes what it completes
	 */
	abstract void handle(int b, StringBuilder out);

	/**
	 * Appends a code point or the replacement of an error. A value above the code points
	 * is a letter and its combining mark in 16 bits each.
	 * @param codePoint the code point or {@link #ERROR}
	 * @param out takes it
	 */
	static void append(int codePoint, StringBuilder out) {
		if (codePoint == ERROR) {
			out.append(REPLACEMENT);
		}
		else if (codePoint > Character.MAX_CODE_POINT) {
			out.append((char) (codePoint >> 16)).append((char) codePoint);
		}
		else {
			out.appendCodePoint(codePoint);
		}
	}

	static boolean isAscii(int b) {
		return b < 0x80;
	}

	static boolean in(int value, int first, int last) {
		return value >= first && value <= last;
	}

}
