package io.github.springxhr.mime;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the decoders of UTF-16 and of the multi-byte encodings.
 */
class LegacyDecoderTests {

	@ParameterizedTest
	@CsvSource({ "D83D DE00, \uD83D\uDE00", "D83D 0041, \uFFFDA", "DE00 0041, \uFFFDA",
			"D83D D83D DE00, \uFFFD\uD83D\uDE00", "D83D, \uFFFD", "D83D 00, \uFFFD", "0041 00, A\uFFFD" })
	void utf16(String hex, String expected) {
		assertThat(Bytes.decode(Encoding.UTF_16BE, hex)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "4100 3DD8 00DE, A\uD83D\uDE00", "41, \uFFFD" })
	void utf16LittleEndian(String hex, String expected) {
		assertThat(Bytes.decode(Encoding.UTF_16LE, hex)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "D6D0, \u4E2D", "80, \u20AC", "A2E3, \u20AC", "FF, \uFFFD", "81308130, \u0080", "8135F437, \uE7C7",
			"90308130, \uD800\uDC00", "E3329A35, \uDBFF\uDFFF", "E3329A36, \uFFFD", "84318130, \uFE00",
			"8431A439, \uFFFF", "8431A530, \uFFFD", "81, \uFFFD", "8130, \uFFFD", "813081, \uFFFD", "8120, '\uFFFD '",
			"81FF, \uFFFD", "813041, \uFFFD0A", "81308141, \uFFFD0\u4E04", "A2A0, \uE585", "8130FF, \uFFFD0\uFFFD",
			"A3A0, '\u3000'" })
	void gb18030(String hex, String expected) {
		assertThat(Bytes.decode(Encoding.GB18030, hex)).isEqualTo(expected);
		assertThat(Bytes.decode(Encoding.GBK, hex)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "A440, \u4E00", "8862, \u00CA\u0304", "8864, \u00CA\u030C", "88A3, \u00EA\u0304", "88A5, \u00EA\u030C",
			"8740, \u43F0", "87FF, \uFFFD", "8140, \uFFFD@", "81A1, \uFFFD", "80, \uFFFD", "FF, \uFFFD", "A4, \uFFFD",
			"A43C, \uFFFD<", "8745, \uD85C\uDE67", "A15A, \u2574", "A480, \uFFFD" })
	void big5(String hex, String expected) {
		assertThat(Bytes.decode(Encoding.BIG5, hex)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "C6FC, \u65E5", "8EB1, \uFF71", "8EE0, \uFFFD", "8FB0A1, \u4E02", "8FA1A1, \uFFFD", "8FA141, \uFFFDA",
			"8F41, \uFFFDA", "8E, \uFFFD", "8F, \uFFFD", "8FA1, \uFFFD", "A141, \uFFFDA", "A1FF, \uFFFD", "A0, \uFFFD",
			"80, \uFFFD", "8FFF, \uFFFD", "ADA1, \u2460", "8FA1A1C6FC, \uFFFD\u65E5" })
	void eucJp(String hex, String expected) {
		assertThat(Bytes.decode(Encoding.EUC_JP, hex)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "93FA, \u65E5", "80, \u0080", "B1, \uFF71", "A0, \uFFFD", "FD, \uFFFD", "F040, \uE000", "F9FC, \uE757",
			"8740, \u2460", "FC4B, \u9ED1", "FC4C, \uFFFDL", "8130, \uFFFD0", "81FD, \uFFFD", "817F, \uFFFD\u007F",
			"81, \uFFFD", "5C, \\", "8160, \uFF5E" })
	void shiftJis(String hex, String expected) {
		assertThat(Bytes.decode(Encoding.SHIFT_JIS, hex)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "B0A1, \uAC00", "8141, \uAC02", "C9A1, \uFFFD", "FEA1, \uFFFD", "8140, \uFFFD@", "815B, \uFFFD[",
			"80, \uFFFD", "FF, \uFFFD", "B0, \uFFFD", "B0FF, \uFFFD" })
	void eucKr(String hex, String expected) {
		assertThat(Bytes.decode(Encoding.EUC_KR, hex)).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "1B2442 467C 1B2842 41, \u65E5A", "1B2440 467C, \u65E5", "1B284A 5C7E41, \u00A5\u203EA",
			"1B2849 31, \uFF71", "1B2849 61, \uFFFD", "0E 41 0F, \uFFFDA\uFFFD", "80, \uFFFD", "1B2842 1B2842, \uFFFD",
			"1B2442 1B2842, \uFFFD", "1B, \uFFFD", "1B28, \uFFFD(", "1B24, \uFFFD$", "1B41, \uFFFDA",
			"1B2841, \uFFFD(A", "1B2442 46, \uFFFD", "1B2442 461B2842 41, \uFFFDA", "1B2442 4620 467C, \uFFFD\u65E5",
			"1B2442 20 467C, \uFFFD\u65E5", "1B2442 467C 1B28, \u65E5\uFFFD\uFFFD", "1B1B2842 41, \uFFFDA",
			"1B2442 2921, \uFFFD" })
	void iso2022Jp(String hex, String expected) {
		assertThat(Bytes.decode(Encoding.ISO_2022_JP, hex)).isEqualTo(expected);
	}

}
