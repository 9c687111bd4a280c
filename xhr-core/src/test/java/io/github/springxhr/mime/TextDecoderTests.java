package io.github.springxhr.mime;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TextDecoder}.
 */
class TextDecoderTests {

	@ParameterizedTest
	@EnumSource
	void textDoesNotDependOnHowTheBodyIsCut(Encoding encoding) {
		Random random = new Random(42);
		for (int run = 0; run < 500; run++) {
			byte[] body = body(random);
			String whole = encoding.decode(body, 0, body.length);
			assertThat(Bytes.decodeByteByByte(encoding, body)).isEqualTo(whole);
			assertThat(decodeInPieces(encoding, body, random)).isEqualTo(whole);
		}
	}

	@Test
	void keepsIncompleteCharacterBack() {
		TextDecoder decoder = new TextDecoder(Encoding.UTF_8);
		assertThat(decode(decoder, "41 F0 9F")).isEqualTo("A");
		assertThat(decode(decoder, "98")).isEmpty();
		assertThat(decode(decoder, "80 42 E2")).isEqualTo("\uD83D\uDE00B");
		assertThat(decoder.finish()).isEqualTo("\uFFFD");
	}

	@Test
	void replacesAsSoonAsACharacterCannotBeCompleted() {
		TextDecoder decoder = new TextDecoder(Encoding.UTF_8);
		assertThat(decode(decoder, "E2 82")).isEmpty();
		assertThat(decode(decoder, "41")).isEqualTo("\uFFFDA");
		assertThat(decoder.finish()).isEmpty();
	}

	@Test
	void finishesOnce() {
		TextDecoder decoder = new TextDecoder(Encoding.UTF_8);
		decode(decoder, "C3");
		assertThat(decoder.finish()).isEqualTo("\uFFFD");
		assertThat(decoder.finish()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "EF, EF BB BF 41, UTF-8", "FE, FE FF 00 41, UTF-16BE", "FF, FF FE 41 00, UTF-16LE" })
	void waitsForByteOrderMark(String head, String body, String encoding) {
		TextDecoder decoder = new TextDecoder(Encoding.WINDOWS_1252);
		assertThat(decode(decoder, head)).isEmpty();
		assertThat(decode(decoder, body.substring(3))).isEqualTo("A");
		assertThat(decoder.getEncoding()).hasToString(encoding);
	}

	@ParameterizedTest
	@CsvSource({ "EF, \u00EF", "EF BB, \u00EF\u00BB", "FE, \u00FE", "FF, \u00FF" })
	void usesFallbackWhenMarkIsNotCompleted(String hex, String expected) {
		TextDecoder decoder = new TextDecoder(Encoding.WINDOWS_1252);
		assertThat(decode(decoder, hex)).isEmpty();
		assertThat(decoder.finish()).isEqualTo(expected);
		assertThat(decoder.getEncoding()).isSameAs(Encoding.WINDOWS_1252);
	}

	@Test
	void decodesEmptyBody() {
		TextDecoder decoder = new TextDecoder(Encoding.REPLACEMENT);
		assertThat(decode(decoder, "")).isEmpty();
		assertThat(decoder.finish()).isEmpty();
	}

	@Test
	void replacementEncodingGivesOneReplacementCharacter() {
		TextDecoder decoder = new TextDecoder(Encoding.REPLACEMENT);
		assertThat(decode(decoder, "41 42 43")).isEqualTo("\uFFFD");
		assertThat(decode(decoder, "41")).isEmpty();
		assertThat(decoder.finish()).isEmpty();
	}

	@Test
	void refusesRangeOutsideTheArray() {
		TextDecoder decoder = new TextDecoder(Encoding.UTF_8);
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> decoder.decode(new byte[2], 1, 2));
	}

	private static String decode(TextDecoder decoder, String hex) {
		byte[] bytes = Bytes.hex(hex);
		return decoder.decode(bytes, 0, bytes.length);
	}

	private static String decodeInPieces(Encoding encoding, byte[] body, Random random) {
		TextDecoder decoder = new TextDecoder(encoding);
		StringBuilder text = new StringBuilder();
		for (int position = 0; position < body.length;) {
			int length = random.nextInt(body.length - position + 1);
			decoder.decode(body, position, length, text);
			position += length;
		}
		decoder.finish(text);
		return text.toString();
	}

	/**
	 * Makes noise from the bytes that matter to some encoding: digits, escapes, leads.
	 */
	private static byte[] body(Random random) {
		byte[] interesting = Bytes
			.hex("1B24284249 4A 30 31 41 5C 7E 7F 80 81 82 8E 8F 90 9F A0 A1 A4 BB BF C2 D8 DC E2 "
					+ "ED EF F0 F4 FE FF 00");
		byte[] body = new byte[random.nextInt(24)];
		for (int i = 0; i < body.length; i++) {
			body[i] = interesting[random.nextInt(interesting.length)];
		}
		return body;
	}

}
