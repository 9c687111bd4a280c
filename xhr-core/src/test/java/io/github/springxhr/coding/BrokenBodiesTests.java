package io.github.springxhr.coding;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.github.springxhr.coding.ContentCodingException.Reason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.springxhr.coding.ContentDecoderTests.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Half a body is never taken for a whole one, nor another one for the right one.
 */
class BrokenBodiesTests {

	private static final byte[] BODY = Coded.text(200);

	@ParameterizedTest
	@MethodSource("io.github.springxhr.coding.ContentDecoderTests#codings")
	void truncatedAnywhere(String codings) {
		String[] applied = codings.split(" ");
		byte[] coded = Coded.encode(BODY, applied);
		for (int length = 1; length < coded.length; length++) {
			byte[] half = Arrays.copyOf(coded, length);
			assertFails(Reason.TRUNCATED, () -> Coded.decode(Coded.label(applied), half));
			assertFails(Reason.TRUNCATED, () -> Coded.decode(Coded.label(applied), half, 1));
		}
	}

	@ParameterizedTest
	@MethodSource("io.github.springxhr.coding.ContentDecoderTests#oneCoding")
	void truncatedInTheMiddleOfMuch(String coding) {
		byte[] coded = Coded.encode(Coded.text(200_000), coding);
		for (int missing : new int[] { 1, 2, 4, 8, 9, 100, coded.length / 2 }) {
			assertFails(Reason.TRUNCATED,
					() -> Coded.decode(Coded.label(coding), Arrays.copyOf(coded, coded.length - missing)));
		}
	}

	/**
	 * The same comes out only where a bit has no meaning: gzip's time, level, system and
	 * text flag, a reserved bit of zstd, and up to 7 bits behind the last block.
	 */
	@ParameterizedTest
	@CsvSource({ "gzip,49,56", "deflate,0,7", "zstd,1,8" })
	void eachBitTurned(String coding, int atLeast, int atMost) {
		byte[] coded = Coded.encode(BODY, coding);
		int same = 0;
		for (int bit = 0; bit < 8 * coded.length; bit++) {
			byte[] broken = coded.clone();
			broken[bit / 8] ^= (byte) (1 << bit % 8);
			assertThat(isSameOrRefused(coding, broken)).as("bit %d", bit).isTrue();
			same += isRefused(coding, broken) ? 0 : 1;
		}
		assertThat(same).isBetween(atLeast, atMost);
	}

	@ParameterizedTest
	@CsvSource({ "gzip,6", "deflate,0", "zstd,0" })
	void eachByteTurned(String coding, int withoutMeaning) {
		byte[] coded = Coded.encode(BODY, coding);
		int same = 0;
		for (int i = 0; i < coded.length; i++) {
			byte[] broken = coded.clone();
			broken[i] ^= (byte) 0xFF;
			assertThat(isSameOrRefused(coding, broken)).as("byte %d", i).isTrue();
			same += isRefused(coding, broken) ? 0 : 1;
		}
		assertThat(same).isEqualTo(withoutMeaning);
	}

	/** Brotli and raw DEFLATE have no checksum: all that can be asked is that it ends. */
	@ParameterizedTest
	@ValueSource(strings = { "br", "raw" })
	void eachByteTurnedWithoutChecksum(String coding) {
		byte[] coded = Coded.encode(BODY, coding);
		int refused = 0;
		for (int i = 0; i < coded.length; i++) {
			byte[] broken = coded.clone();
			broken[i] ^= (byte) 0xFF;
			refused += isRefused(Coded.label(coding), broken) ? 1 : 0;
		}
		assertThat(refused).isGreaterThan(0);
	}

	private static boolean isSameOrRefused(String coding, byte[] broken) {
		try {
			return Arrays.equals(Coded.decode(coding, broken), BODY);
		}
		catch (ContentCodingException ex) {
			return ex.getReason() == Reason.CORRUPT || ex.getReason() == Reason.TRUNCATED;
		}
	}

	private static boolean isRefused(String coding, byte[] broken) {
		try {
			Coded.decode(coding, broken);
			return false;
		}
		catch (ContentCodingException ex) {
			return true;
		}
	}

	@ParameterizedTest
	@CsvSource({ "gzip", "deflate", "br", "zstd", "'gzip, gzip'" })
	void plainText(String label) {
		byte[] text = "<!DOCTYPE html><title>502 Bad Gateway</title> not coded at all".getBytes(StandardCharsets.UTF_8);
		assertFails(Reason.CORRUPT, () -> Coded.decode(label, text));
		assertFails(Reason.CORRUPT, () -> Coded.decode(label, text, 1));
	}

	@ParameterizedTest
	@CsvSource({ "gzip,deflate", "gzip,br", "gzip,zstd", "deflate,gzip", "deflate,zstd", "raw,gzip", "raw,zstd",
			"br,gzip", "br,zstd", "zstd,gzip", "zstd,deflate", "zstd,br" })
	void labelledAsAnother(String coding, String label) {
		byte[] coded = Coded.encode(BODY, coding);
		assertFails(Reason.CORRUPT, () -> Coded.decode(label, coded));
	}

	@ParameterizedTest
	@CsvSource({ "gzip,'gzip, gzip'", "gzip gzip gzip,'gzip, gzip, gzip, gzip'", "deflate gzip,'gzip, deflate'",
			"zstd,'gzip, zstd'" })
	void labelledWithOneTooManyOrInTheWrongOrder(String codings, String label) {
		byte[] coded = Coded.encode(BODY, codings.split(" "));
		assertFails(Reason.CORRUPT, () -> Coded.decode(label, coded));
	}

	@ParameterizedTest
	@CsvSource({ "gzip,0,", "gzip,13,", "gzip,139,", "gzip,31,TRUNCATED", "deflate,0,", "deflate,120,", "raw,0,CORRUPT",
			"br,0,CORRUPT", "br,6,CORRUPT", "zstd,0,TRUNCATED" })
	void oneByteTooMany(String coding, int extra, Reason expected) throws Exception {
		byte[] coded = Coded.concat(Coded.encode(BODY, coding), new byte[] { (byte) extra });
		for (int chunk : new int[] { 1, coded.length - 1, coded.length }) {
			if (expected == null) {
				assertThat(Coded.decode(Coded.label(coding), coded, chunk)).isEqualTo(BODY);
			}
			else {
				assertFails(expected, () -> Coded.decode(Coded.label(coding), coded, chunk));
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "gzip,", "deflate,", "raw,CORRUPT", "br,CORRUPT", "zstd,CORRUPT" })
	void muchBehindTheEnd(String coding, Reason expected) throws Exception {
		byte[] coded = Coded.concat(Coded.encode(BODY, coding), Coded.text(20_000));
		for (int chunk : new int[] { 100, coded.length }) {
			if (expected == null) {
				assertThat(Coded.decode(Coded.label(coding), coded, chunk)).isEqualTo(BODY);
			}
			else {
				assertFails(expected, () -> Coded.decode(Coded.label(coding), coded, chunk));
			}
		}
	}

}
