package io.github.springxhr.mime;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Utf8Decoder}.
 */
class Utf8DecoderTests {

	/**
	 * First and last byte of each range that the standard's automaton tells apart.
	 */
	private static final byte[] BYTES = Bytes
		.hex("00 7F 80 8F 90 9F A0 BF C0 C1 C2 DF E0 E1 EC ED EE EF F0 F1 F3 F4 F5 FF");

	@ParameterizedTest
	@CsvSource({ "F0 80 80, 3", "ED A0 80, 3", "E2 82, 1", "C0 80, 2", "E0 80 80, 3", "F4 90 80 80, 4", "F5 80, 2",
			"F0 9F 98, 1", "F0 9F 98 F0 9F 98, 2", "FF, 1", "C3 C3, 2", "ED B0 80, 3", "F8 88 80 80 80, 5" })
	void replacesMaximalSubparts(String hex, int count) {
		assertThat(Bytes.decode(Encoding.UTF_8, "41" + hex + "42")).isEqualTo("A" + "\uFFFD".repeat(count) + "B");
		assertThat(Bytes.decode(Encoding.UTF_8, "41" + hex)).isEqualTo("A" + "\uFFFD".repeat(count));
	}

	@Test
	void fastPathGivesWhatTheStandardsAutomatonGives() {
		byte[] bytes = new byte[4];
		int combinations = (int) Math.pow(BYTES.length, bytes.length);
		for (int combination = 0; combination < combinations; combination++) {
			int rest = combination;
			for (int i = 0; i < bytes.length; i++) {
				bytes[i] = BYTES[rest % BYTES.length];
				rest /= BYTES.length;
			}
			String expected = automaton(bytes);
			String actual = Utf8Decoder.decodeAll(bytes, 0, bytes.length);
			if (!actual.equals(expected)) {
				assertThat(actual).as("%x", combination).isEqualTo(expected);
			}
		}
	}

	@Test
	void decodesEveryCodePoint() {
		StringBuilder all = new StringBuilder();
		for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
			if (c > 0xFFFF || !Character.isSurrogate((char) c)) {
				all.appendCodePoint(c);
			}
		}
		assertThat(automaton(all.toString().getBytes(StandardCharsets.UTF_8)).contentEquals(all)).isTrue();
	}

	private static String automaton(byte[] bytes) {
		Utf8Decoder decoder = new Utf8Decoder();
		StringBuilder out = new StringBuilder();
		for (byte b : bytes) {
			decoder.handle(b & 0xFF, out);
		}
		decoder.finish(out);
		return out.toString();
	}

}
