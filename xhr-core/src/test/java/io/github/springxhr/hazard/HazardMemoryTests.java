package io.github.springxhr.hazard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.BrotliOutputStream;
import com.aayushatharva.brotli4j.encoder.Encoder;
import com.github.luben.zstd.ZstdOutputStream;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.fixture.FaultConnection;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers that never end, or grow when they are unpacked.
 */
class HazardMemoryTests {

	private static final int MEBIBYTE = 1024 * 1024;

	private static final DataSize CAP = DataSize.ofMegabytes(4);

	private static Victim victim() {
		return Victim.with((builder) -> builder.maxResponseSize(CAP).timeout(Duration.ofSeconds(20)));
	}

	/** What is sent again and again after a head, until the client has had enough. */
	static Stream<Arguments> endless() {
		String chunked = Responses.head("200 OK", "Transfer-Encoding: chunked");
		String data = "x".repeat(16_384);
		return Stream.of(Arguments.of("body", Responses.head("200 OK"), data, FailureKind.TOO_LARGE),
				Arguments.of("chunks", chunked, Responses.chunk(data), FailureKind.TOO_LARGE),
				Arguments.of("body of an error", Responses.head("500 x"), data, FailureKind.TOO_LARGE),
				Arguments.of("length that is a lie", Responses.head("200 OK", "Content-Length: 9000000000000000000"),
						data, FailureKind.TOO_LARGE),
				Arguments.of("extension of a chunk", chunked + "1;", data, FailureKind.PROTOCOL),
				Arguments.of("digits of a chunk's size", chunked, "0".repeat(1000), FailureKind.PROTOCOL),
				Arguments.of("trailers", chunked + "0\r\n", "X-A: " + "y".repeat(1000) + "\r\n", FailureKind.PROTOCOL),
				Arguments.of("headers", "HTTP/1.1 200 OK\r\n", "X-A: " + "y".repeat(1000) + "\r\n",
						FailureKind.PROTOCOL),
				Arguments.of("value of a header", "HTTP/1.1 200 OK\r\nX-A: ", data, FailureKind.PROTOCOL),
				Arguments.of("name of a header", "HTTP/1.1 200 OK\r\n", data, FailureKind.PROTOCOL),
				Arguments.of("folded header", "HTTP/1.1 200 OK\r\nX-A: a\r\n", " b\r\n".repeat(100),
						FailureKind.PROTOCOL),
				Arguments.of("reason", "HTTP/1.1 200 ", data, FailureKind.PROTOCOL),
				Arguments.of("interim responses", "", "HTTP/1.1 103 x\r\nLink: x\r\n\r\n", FailureKind.PROTOCOL),
				Arguments.of("continue", "", "HTTP/1.1 100 Continue\r\n\r\n", FailureKind.PROTOCOL),
				Arguments.of("gzip members of nothing", Responses.head("200 OK", "Content-Encoding: gzip"),
						latin1(coded("gzip", 0)).repeat(500), FailureKind.TOO_LARGE));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("endless")
	void endlessAnswer(String name, String start, String again, FailureKind kind) throws InterruptedException {
		try (FaultServer server = FaultServer.start((connection) -> {
			connection.readRequest().send(start);
			sendUntilClosed(connection, again);
		}); Victim victim = victim()) {
			XMLHttpRequest xhr = victim.get(server.url("/"));
			assertThat(xhr.getFailure()).isNotNull();
			assertThat(xhr.getFailure().kind()).as("%s", xhr.getFailure()).isEqualTo(kind);
			assertThat(xhr.getResponseText()).isEmpty();
		}
	}

	private static void sendUntilClosed(FaultConnection connection, String text) {
		byte[] bytes = Responses.latin1(text);
		try {
			for (int i = 0; i < 1_000_000; i++) {
				connection.send(bytes);
			}
		}
		catch (RuntimeException ex) {
			// the client has closed the connection, as it should
		}
	}

	@ParameterizedTest
	@CsvSource({ "gzip", "deflate", "br", "zstd", "gzip gzip", "gzip br", "br zstd", "deflate gzip zstd", "br br",
			"gzip gzip gzip gzip gzip" })
	void bomb(String codings) throws InterruptedException {
		byte[] bomb = coded(codings, 64 * MEBIBYTE);
		XMLHttpRequest xhr = answered(codings, bomb);
		assertThat(xhr.getFailure()).isNotNull();
		assertThat(xhr.getFailure().kind()).as("%s", xhr.getFailure()).isEqualTo(FailureKind.TOO_LARGE);
		assertThat(xhr.getResponseText()).isEmpty();
	}

	/** Within the cap, but far from any text. */
	@ParameterizedTest
	@ValueSource(strings = { "br", "zstd", "gzip gzip", "br gzip", "zstd gzip" })
	void ratio(String codings) throws InterruptedException {
		byte[] bomb = coded(codings, 3 * MEBIBYTE);
		assertThat(bomb.length * 1000).isLessThan(3 * MEBIBYTE);
		assertThat(answered(codings, bomb).getFailure().kind()).isEqualTo(FailureKind.TOO_LARGE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip gzip gzip gzip gzip gzip", "gzip deflate gzip deflate gzip deflate gzip" })
	void manyCodings(String codings) throws InterruptedException {
		assertThat(answered(codings, coded(codings, 1)).getFailure().kind()).isEqualTo(FailureKind.DECODE);
	}

	@Test
	void thousandsOfCodings() throws InterruptedException {
		assertThat(answered("gzip ".repeat(5_000).trim(), new byte[10]).getFailure().kind())
			.isEqualTo(FailureKind.DECODE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "deflate", "br", "zstd" })
	void whatIsCutShortIsNotTakenForWhole(String coding) throws InterruptedException {
		byte[] whole = coded(coding, 100_000);
		byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 1);
		assertThat(answered(coding, cut).getFailure().kind()).isEqualTo(FailureKind.DECODE);
	}

	@Test
	void capIsAsItSays() throws InterruptedException {
		for (int excess = 0; excess <= 1; excess++) {
			String body = "x".repeat((int) CAP.toBytes() + excess);
			try (FaultServer server = FaultServer
				.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok(body))));
					Victim victim = victim()) {
				assertThat(victim.get(server.url("/")).getFailure() == null).isEqualTo(excess == 0);
			}
		}
	}

	private static XMLHttpRequest answered(String codings, byte[] body) throws InterruptedException {
		String head = Responses.head("200 OK", "Content-Encoding: " + codings.replace(' ', ','),
				"Content-Length: " + body.length);
		try (FaultServer server = FaultServer.start((connection) -> {
			connection.readRequest();
			try {
				connection.send(head).send(body);
			}
			catch (RuntimeException ex) {
				// enough for the client
			}
		}); Victim victim = victim()) {
			return victim.get(server.url("/"));
		}
	}

	private static byte[] coded(String codings, int zeros) {
		byte[] body = new byte[zeros];
		for (String coding : codings.split(" ")) {
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			try (OutputStream out = encoder(coding, bytes)) {
				out.write(body);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			body = bytes.toByteArray();
		}
		return body;
	}

	private static OutputStream encoder(String coding, OutputStream out) throws IOException {
		Brotli4jLoader.ensureAvailability();
		Map<String, Wrapper> encoders = Map.of("gzip", GZIPOutputStream::new, "deflate", DeflaterOutputStream::new,
				"br", (target) -> new BrotliOutputStream(target, Encoder.Parameters.create(5)), "zstd",
				ZstdOutputStream::new);
		return encoders.get(coding).wrap(out);
	}

	private static String latin1(byte[] bytes) {
		return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
	}

	private interface Wrapper {

		OutputStream wrap(OutputStream out) throws IOException;

	}

}
