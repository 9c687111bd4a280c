package io.github.springxhr.mime;

import java.nio.charset.StandardCharsets;

/**
 * Decodes UTF-8. Complete characters go through the JDK, which is fast. A character that
 * is cut by the end of a piece goes through the standard's automaton, and so does all
 * that has malformed bytes: the JDK replaces an encoded surrogate by one U+FFFD, the
 * standard by three.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#utf-8-decoder">UTF-8 decoder</a>
 */
final class Utf8Decoder implements Decoder {

	private int codePoint;

	private int bytesNeeded;

	private int lowerBoundary;

	private int upperBoundary;

	/**
	 * Decodes a whole text.
	 * @param bytes holds the text
	 * @param offset where it starts
	 * @param length its length in bytes
	 * @return the text
	 */
	static String decodeAll(byte[] bytes, int offset, int length) {
		if (Ascii.isAll(bytes, offset, length)) {
			// until it is compiled, the JDK looks at one byte after the other; this it
			// copies
			return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
		}
		String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
		if (text.indexOf(REPLACEMENT) < 0) {
			return text;
		}
		Utf8Decoder decoder = new Utf8Decoder();
		StringBuilder out = new StringBuilder(length);
		decoder.handle(bytes, offset, offset + length, out);
		decoder.finish(out);
		return out.toString();
	}

	@Override
	public void decode(byte[] bytes, int offset, int length, StringBuilder out) {
		int position = offset;
		int end = offset + length;
		while (this.bytesNeeded > 0 && position < end) {
			handle(bytes[position++] & 0xFF, out);
		}
		int complete = end - incompleteTail(bytes, position, end);
		if (complete > position) {
			out.append(decodeAll(bytes, position, complete - position));
		}
		handle(bytes, complete, end, out);
	}

	@Override
	public void finish(StringBuilder out) {
		if (this.bytesNeeded > 0) {
			this.bytesNeeded = 0;
			out.append(REPLACEMENT);
		}
	}

	/**
	 * Counts the bytes at the end that may belong to a character that goes on. A lead
	 * byte always begins anew, so that it is safe to cut before one.
	 * @param bytes holds the piece
	 * @param start where it starts
	 * @param end where it ends
	 * @return 0 to 3
	 */
	private static int incompleteTail(byte[] bytes, int start, int end) {
		for (int i = end - 1; i >= Math.max(start, end - 3); i--) {
			int b = bytes[i] & 0xFF;
			if (b >= 0xC0) {
				return (bytesNeededAfter(b) >= end - i) ? end - i : 0;
			}
			if (b < 0x80) {
				return 0;
			}
		}
		return 0;
	}

	private static int bytesNeededAfter(int lead) {
		if (lead >= 0xF0) {
			return 3;
		}
		return (lead >= 0xE0) ? 2 : 1;
	}

	private void handle(byte[] bytes, int start, int end, StringBuilder out) {
		for (int i = start; i < end; i++) {
			handle(bytes[i] & 0xFF, out);
		}
	}

	void handle(int b, StringBuilder out) {
		if (this.bytesNeeded == 0) {
			handleFirst(b, out);
		}
		else if (b < this.lowerBoundary || b > this.upperBoundary) {
			this.bytesNeeded = 0;
			out.append(REPLACEMENT);
			handleFirst(b, out);
		}
		else {
			this.lowerBoundary = 0x80;
			this.upperBoundary = 0xBF;
			this.codePoint = (this.codePoint << 6) | (b & 0x3F);
			if (--this.bytesNeeded == 0) {
				out.appendCodePoint(this.codePoint);
			}
		}
	}

	private void handleFirst(int b, StringBuilder out) {
		if (b < 0x80) {
			out.append((char) b);
			return;
		}
		if (b < 0xC2 || b > 0xF4) {
			out.append(REPLACEMENT);
			return;
		}
		this.bytesNeeded = bytesNeededAfter(b);
		this.codePoint = b & (0x3F >> this.bytesNeeded);
		// Keeps out overlong forms, surrogates and what is beyond U+10FFFF.
		this.lowerBoundary = (b == 0xE0) ? 0xA0 : (b == 0xF0) ? 0x90 : 0x80;
		this.upperBoundary = (b == 0xED) ? 0x9F : (b == 0xF4) ? 0x8F : 0xBF;
	}

}
