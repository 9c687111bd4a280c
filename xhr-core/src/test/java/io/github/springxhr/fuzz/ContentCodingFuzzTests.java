package io.github.springxhr.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.List;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.springxhr.coding.ContentCodingException;
import io.github.springxhr.coding.ContentCodings;
import io.github.springxhr.coding.ContentDecoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A coded body is decoded to the same bytes, or refused, however it is cut; and never to
 * more than the limit.
 */
class ContentCodingFuzzTests {

	private static final int LIMIT = 100_000;

	@FuzzTest(maxDuration = "60s")
	void contentCoding(FuzzedDataProvider data) {
		String codings = data
			.pickValue(new String[] { "gzip", "deflate", "br", "zstd", "gzip, br", "zstd, gzip", "x-gzip" });
		int piece = data.consumeInt(1, 9);
		byte[] bytes = data.consumeRemainingAsBytes();
		byte[] whole = decode(codings, bytes, Math.max(1, bytes.length));
		byte[] pieces = decode(codings, bytes, piece);
		assertThat(pieces).isEqualTo(whole);
	}

	private static byte[] decode(String codings, byte[] bytes, int piece) {
		ByteArrayOutputStream decoded = new ByteArrayOutputStream();
		try (ContentDecoder decoder = ContentCodings.decoderFor(List.of(codings), LIMIT)) {
			for (int i = 0; i < bytes.length; i += piece) {
				decoder.decode(bytes, i, Math.min(piece, bytes.length - i), decoded::write);
			}
			decoder.finish(decoded::write);
		}
		catch (ContentCodingException ex) {
			assertThat(decoded.size()).isLessThanOrEqualTo(LIMIT);
			return null;
		}
		assertThat(decoded.size()).isLessThanOrEqualTo(LIMIT);
		return decoded.toByteArray();
	}

}
