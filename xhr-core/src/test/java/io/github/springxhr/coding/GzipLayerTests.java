package io.github.springxhr.coding;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

import io.github.springxhr.coding.ContentCodingException.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.springxhr.coding.ContentDecoderTests.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Headers and members of gzip.
 */
class GzipLayerTests {

	private static final byte[] BODY = Coded.text(100);

	private static final byte[] PLAIN = Coded.encode(BODY, "gzip");

	@ParameterizedTest(name = "flags {0}, extra {1}")
	@CsvSource({ "0,0", "1,0", "2,0", "4,0", "4,1", "4,300", "4,65535", "8,0", "16,0", "24,0", "6,5", "10,0", "18,0",
			"28,7", "30,7", "31,0" })
	void anyHeader(int flags, int extra) throws Exception {
		byte[] coded = Coded.concat(header(flags, extra), Arrays.copyOfRange(PLAIN, 10, PLAIN.length));
		assertThat(Coded.decode("gzip", coded)).isEqualTo(BODY);
		assertThat(Coded.decode("gzip", coded, 1)).isEqualTo(BODY);
	}

	@Test
	void headerTruncatedAnywhere() {
		byte[] header = header(31, 3);
		for (int length = 1; length <= header.length; length++) {
			byte[] half = Arrays.copyOf(header, length);
			assertFails(Reason.TRUNCATED, () -> Coded.decode("gzip", half));
		}
	}

	@Test
	void wrongChecksumOfTheHeader() {
		byte[] header = header(2, 0);
		for (int position : new int[] { 4, 8, 9, 10, 11 }) {
			byte[] broken = Coded.concat(header, Arrays.copyOfRange(PLAIN, 10, PLAIN.length));
			broken[position] ^= 1;
			assertFails(Reason.CORRUPT, () -> Coded.decode("gzip", broken));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x20, 0x40, 0x80, 0xFF })
	void reservedFlags(int flags) {
		byte[] coded = PLAIN.clone();
		coded[3] = (byte) flags;
		assertFails(Reason.CORRUPT, () -> Coded.decode("gzip", coded));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 5, 100, 5000 })
	void members(int chunk) throws Exception {
		byte[] empty = Coded.encode(new byte[0], "gzip");
		byte[] large = Coded.text(50_000);
		byte[] coded = Coded.concat(PLAIN, empty, Coded.encode(large, "gzip"), empty, PLAIN);
		assertThat(Coded.decode("gzip", coded, chunk)).isEqualTo(Coded.concat(BODY, large, BODY));
	}

	@Test
	void membersWithDifferentHeaders() throws Exception {
		byte[] member = Coded.concat(header(30, 4), Arrays.copyOfRange(PLAIN, 10, PLAIN.length));
		assertThat(Coded.decode("gzip", Coded.concat(member, PLAIN, member))).isEqualTo(Coded.concat(BODY, BODY, BODY));
	}

	@Test
	void lastMemberTruncatedAnywhere() {
		for (int length = 1; length < PLAIN.length; length++) {
			byte[] coded = Coded.concat(PLAIN, Arrays.copyOf(PLAIN, length));
			assertFails(Reason.TRUNCATED, () -> Coded.decode("gzip", coded));
		}
	}

	@Test
	void lastMemberCorrupt() {
		byte[] coded = Coded.concat(PLAIN, PLAIN);
		coded[coded.length - 1] ^= 1;
		assertFails(Reason.CORRUPT, () -> Coded.decode("gzip", coded));
		coded[coded.length - 1] ^= 1;
		coded[PLAIN.length + 1] ^= 1;
		assertFails(Reason.CORRUPT, () -> Coded.decode("gzip", coded));
	}

	@Test
	void whatIsIgnoredBeginsNoMember() throws Exception {
		byte[] coded = Coded.concat(PLAIN, new byte[512], PLAIN);
		assertThat(Coded.decode("gzip", coded)).isEqualTo(BODY);
	}

	@Test
	void checksSizeAndChecksum() {
		for (int fromEnd = 1; fromEnd <= 8; fromEnd++) {
			byte[] broken = PLAIN.clone();
			broken[broken.length - fromEnd] ^= (byte) 0x80;
			assertFails(Reason.CORRUPT, () -> Coded.decode("gzip", broken));
		}
	}

	private static byte[] header(int flags, int extra) {
		ByteArrayOutputStream header = new ByteArrayOutputStream();
		header.writeBytes(new byte[] { 0x1F, (byte) 0x8B, 8, (byte) flags, 1, 2, 3, 4, 2, 3 });
		if ((flags & 4) != 0) {
			header.write(extra & 0xFF);
			header.write(extra >> 8);
			header.writeBytes(new byte[extra]);
		}
		if ((flags & 8) != 0) {
			header.writeBytes("größe.txt\0".getBytes(StandardCharsets.ISO_8859_1));
		}
		if ((flags & 16) != 0) {
			header.writeBytes("\u001f\u008b a comment\0".getBytes(StandardCharsets.ISO_8859_1));
		}
		if ((flags & 2) != 0) {
			CRC32 crc = new CRC32();
			crc.update(header.toByteArray());
			header.write((int) crc.getValue() & 0xFF);
			header.write((int) crc.getValue() >> 8 & 0xFF);
		}
		return header.toByteArray();
	}

}
