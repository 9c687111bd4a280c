package io.github.springxhr.coding;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import io.github.springxhr.coding.ContentCodingException.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Bodies with one coding and with several, however they are cut.
 */
class ContentDecoderTests {

	private static final ContentDecoder.Sink NOBODY = (bytes, offset, length) -> {
	};

	static Stream<String> codings() {
		return Stream.of("gzip", "deflate", "raw", "br", "zstd", "gzip gzip", "deflate gzip", "gzip deflate", "br gzip",
				"gzip br", "zstd gzip", "zstd br", "raw zstd", "zstd zstd", "br br", "gzip deflate br",
				"zstd br raw gzip", "gzip gzip gzip gzip", "gzip deflate raw br zstd", "gzip gzip gzip gzip gzip",
				"zstd br gzip raw deflate");
	}

	static Stream<String> oneCoding() {
		return codings().limit(5);
	}

	@ParameterizedTest
	@MethodSource("codings")
	void large(String codings) throws Exception {
		byte[] body = Coded.text(300_000);
		assertDecodes(codings, body, Integer.MAX_VALUE / 2);
		assertDecodes(codings, body, 1000);
	}

	@ParameterizedTest
	@MethodSource("codings")
	void small(String codings) throws Exception {
		assertDecodes(codings, Coded.text(300), 1);
		assertDecodes(codings, new byte[] { 7 }, 1);
	}

	@ParameterizedTest
	@MethodSource("codings")
	void nothingCoded(String codings) throws Exception {
		assertDecodes(codings, new byte[0], 1);
		assertDecodes(codings, new byte[0], 100);
	}

	@ParameterizedTest
	@MethodSource("codings")
	void noBytesAtAll(String codings) throws Exception {
		assertThat(Coded.decode(Coded.label(codings.split(" ")), new byte[0])).isEmpty();
	}

	@ParameterizedTest
	@MethodSource("oneCoding")
	void incompressible(String coding) throws Exception {
		byte[] body = new byte[100_000];
		new Random(4).nextBytes(body);
		assertDecodes(coding, body, 777);
	}

	@ParameterizedTest
	@MethodSource("oneCoding")
	void cutAnywhere(String coding) throws Exception {
		byte[] body = Coded.text(120);
		byte[] coded = Coded.encode(body, coding);
		for (int cut = 0; cut <= coded.length; cut++) {
			ByteArrayOutputStream result = new ByteArrayOutputStream();
			try (ContentDecoder decoder = Coded.decoder(Coded.label(coding), body.length)) {
				decoder.decode(coded, 0, cut, result::write);
				decoder.decode(coded, cut, coded.length - cut, result::write);
				decoder.finish(result::write);
			}
			assertThat(result.toByteArray()).as("cut at %d", cut).isEqualTo(body);
		}
	}

	@ParameterizedTest
	@MethodSource("oneCoding")
	void passesOnWhatHasArrived(String coding) throws Exception {
		for (int size : new int[] { 1, 100, CodingLayer.BUFFER_SIZE, 100_000 }) {
			byte[] body = Coded.text(size);
			ByteArrayOutputStream coded = new ByteArrayOutputStream();
			ByteArrayOutputStream result = new ByteArrayOutputStream();
			try (ContentDecoder decoder = Coded.decoder(Coded.label(coding), 1_000_000);
					OutputStream encoder = flushing(coding, coded)) {
				encoder.write(body);
				encoder.flush();
				byte[] firstPart = coded.toByteArray();
				decoder.decode(firstPart, 0, firstPart.length, result::write);
			}
			assertThat(Arrays.equals(result.toByteArray(), body)).as("%d bytes", size).isTrue();
		}
	}

	private static OutputStream flushing(String coding, ByteArrayOutputStream out) throws Exception {
		return switch (coding) {
			case "gzip" -> new GZIPOutputStream(out, true);
			case "deflate" -> new DeflaterOutputStream(out, true);
			case "raw" -> new DeflaterOutputStream(out, new Deflater(5, true), 512, true);
			default -> Coded.encoder(coding, out);
		};
	}

