package io.github.springxhr.mime;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * The two tables of gb18030.
 *
 * @see <a href="https://encoding.spec.whatwg.org/#index-gb18030">index gb18030</a>
 */
final class Gb18030Index {

	/**
	 * Where the JDK's charset follows an older or newer edition of GB 18030, depending on
	 * the JDK's version and the system property {@code jdk.charset.GB18030}.
	 */
	private static final String CORRECTIONS = """
			6555:3000 7182:FE10,FE12,FE11,FE13,FE14,FE15,FE16 7201:FE17,FE18 7208:FE19 7533:1E3F
			23775:9FB4 23783:9FB5 23788:9FB6,9FB7 23795:9FB8 23812:9FB9 23829:9FBA 23845:9FBB
			""";

	/**
	 * The same places in the edition of 2000, from which the four-byte codes were made.
	 */
	private static final String EDITION_2000 = """
			6555:E5E5 7182:E78D,E78E,E78F,E790,E791,E792,E793 7201:E794,E795 7208:E796 7533:E7C7
			23775:E81E 23783:E826 23788:E82B,E82C 23795:E832 23812:E843 23829:E854 23845:E864
			""";

	private static final int BMP_POINTERS = 39420;

	private static final int FIRST_SUPPLEMENTARY_POINTER = 189000;

	private static final MultiByteIndex TWO_BYTES = MultiByteIndex.read("GB18030", 126 * 190, Gb18030Index::bytes)
		.with(CORRECTIONS);

	private static final int[] FOUR_BYTES = fourBytes(TWO_BYTES.with(EDITION_2000));

	private Gb18030Index() {
	}

	static int twoBytes(int pointer) {
		return TWO_BYTES.get(pointer);
	}

	/**
	 * See
	 * <a href= "https://encoding.spec.whatwg.org/#index-gb18030-ranges-code-point">index
	 * gb18030 ranges code point</a>.
	 * @param pointer the pointer
	 * @return the code point or {@link ByteDecoder#ERROR}
	 */
	static int fourBytes(int pointer) {
		if (pointer < FOUR_BYTES.length) {
			// Changed place with a two-byte code in the edition of 2005.
			return (pointer == 7457) ? 0xE7C7 : FOUR_BYTES[pointer];
		}
		int codePoint = pointer - FIRST_SUPPLEMENTARY_POINTER + Character.MIN_SUPPLEMENTARY_CODE_POINT;
		boolean valid = codePoint >= Character.MIN_SUPPLEMENTARY_CODE_POINT && Character.isValidCodePoint(codePoint);
		return valid ? codePoint : ByteDecoder.ERROR;
	}

	/**
	 * Four-byte codes number the characters of the Basic Multilingual Plane that have no
	 * shorter one, in their order.
	 * @param twoBytes the characters that have one
	 * @return the others
	 */
	private static int[] fourBytes(MultiByteIndex twoBytes) {
		BitSet shorter = new BitSet();
		twoBytes.codePoints().filter((c) -> c != ByteDecoder.ERROR).forEach(shorter::set);
		if (shorter.isEmpty()) {
			return new int[0];
		}
		return IntStream.rangeClosed(0x80, 0xFFFF)
			.filter((c) -> !shorter.get(c) && !Character.isSurrogate((char) c))
			.limit(BMP_POINTERS)
			.toArray();
	}

	private static int[] bytes(int pointer) {
		int trail = pointer % 190;
		return new int[] { pointer / 190 + 0x81, trail + ((trail < 0x3F) ? 0x40 : 0x41) };
	}

}
