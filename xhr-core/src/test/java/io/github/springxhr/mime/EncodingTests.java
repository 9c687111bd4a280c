package io.github.springxhr.mime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Encoding}.
 */
class EncodingTests {

	@ParameterizedTest
	@CsvSource({ "utf8, UTF-8", "unicode-1-1-utf-8, UTF-8", "latin1, windows-1252", "iso-8859-1, windows-1252",
			"us-ascii, windows-1252", "iso-8859-9, windows-1254", "iso-8859-11, windows-874", "visual, ISO-8859-8",
			"logical, ISO-8859-8-I", "gb2312, GBK", "big5-hkscs, Big5", "ms932, Shift_JIS", "ks_c_5601-1987, EUC-KR",
			"utf-16, UTF-16LE", "unicodefffe, UTF-16BE", "hz-gb-2312, replacement", "koi8-ru, KOI8-U",
			"x-mac-ukrainian, x-mac-cyrillic", "x-user-defined, x-user-defined", "iso_8859-2:1987, ISO-8859-2" })
	void findsEncodingByLabel(String label, String name) {
		assertThat(Encoding.forLabel(label)).hasToString(name);
	}

	@ParameterizedTest
	@EnumSource
	void everyNameIsALabel(Encoding encoding) {
		assertThat(Encoding.forLabel(encoding.getName())).isSameAs(encoding);
	}

	@Test
	void ignoresCaseAndSpaceAroundLabel() {
		assertThat(Encoding.forLabel("\t\n\f\r Utf-8 ")).isSameAs(Encoding.UTF_8);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "utf-7", "utf-32", "cesu-8", "u tf-8", "\u00A0utf-8", "\u000Butf-8", "\u212Aoi8-r" })
	void doesNotKnowOtherLabels(String label) {
		assertThat(Encoding.forLabel(label)).isNull();
	}

	@Test
	void extractsEncodingOfMimeType() {
		assertThat(legacyExtract("text/plain;charset=gbk")).isSameAs(Encoding.GBK);
		assertThat(legacyExtract("text/plain;charset=\" gbk\"")).isSameAs(Encoding.GBK);
	}

	@ParameterizedTest
	@ValueSource(strings = { "text/plain", "text/plain;charset='gbk'", "" })
	void extractsFallback(String mimeType) {
		assertThat(legacyExtract(mimeType)).isSameAs(Encoding.KOI8_R);
	}

	@ParameterizedTest
	@EnumSource
	void everyEncodingIsSupportedByAJdk(Encoding encoding) {
		assertThat(encoding.isSupported()).isTrue();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "UTF_16BE", "UTF_16LE", "REPLACEMENT" })
	void everyEncodingContainsAscii(Encoding encoding) {
		String ascii = "<a href=\"\\~\">\0 \t\r\n\u007F";
		assertThat(encoding.decode(Bytes.latin1(ascii), 0, ascii.length())).isEqualTo(ascii);
	}

	@ParameterizedTest
	@CsvSource({ "EFBBBF 41 C3A9, A\u00E9", "FEFF 0041 00E9, A\u00E9", "FFFE 4100 E900, A\u00E9",
			"EFBBBF EFBBBF, \uFEFF" })
	void byteOrderMarkHasTheLastWord(String hex, String expected) {
		assertThat(Bytes.decode(Encoding.WINDOWS_1251, hex)).isEqualTo(expected);
		assertThat(Bytes.decode(Encoding.UTF_8, hex)).isEqualTo(expected);
		assertThat(Bytes.decode(Encoding.REPLACEMENT, hex)).isEqualTo(expected);
	}

	@Test
	void decodesARange() {
		assertThat(Encoding.UTF_8.decode(Bytes.latin1("abcde"), 1, 3)).isEqualTo("bcd");
		assertThat(Encoding.WINDOWS_1252.decode(Bytes.latin1("abcde"), 1, 3)).isEqualTo("bcd");
	}

	@Test
	void utf8DecodeRemovesOnlyItsOwnByteOrderMark() {
		assertThat(Encoding.utf8Decode(Bytes.hex("00 EFBBBF 41"), 1, 4)).isEqualTo("A");
		assertThat(Encoding.utf8Decode(Bytes.hex("FFFE 41"), 0, 3)).isEqualTo("\uFFFD\uFFFDA");
	}

	private static Encoding legacyExtract(String mimeType) {
		return Encoding.legacyExtract(MimeType.parse(mimeType), Encoding.KOI8_R);
	}

}