	@ParameterizedTest
	@CsvSource({ "gzip,1000,1000,", "gzip,1000,999,TOO_LARGE", "deflate,1000,999,TOO_LARGE", "raw,1000,999,TOO_LARGE",
			"br,1000,999,TOO_LARGE", "zstd,1000,999,TOO_LARGE", "zstd,1000,1000,", "br,1000,1000,",
			"gzip,1,0,TOO_LARGE", "gzip gzip,1000,999,TOO_LARGE", "zstd br,1000,1000,", "gzip,0,0,",
			"gzip,1000," + Long.MAX_VALUE + "," })
	void tooLargeIsMoreThanTheLimit(String codings, int size, long limit, Reason expected) throws Exception {
		byte[] coded = Coded.encode(new byte[size], codings.split(" "));
		try (ContentDecoder decoder = Coded.decoder(Coded.label(codings.split(" ")), limit)) {
			if (expected == null) {
				decoder.decode(coded, 0, coded.length, NOBODY);
				decoder.finish(NOBODY);
			}
			else {
				assertFails(expected, () -> decoder.decode(coded, 0, coded.length, NOBODY));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "deflate", "br", "zstd", "zstd br gzip" })
	void closesTwice(String codings) throws Exception {
		byte[] coded = Coded.encode(Coded.text(100), codings.split(" "));
		ContentDecoder decoder = Coded.decoder(Coded.label(codings.split(" ")), 1000);
		decoder.decode(coded, 0, coded.length / 2, NOBODY);
		decoder.close();
		assertThatCode(decoder::close).doesNotThrowAnyException();
		assertThatIllegalStateException().isThrownBy(() -> decoder.decode(coded, 0, 1, NOBODY));
		assertThatIllegalStateException().isThrownBy(() -> decoder.finish(NOBODY));
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "deflate", "br", "zstd", "zstd br gzip" })
	void aSinkMayClose(String codings) throws Exception {
		byte[] coded = Coded.encode(Coded.text(100_000), codings.split(" "));
		ByteArrayOutputStream result = new ByteArrayOutputStream();
		ContentDecoder decoder = Coded.decoder(Coded.label(codings.split(" ")), 1000_000);
		decoder.decode(coded, 0, coded.length, (bytes, offset, length) -> {
			result.write(bytes, offset, length);
			decoder.close();
		});
		assertThat(result.size()).isBetween(1, CodingLayer.BUFFER_SIZE);
		assertThatIllegalStateException().isThrownBy(() -> decoder.finish(NOBODY));
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "br", "zstd" })
	void anExceptionOfTheSinkCloses(String coding) throws Exception {
		byte[] coded = Coded.encode(Coded.text(100), coding);
		ContentDecoder decoder = Coded.decoder(coding, 1000);
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> decoder.decode(coded, 0, coded.length, (bytes, offset, length) -> {
				throw new UnsupportedOperationException();
			}));
		assertThatIllegalStateException().isThrownBy(() -> decoder.decode(coded, 0, 1, NOBODY));
	}

	@Test
	void isNotReentrant() throws Exception {
		byte[] coded = Coded.encode(Coded.text(100), "gzip");
		try (ContentDecoder decoder = Coded.decoder("gzip", 1000)) {
			assertThatIllegalStateException().isThrownBy(() -> decoder.decode(coded, 0, coded.length,
					(bytes, offset, length) -> decoder.decode(coded, 0, 1, NOBODY)));
		}
	}

	@Test
	void nothingCanFollowTheEnd() throws Exception {
		byte[] coded = Coded.encode(Coded.text(100), "gzip");
		try (ContentDecoder decoder = Coded.decoder("gzip", 1000)) {
			decoder.decode(coded, 0, coded.length, NOBODY);
			decoder.finish(NOBODY);
			assertThatIllegalStateException().isThrownBy(() -> decoder.decode(coded, 0, 1, NOBODY));
			assertThatIllegalStateException().isThrownBy(() -> decoder.finish(NOBODY));
		}
	}

	@Test
	void leavesTheSourceAlone() throws Exception {
		byte[] coded = Coded.encode(Coded.text(1000), "deflate", "gzip");
		byte[] copy = coded.clone();
		Coded.decode("deflate, gzip", coded);
		assertThat(coded).isEqualTo(copy);
	}

	static void assertFails(Reason reason, ThrowingCallable call) {
		assertThatExceptionOfType(ContentCodingException.class).isThrownBy(call)
			.satisfies((ex) -> assertThat(ex.getReason()).isEqualTo(reason));
	}

	private static void assertDecodes(String codings, byte[] body, int chunk) throws Exception {
		String[] applied = codings.split(" ");
		byte[] decoded = Coded.decode(Coded.label(applied), Coded.encode(body, applied), chunk);
		assertThat(Arrays.equals(decoded, body)).isTrue();
	}

}
