package io.github.springxhr.coding;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;

import io.github.springxhr.coding.ContentCodingException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.springxhr.coding.ContentDecoderTests.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The two things that servers call deflate.
 */
class DeflateLayerTests {

	private static final byte[] BODY = Coded.text(2000);

	@ParameterizedTest
	@CsvSource({ "0,false", "1,false", "6,false", "9,false", "0,true", "1,true", "6,true", "9,true" })
	void anyLevel(int level, boolean raw) throws Exception {
		byte[] coded = deflate(level, raw);
		assertThat(Coded.decode("deflate", coded)).isEqualTo(BODY);
		assertThat(Coded.decode("deflate", coded, 1)).isEqualTo(BODY);
	}

	@ParameterizedTest
	@CsvSource({ "0300", "010000ffff", "789c030000000001", "5885030000000001" })
	void nothing(String hex) throws Exception {
		assertThat(Coded.decode("deflate", HexFormat.of().parseHex(hex), 1)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "78,TRUNCATED", "03,TRUNCATED", "789c,TRUNCATED", "789c0300,TRUNCATED", "789c0300000000,TRUNCATED",
			"789c030000000002,CORRUPT", "030000,CORRUPT", "78bb00000001,CORRUPT", "07,TRUNCATED", "0700,CORRUPT",
			"889c030000000001,CORRUPT" })
	void broken(String hex, Reason reason) {
		assertFails(reason, () -> Coded.decode("deflate", HexFormat.of().parseHex(hex)));
		assertFails(reason, () -> Coded.decode("deflate", HexFormat.of().parseHex(hex), 1));
	}

	@Test
	void checksTheChecksum() {
		byte[] coded = deflate(6, false);
		for (int fromEnd = 1; fromEnd <= 4; fromEnd++) {
			byte[] broken = coded.clone();
			broken[broken.length - fromEnd] ^= 1;
			assertFails(Reason.CORRUPT, () -> Coded.decode("deflate", broken));
		}
	}

	private static byte[] deflate(int level, boolean raw) {
		Deflater deflater = new Deflater(level, raw);
		deflater.setInput(BODY);
		deflater.finish();
		byte[] buffer = new byte[2 * BODY.length];
		int length = deflater.deflate(buffer);
		deflater.end();
		return Arrays.copyOf(buffer, length);
	}

}
