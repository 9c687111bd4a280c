package io.github.springxhr.coding;

import java.util.zip.CRC32;

import io.github.springxhr.coding.ContentCodingException.Reason;

/**
 * Reads the header of a gzip member byte by byte. What is in it, such as a file name, is
 * of no interest; but its checksum has to be right, if there is one.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1952.html#section-2.3">RFC 1952, member
 * format</a>
 */
final class GzipHeader {

	private static final int FIXED_LENGTH = 10;

	private static final int[] MAGIC = { 0x1F, 0x8B, 8 };

	private static final int FLAGS_POSITION = 3;

	private static final int RESERVED_FLAGS = 0xE0;

	private final CRC32 crc = new CRC32();

	private Field field = Field.FIXED;

	private int flags;

	/** The position in the current field. */
	private int position;

	/** The number that the current field is, or the length it has. */
	private int number;

	/**
	 * Take the next byte.
	 * @param value the byte, from 0 to 255
	 * @return whether it was the last one of the header
	 */
	boolean accept(int value) throws ContentCodingException {
		boolean ends = switch (this.field) {
			case FIXED -> fixed(value);
			case EXTRA_LENGTH -> number(value);
			case EXTRA -> this.position + 1 == this.number;
			case NAME, COMMENT -> value == 0;
			case CRC -> crc(value);
		};
		this.position++;
		if (this.field != Field.CRC) {
			this.crc.update(value);
		}
		return ends && next();
	}

	void reset() {
		this.crc.reset();
		this.field = Field.FIXED;
		this.position = 0;
		this.number = 0;
	}

	private boolean fixed(int value) throws ContentCodingException {
		if (this.position < MAGIC.length && value != MAGIC[this.position]) {
			throw new ContentCodingException(Reason.CORRUPT);
		}
		if (this.position == FLAGS_POSITION) {
			this.flags = value;
			if ((value & RESERVED_FLAGS) != 0) {
				throw new ContentCodingException(Reason.CORRUPT);
			}
		}
		return this.position + 1 == FIXED_LENGTH;
	}

	/** Two bytes, the lower one first. */
	private boolean number(int value) {
		this.number |= value << (8 * this.position);
		return this.position == 1;
	}

	private boolean crc(int value) throws ContentCodingException {
		boolean ends = number(value);
		if (ends && this.number != (this.crc.getValue() & 0xFFFF)) {
			throw new ContentCodingException(Reason.CORRUPT);
		}
		return ends;
	}

	/** Goes on to the next field that is there. */
	private boolean next() {
		int length = this.number;
		this.number = 0;
		this.position = 0;
		if (this.field == Field.EXTRA_LENGTH && length > 0) {
			this.field = Field.EXTRA;
			this.number = length;
			return false;
		}
		for (Field candidate : Field.values()) {
			if (candidate.compareTo(this.field) > 0 && (this.flags & candidate.flag) != 0) {
				this.field = candidate;
				return false;
			}
		}
		return true;
	}

	private enum Field {

		FIXED(0), EXTRA_LENGTH(0x04), EXTRA(0), NAME(0x08), COMMENT(0x10), CRC(0x02);

		private final int flag;

		Field(int flag) {
			this.flag = flag;
		}

	}

}
