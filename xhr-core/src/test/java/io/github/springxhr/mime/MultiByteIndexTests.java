package io.github.springxhr.mime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.IntUnaryOperator;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MultiByteIndex} and the tables made with it. Each table is compared
 * with the standard's whole index by the SHA-256 of its lines
 * {@code <decimal pointer>:<hexadecimal code point>\n}. If one fails on a new JDK, the
 * JDK has changed its charset: compare with the standard's {@code index-*.txt}.
 */
class MultiByteIndexTests {

	@Test
	void gb18030IsTheStandardsIndex() {
		assertThat(digest(23940, Gb18030Index::twoBytes))
			.isEqualTo("b2201ed6bf4e6ff4bedff23a90b331a9b220112b8ffdcbd1ebf8efb1bdc68b83");
	}

	@Test
	void gb18030FourByteCodesAreTheStandardsRanges() {
		assertThat(digest(39420, Gb18030Index::fourBytes))
			.isEqualTo("1f1fc9606d5cdde1fab3f64c7e0150d5f5216e9d78819e4fd17db3bfcc2debca");
	}

	@Test
	void big5IsTheStandardsIndex() {
		assertThat(digest(126 * 157, (pointer) -> {
			int codePoint = Big5Decoder.INDEX.get(pointer);
			return (codePoint <= Character.MAX_CODE_POINT) ? codePoint : ByteDecoder.ERROR;
		})).isEqualTo("6705a0ea2ec80a44139456c92ec7b0ed2a8a0f59ac3ecbdb9cd0b0258d737854");
	}

	@Test
	void eucKrIsTheStandardsIndex() {
		assertThat(digest(126 * 190, EucKrDecoder.INDEX::get))
			.isEqualTo("44a5a52ba1e5313613f252cd1cee6b66a3d5dbbc34f01403f301767567dc1844");
	}

	@Test
	void jis0208IsTheStandardsIndex() {
		assertThat(digest(60 * 188, JisIndex.JIS_0208::get))
			.isEqualTo("bfb364dd5a2412b47911c8b19120d49748db956f795ef41fb5febeb38d358474");
	}

	@Test
	void jis0212IsTheStandardsIndex() {
		assertThat(digest(94 * 94, EucJpDecoder.JIS_0212::get))
			.isEqualTo("284c6d2e560d32f53456a748753272251addf51fca992c0c0d6abf35e235e174");
	}

	@Test
	void isEmptyWithoutTheCharset() {
		MultiByteIndex index = MultiByteIndex.read("no-such-charset", 2, (pointer) -> new int[] { pointer });
		assertThat(index.with("0:41").isEmpty()).isTrue();
		assertThat(index.get(0)).isEqualTo(ByteDecoder.ERROR);
	}

	private static String digest(int size, IntUnaryOperator index) {
		StringBuilder lines = new StringBuilder();
		for (int pointer = 0; pointer < size; pointer++) {
			int codePoint = index.applyAsInt(pointer);
			if (codePoint != ByteDecoder.ERROR) {
				lines.append(String.format(Locale.ROOT, "%d:%X\n", pointer, codePoint));
			}
		}
		try {
			MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
			return HexFormat.of().formatHex(sha256.digest(lines.toString().getBytes(StandardCharsets.US_ASCII)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
