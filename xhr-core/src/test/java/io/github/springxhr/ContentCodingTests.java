package io.github.springxhr;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

import io.github.springxhr.FakeTransport.FakeExchange;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a coded response looks like to the caller. The codings themselves are tested where
 * they are.
 */
class ContentCodingTests {

	private final FakeTransport transport = new FakeTransport();

	private final ManualExecutor executor = new ManualExecutor();

	private XhrFactory factory = XhrFactory.builder(WebClient.builder())
		.baseUrl("http://h/")
		.transport(this.transport)
		.eventExecutor(this.executor)
		.maxResponseSize(DataSize.ofKilobytes(64))
		.build();

	private final XMLHttpRequest xhr = this.factory.create();

	@AfterEach
	void close() {
		assertThat(this.transport.unreleasedChunks).isZero();
		this.factory.close();
	}

	private static byte[] gzip(String text) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(text.getBytes(StandardCharsets.UTF_8));
		}
		return bytes.toByteArray();
	}

	private FakeExchange get(String... headers) {
		this.xhr.open("GET", "/");
		for (int i = 0; i < headers.length; i += 2) {
			this.xhr.setRequestHeader(headers[i], headers[i + 1]);
		}
		this.xhr.send();
		return this.transport.only();
	}

	@Test
	void bodyIsDecodedAndHeadersAreKept() throws IOException {
		EventLog log = EventLog.ofRequest(this.xhr);
		byte[] coded = gzip("hello hello hello");
		get().head(200, "Content-Encoding", "gzip", "Content-Length", String.valueOf(coded.length))
			.chunk(Arrays.copyOf(coded, 5))
			.chunk(Arrays.copyOfRange(coded, 5, coded.length))
			.end();
		this.executor.run();
		assertThat(this.xhr.getResponseText()).isEqualTo("hello hello hello");
		assertThat(this.xhr.getResponseHeader("Content-Encoding")).isEqualTo("gzip");
		assertThat(this.xhr.getResponseHeader("Content-Length")).isEqualTo(String.valueOf(coded.length));
		assertThat(log.entries()).endsWith("progress(17,0,false)", "readystatechange 4", "load(17,0,false)",
				"loadend(17,0,false)");
	}

	@Test
	void chunksThatDecodeToNothingAreReplacedByOthers() throws IOException {
		FakeExchange exchange = get();
		long asked = exchange.requested;
		exchange.head(200, "Content-Encoding", "gzip");
		byte[] coded = gzip("x");
		for (int i = 0; i < asked / 2; i++) {
			exchange.chunk(Arrays.copyOfRange(coded, i, i + 1));
		}
		this.executor.run();
		assertThat(this.xhr.getReadyState()).isEqualTo(XMLHttpRequest.HEADERS_RECEIVED);
		assertThat(exchange.requested).isEqualTo(asked + asked / 2);
		this.xhr.abort();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 9, 10, 12, 20 })
	void truncatedBodyIsANetworkError(int length) throws IOException {
		get().head(200, "Content-Encoding", "gzip").chunk(Arrays.copyOf(gzip("hello hello"), length)).end();
		this.executor.run();
		assertThat(this.xhr.getFailure().kind()).isEqualTo(FailureKind.DECODE);
		assertThat(this.xhr.getResponseText()).isEmpty();
	}

	@Test
	void mislabelledBodyIsANetworkErrorAtOnce() {
		FakeExchange exchange = get().head(200, "Content-Encoding", "gzip").chunk("this is no gzip");
		this.executor.run();
		assertThat(this.xhr.getFailure().kind()).isEqualTo(FailureKind.DECODE);
		assertThat(exchange.cancelled).isTrue();
	}

	@Test
	void limitIsThatOfTheDecodedBody() throws IOException {
		FakeExchange exchange = get().head(200, "Content-Encoding", "gzip").chunk(gzip("x".repeat(64 * 1024 + 1)));
		this.executor.run();
		assertThat(this.xhr.getFailure().kind()).isEqualTo(FailureKind.TOO_LARGE);
		assertThat(exchange.cancelled).isTrue();
	}

	@Test
	void bodyThatDecodesToNothingHasALimitToo() throws IOException {
		FakeExchange exchange = get().head(200, "Content-Encoding", "gzip");
		byte[] nothing = gzip("");
		for (int i = 0; !exchange.cancelled && i < 100_000; i++) {
			exchange.chunk(nothing);
			this.executor.run();
		}
		assertThat(this.xhr.getFailure().kind()).isEqualTo(FailureKind.TOO_LARGE);
	}

	@Test
	void tooManyCodingsAreRefused() {
		get().head(200, "Content-Encoding", "gzip, gzip, gzip, gzip, gzip, gzip");
		this.executor.run();
		assertThat(this.xhr.getFailure().kind()).isEqualTo(FailureKind.DECODE);
	}

	@Test
	void unknownCodingIsPassedOn() {
		get().head(200, "Content-Encoding", "rot13", "Content-Length", "5").chunk("uryyb").end();
		this.executor.run();
		assertThat(this.xhr.getResponseText()).isEqualTo("uryyb");
	}

	@Test
	void headIsNotDecoded() {
		this.xhr.open("HEAD", "/");
		this.xhr.send();
		this.transport.only().head(200, "Content-Encoding", "gzip", "Content-Length", "20").end();
		this.executor.run();
		assertThat(this.xhr.getStatus()).isEqualTo(200);
	}

	@Test
	void codingsAreAskedForUnlessThereIsARange() {
		assertThat(get().request.headers().get("Accept-Encoding")).startsWith("gzip, deflate");
		this.xhr.open("GET", "/");
		this.xhr.setRequestHeader("Range", "bytes=0-5");
		this.xhr.send();
		assertThat(this.transport.last().request.headers().get("Accept-Encoding")).isEqualTo("identity");
		this.xhr.abort();
	}

	@Test
	void authorsAcceptEncodingStays() {
		assertThat(get("Accept-Encoding", "br;q=1").request.headers().getAll("Accept-Encoding"))
			.containsExactly("br;q=1");
		this.xhr.abort();
	}

	@Test
	void compressionCanBeSwitchedOff() {
		try (XhrFactory plain = XhrFactory.builder(WebClient.builder())
			.transport(this.transport)
			.compression(false)
			.build()) {
			XMLHttpRequest request = plain.create();
			request.open("GET", "http://h/");
			request.send();
			assertThat(this.transport.last().request.headers().get("Accept-Encoding")).isEqualTo("identity");
			request.abort();
		}
	}

}
