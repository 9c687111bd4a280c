package io.github.springxhr.coding;

import io.github.springxhr.coding.ContentCodingException.Reason;

/**
 * Collects the beginning of a Zstandard frame as far as it tells how much memory it takes
 * to decode it, before any is taken.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8878.html#section-3.1.1.1">RFC 8878,
 * frame header</a>
 */
final class ZstdFrameHeader {

	/** What RFC 8878 recommends and browsers allow, in bytes. */
	private static final long MAX_WINDOW = 8 * 1024 * 1024;

	private static final int MAGIC_LENGTH = 4;

	private static final int MAGIC = 0xFD2FB528;

	private static final int SKIPPABLE_MAGIC = 0x184D2A50;

	private static final int DESCRIPTOR = 4;

	private static final int SINGLE_SEGMENT = 0x20;

	private final byte[] bytes = new byte[17];

	private int length;

	/**
	 * Take the next byte.
	 * @return whether all that matters is there
	 */
	boolean accept(byte value) throws ContentCodingException {
		this.bytes[this.length++] = value;
		if (this.length < MAGIC_LENGTH) {
			return false;
		}
		int magic = (int) number(0, MAGIC_LENGTH);
		if ((magic & 0xFFFFFFF0) == SKIPPABLE_MAGIC) {
			return true;
		}
		if (magic != MAGIC) {
			throw new ContentCodingException(Reason.CORRUPT);
		}
		return this.length > DESCRIPTOR && isWindowKnown(this.bytes[DESCRIPTOR] & 0xFF);
	}

	private boolean isWindowKnown(int descriptor) throws ContentCodingException {
		boolean singleSegment = (descriptor & SINGLE_SEGMENT) != 0;
		int start = singleSegment ? DESCRIPTOR + 1 + dictionaryLength(descriptor) : DESCRIPTOR + 1;
		int end = singleSegment ? start + sizeLength(descriptor) : start + 1;
		if (this.length < end) {
			return false;
		}
		long window = singleSegment ? number(start, end) : window(this.bytes[start] & 0xFF);
		if (window < 0 || window > MAX_WINDOW) {
			throw new ContentCodingException(Reason.CORRUPT);
		}
		return true;
	}

	private static int dictionaryLength(int descriptor) {
		int flag = descriptor & 3;
		return (flag == 3) ? 4 : flag;
	}

	private static int sizeLength(int descriptor) {
		return 1 << (descriptor >> 6);
	}

	private static long window(int value) {
		long base = 1L << (10 + (value >> 3));
		return base + base / 8 * (value & 7);
	}

	/** The lowest byte comes first. */
	private long number(int start, int end) {
		long number = 0;
		for (int i = end - 1; i >= start; i--) {
			number = number << 8 | (this.bytes[i] & 0xFF);
		}
		return number;
	}

	boolean isEmpty() {
		return this.length == 0;
	}

	byte[] getBytes() {
		return this.bytes;
	}

	int getLength() {
		return this.length;
	}

	void reset() {
		this.length = 0;
	}

}
