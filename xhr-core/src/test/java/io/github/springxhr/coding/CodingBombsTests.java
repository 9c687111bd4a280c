package io.github.springxhr.coding;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.management.ThreadMXBean;
import io.github.springxhr.coding.ContentCodingException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.springxhr.coding.ContentDecoderTests.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Few bytes that become many.
 */
class CodingBombsTests {

	private static final int MEBIBYTE = 1024 * 1024;

	private static final long CAP = 8 * MEBIBYTE;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final Map<String, byte[]> BOMBS = new ConcurrentHashMap<>();

	/** In large pieces the cap is reached first, in small ones the ratio. */
	@ParameterizedTest
	@CsvSource({ "gzip,100,RATIO", "gzip,1000000,TOO_LARGE", "deflate,100,RATIO", "deflate,1000000,TOO_LARGE",
			"raw,100,RATIO", "br,10,RATIO", "br,1000000,RATIO", "zstd,10,RATIO", "zstd,1000000,TOO_LARGE",
			"gzip gzip,10,RATIO", "gzip gzip,1000000,RATIO", "gzip deflate,1000000,RATIO", "zstd br,1000000,RATIO",
			"gzip gzip gzip gzip gzip,1,RATIO", "gzip gzip gzip gzip gzip,1000000,RATIO" })
	void aGibibyteOfZeros(String codings, int chunk, Reason reason) throws Exception {
		byte[] bomb = bomb(codings);
		AtomicLong passedOn = new AtomicLong();
		try (ContentDecoder decoder = Coded.decoder(Coded.label(codings.split(" ")), CAP)) {
			long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
			assertFails(reason, () -> decodeAll(decoder, bomb, chunk, passedOn));
			long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
			assertThat(allocated).isLessThan(2 * MEBIBYTE);
		}
		assertThat(passedOn.get()).isLessThanOrEqualTo(CAP);
	}

	@Test
	void aMebibyteOfZerosIsNoBomb() throws Exception {
		for (String coding : new String[] { "gzip", "deflate", "br", "zstd" }) {
			byte[] coded = Coded.encode(new byte[MEBIBYTE], coding);
			assertThat(Coded.decode(coding, coded, 1)).hasSize(MEBIBYTE);
		}
	}

	@Test
	void fivefoldTextIsNoBomb() throws Exception {
		byte[] text = new byte[3 * MEBIBYTE];
		Random random = new Random(1);
		for (int i = 0; i < text.length; i++) {
			text[i] = (byte) ('a' + random.nextInt(26));
		}
		byte[] coded = Coded.encode(text, "gzip", "gzip", "gzip", "gzip", "gzip");
		assertThat(Coded.decode("gzip,gzip,gzip,gzip,gzip", coded, 500)).hasSize(text.length);
	}

	/** What the second layer gets is large, although it makes nothing of it. */
	@Test
	void manyEmptyMembersBetweenTheLayers() throws Exception {
		byte[] empty = Coded.encode(new byte[0], "gzip");
		ByteArrayOutputStream members = new ByteArrayOutputStream();
		while (members.size() < 4 * MEBIBYTE) {
			members.writeBytes(empty);
		}
		byte[] coded = Coded.encode(members.toByteArray(), "gzip");
		try (ContentDecoder decoder = Coded.decoder("gzip, gzip", MEBIBYTE)) {
			assertFails(Reason.TOO_LARGE, () -> decodeAll(decoder, coded, coded.length, new AtomicLong()));
		}
	}

	private static void decodeAll(ContentDecoder decoder, byte[] bomb, int chunk, AtomicLong passedOn)
			throws ContentCodingException {
		for (int i = 0; i < bomb.length; i += chunk) {
			decoder.decode(bomb, i, Math.min(chunk, bomb.length - i),
					(bytes, offset, length) -> passedOn.addAndGet(length));
		}
	}

	private static byte[] bomb(String codings) {
		int space = codings.indexOf(' ');
		if (space >= 0) {
			return Coded.encode(bomb(codings.substring(0, space)), codings.substring(space + 1).split(" "));
		}
		byte[] bomb = BOMBS.get(codings);
		if (bomb == null) {
			bomb = zeros(codings);
			BOMBS.put(codings, bomb);
		}
		return bomb;
	}

	/** Raw DEFLATE takes the longest to make, so gzip and zlib are put around it. */
	private static byte[] zeros(String coding) {
		return switch (coding) {
			case "gzip" -> Coded.concat(HexFormat.of().parseHex("1f8b0800000000000000"), bomb("raw"), new byte[8]);
			case "deflate" -> Coded.concat(HexFormat.of().parseHex("789c"), bomb("raw"), new byte[4]);
			default -> encodeZeros(coding);
		};
	}

	private static byte[] encodeZeros(String coding) {
		ByteArrayOutputStream bomb = new ByteArrayOutputStream();
		try (OutputStream out = Coded.encoder(coding, bomb)) {
			byte[] zeros = new byte[MEBIBYTE];
			for (int i = 0; i < 1024; i++) {
				out.write(zeros);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bomb.toByteArray();
	}

}
