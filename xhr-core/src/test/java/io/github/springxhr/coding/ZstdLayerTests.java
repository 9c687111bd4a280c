package io.github.springxhr.coding;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import io.github.springxhr.coding.ContentCodingException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.springxhr.coding.ContentDecoderTests.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Frames of Zstandard.
 */
class ZstdLayerTests {

	private static final byte[] BODY = Coded.text(100);

	private static final byte[] FRAME = Coded.encode(BODY, "zstd");

	private static final byte[] SKIPPABLE = HexFormat.of().parseHex("5a2a4d1805000000" + "0102030405");

	private static final byte[] EMPTY_SKIPPABLE = HexFormat.of().parseHex("502a4d1800000000");

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 100, 5000 })
	void framesOfAllKinds(int chunk) throws Exception {
		byte[] large = Coded.text(200_000);
		byte[] coded = Coded.concat(SKIPPABLE, FRAME, EMPTY_SKIPPABLE, SKIPPABLE, Coded.encode(large, "zstd"),
				Zstd.compress(BODY), Coded.encode(new byte[0], "zstd"), EMPTY_SKIPPABLE);
		assertThat(Coded.decode("zstd", coded, chunk)).isEqualTo(Coded.concat(BODY, large, BODY));
	}

	@Test
	void skippableOnly() throws Exception {
		assertThat(Coded.decode("zstd", SKIPPABLE)).isEmpty();
		assertThat(Coded.decode("zstd", EMPTY_SKIPPABLE, 1)).isEmpty();
	}

	@Test
	void lastFrameTruncatedAnywhere() {
		for (byte[] frame : new byte[][] { FRAME, SKIPPABLE, EMPTY_SKIPPABLE, Zstd.compress(BODY) }) {
			for (int length = 1; length < frame.length; length++) {
				byte[] coded = Coded.concat(FRAME, Arrays.copyOf(frame, length));
				assertFails(Reason.TRUNCATED, () -> Coded.decode("zstd", coded));
				assertFails(Reason.TRUNCATED, () -> Coded.decode("zstd", coded, 1));
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "20,true", "23,true", "24,false", "27,false" })
	void windowOfEightMebibytesAtMost(int windowLog, boolean allowed) throws Exception {
		ByteArrayOutputStream coded = new ByteArrayOutputStream();
		try (ZstdOutputStream out = new ZstdOutputStream(coded)) {
			out.setLong(windowLog);
			out.write(BODY);
			out.flush();
		}
		if (allowed) {
			assertThat(Coded.decode("zstd", coded.toByteArray())).isEqualTo(BODY);
		}
		else {
			assertFails(Reason.CORRUPT, () -> Coded.decode("zstd", coded.toByteArray()));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "28b52ffd 00 68 010000 | ", "28b52ffd 00 69 | CORRUPT",
			"28b52ffd a0 00008000 | TRUNCATED", "28b52ffd a0 01008000 | CORRUPT",
			"28b52ffd e0 ffffffffffffffff | CORRUPT", "28b52ffd a0 00008000 090000 41 | CORRUPT",
			"28b52ffd 20 00 010000 | ", "28b52ffd 60 0000 | TRUNCATED", "28b52ffd 23 01020304 00 010000 | CORRUPT",
			"28b52ffd 08 68 010000 | CORRUPT", "28b52ffe 20 00 010000 | CORRUPT", "27b52ffd 00 68 010000 | CORRUPT" })
	void headersOfFrames(String hex, Reason expected) throws Exception {
		byte[] coded = HexFormat.of().parseHex(hex.replace(" ", ""));
		if (expected == null) {
			assertThat(Coded.decode("zstd", coded)).isEmpty();
			assertThat(Coded.decode("zstd", coded, 1)).isEmpty();
		}
		else {
			assertFails(expected, () -> Coded.decode("zstd", coded));
			assertFails(expected, () -> Coded.decode("zstd", coded, 1));
		}
	}

	@Test
	void anySizeOfTheBody() throws Exception {
		for (int size : new int[] { 1, 255, 256, 257, 65_535, 65_791, 65_792, 8 * 1024, 16 * 1024, 128 * 1024,
				1024 * 1024 }) {
			byte[] body = new byte[size];
			new Random(size).nextBytes(body);
			assertThat(Arrays.equals(Coded.decode("zstd", Zstd.compress(body), 1000), body)).as("%d", size).isTrue();
		}
	}

}
