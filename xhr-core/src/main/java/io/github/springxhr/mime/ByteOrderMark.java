package io.github.springxhr.mime;

import org.jspecify.annotations.Nullable;

/**
 * See <a href="https://encoding.spec.whatwg.org/#bom-sniff">BOM sniff</a>.
 */
final class ByteOrderMark {

	private ByteOrderMark() {
	}

	/**
	 * Looks for a byte order mark.
	 * @param bytes holds the beginning of a body
	 * @param offset where it starts
	 * @param length how many bytes of it there are
	 * @return the encoding, or {@code null} if there is no complete mark
	 */
	static @Nullable Encoding sniff(byte[] bytes, int offset, int length) {
		int first = at(bytes, offset, length, 0);
		int second = at(bytes, offset, length, 1);
		if (first == 0xEF && second == 0xBB && at(bytes, offset, length, 2) == 0xBF) {
			return Encoding.UTF_8;
		}
		if (first == 0xFE && second == 0xFF) {
			return Encoding.UTF_16BE;
		}
		return (first == 0xFF && second == 0xFE) ? Encoding.UTF_16LE : null;
	}

	/**
	 * Tells whether the bytes could become a mark if more followed.
	 * @param bytes holds the beginning of a body
	 * @param length how many bytes of it there are
	 * @return whether the question is open
	 */
	static boolean isUndecided(byte[] bytes, int length) {
		int first = at(bytes, 0, length, 0);
		return switch (length) {
			case 0 -> true;
			case 1 -> first == 0xEF || first == 0xFE || first == 0xFF;
			case 2 -> first == 0xEF && at(bytes, 0, length, 1) == 0xBB;
			default -> false;
		};
	}

	static int length(@Nullable Encoding mark) {
		if (mark == null) {
			return 0;
		}
		return (mark == Encoding.UTF_8) ? 3 : 2;
	}

	private static int at(byte[] bytes, int offset, int length, int index) {
		return (index < length) ? bytes[offset + index] & 0xFF : -1;
	}

}
