package io.github.springxhr.coding;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.ZstdOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Makes coded bodies with the JDK's and the libraries' encoders, and has them decoded.
 */
public final class Coded {

	static final long MAX_SIZE = 64 * 1024 * 1024;

	private Coded() {
	}

	/** Text that repeats itself a little, so that all parts of the formats are used. */
	static byte[] text(int length) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; text.length() < length; i++) {
			text.append("Zeile ").append(i * 31 % 977).append(" über Äpfel, ");
		}
		return text.substring(0, length).getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * Encode as a server does.
	 * @param codings the codings in the order in which they are applied; {@code raw} is
	 * deflate without zlib
	 */
	public static byte[] encode(byte[] body, String... codings) {
		byte[] result = body;
		for (String coding : codings) {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			try (OutputStream out = encoder(coding, bytes)) {
				out.write(result);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			result = bytes.toByteArray();
		}
		return result;
	}

	static OutputStream encoder(String coding, OutputStream out) throws IOException {
		switch (coding) {
			case "gzip":
				return new GZIPOutputStream(out);
			case "deflate":
				return new DeflaterOutputStream(out);
			case "raw":
				return new DeflaterOutputStream(out, new Deflater(9, true));
			case "br":
				Brotli4jLoader.ensureAvailability();
				return new BrotliOutputStream(out, Encoder.Parameters.create(5));
			case "zstd":
				return new ZstdOutputStream(out).setChecksum(true);
			default:
				throw new IllegalArgumentException(coding);
		}
	}

	/** The name that is in the header. */
	static String label(String... codings) {
		return String.join(", ", codings).replace("raw", "deflate");
	}

	static byte[] decode(String contentEncoding, byte[] coded) throws ContentCodingException {
		return decode(contentEncoding, coded, Math.max(1, coded.length));
	}

	static byte[] decode(String contentEncoding, byte[] coded, int chunk) throws ContentCodingException {
		ByteArrayOutputStream result = new ByteArrayOutputStream();
		try (ContentDecoder decoder = decoder(contentEncoding, MAX_SIZE)) {
			for (int i = 0; i < coded.length; i += chunk) {
				decoder.decode(coded, i, Math.min(chunk, coded.length - i), result::write);
			}
			decoder.finish(result::write);
		}
		return result.toByteArray();
	}

	static ContentDecoder decoder(String contentEncoding, long maxSize) throws ContentCodingException {
		ContentDecoder decoder = ContentCodings.decoderFor(List.of(contentEncoding), maxSize);
		assertThat(decoder).isNotNull();
		return decoder;
	}

	static byte[] concat(byte[]... parts) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			bytes.writeBytes(part);
		}
		return bytes.toByteArray();
	}

}
