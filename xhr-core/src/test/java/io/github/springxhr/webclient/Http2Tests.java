package io.github.springxhr.webclient;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;

import io.github.springxhr.EventLog;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestResponseType;
import io.github.springxhr.XhrChannel;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Http2Server;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.fixture.TestCertificates;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure.Phase;
import io.netty.handler.codec.http2.Http2Error;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.tcp.SslProvider;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The same events over HTTP/2 as over HTTP/1.1, and the way there and back.
 */
class Http2Tests {

	private static final TestCertificates CERTIFICATES = TestCertificates.create();

	private static final SSLContext SERVER = CERTIFICATES.valid();

	private final XhrFactory factory = XhrFactory.builder(WebClient.builder())
		.transport(new WebClientTransport(WebClient.builder(),
				new TransportSettings("test", Duration.ofSeconds(10), true, null),
				(client) -> client.secure(
						(spec) -> spec.sslContext((SslProvider.GenericSslContextSpec<?>) Http2SslContextSpec.forClient()
							.configure((builder) -> builder.trustManager(CERTIFICATES.trust()))))))
		.build();

	@AfterEach
	void close() {
		this.factory.close();
	}

	private static Http2Server server(String protocol, Http2Server.StreamScript script) {
		return protocol.equals("h2") ? Http2Server.tls(SERVER, script) : Http2Server.plain(script);
	}

	private XMLHttpRequest exchange(String method, String url, byte[] body) throws InterruptedException {
		XMLHttpRequest xhr = this.factory.create();
		EventLog log = EventLog.ofRequest(xhr);
		xhr.open(method, url);
		xhr.send(body);
		log.awaitEnd();
		return xhr;
	}

	private XMLHttpRequest get(String url) throws InterruptedException {
		return exchange("GET", url, null);
	}

	private static void ok(Http2Server.Stream stream) {
		stream.head("200", false, "content-length", "5", "x-a", "1", "x-a", "2").data(bytes("hello"), true);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "h2", "h2c" })
	void getWithAllItsEvents(String protocol) throws InterruptedException {
		try (Http2Server server = server(protocol, Http2Tests::ok)) {
			for (int i = 0; i < 3; i++) {
				XMLHttpRequest xhr = this.factory.create();
				EventLog log = EventLog.of(xhr);
				xhr.open("GET", server.url("/a|b?q=^"));
				xhr.setRequestHeader("X-Latin", "\u00E4");
				xhr.send();
				log.awaitEnd();
				assertThat(log.withoutIntermediateProgress()).containsExactly("readystatechange 1",
						"loadstart(0,0,false)", "readystatechange 2", "readystatechange 4", "load(5,5,true)",
						"loadend(5,5,true)");
				assertThat(xhr.getStatus()).isEqualTo(200);
				assertThat(xhr.getStatusText()).isEmpty();
				assertThat(xhr.getResponseText()).isEqualTo("hello");
				assertThat(xhr.getAllResponseHeaders()).isEqualTo("content-length: 5\r\nx-a: 1, 2\r\n");
			}
			assertThat(server.connections()).isEqualTo(1);
			assertThat(server.requests()).hasSize(3).allSatisfy((request) -> {
				assertThat(request.head().path()).asString().isEqualTo("/a|b?q=^");
				assertThat(request.head().authority()).asString().startsWith("127.0.0.1:");
				assertThat(request.head().get("x-latin")).asString().isEqualTo("\u00E4");
			});
			// the first one over plain TCP asked for the upgrade, in HTTP/1.1
			assertThat(server.requests().get(2).head().names()).extracting(CharSequence::toString)
				.doesNotContain("host", "connection", "upgrade", "transfer-encoding", "content-length");
		}
	}

	@ParameterizedTest
	@CsvSource({ "h2, 0", "h2, 1", "h2c, 1" })
	void uploadWithAllItsEvents(String protocol, int requestsBefore) throws InterruptedException {
		int size = 3 * 1024 * 1024;
		try (Http2Server server = server(protocol, Http2Tests::ok)) {
			for (int i = 0; i < requestsBefore; i++) {
				get(server.url("/"));
			}
			XMLHttpRequest xhr = this.factory.create();
			EventLog log = EventLog.of(xhr);
			xhr.open("POST", server.url("/"));
			xhr.send(new byte[size]);
			log.awaitEnd();
			assertThat(log.withoutIntermediateProgress()).containsExactly("readystatechange 1", "loadstart(0,0,false)",
					"upload.loadstart(0," + size + ",true)", "upload.load(" + size + "," + size + ",true)",
					"upload.loadend(" + size + "," + size + ",true)", "readystatechange 2", "readystatechange 4",
					"load(5,5,true)", "loadend(5,5,true)");
			assertThat(log.entries()).contains("upload.progress(" + size + "," + size + ",true)");
			Http2Server.Stream request = server.requests().get(requestsBefore);
			assertThat(request.received()).isEqualTo(size);
			assertThat(request.head().get("content-length")).asString().isEqualTo("" + size);
			assertThat(server.connections()).isEqualTo(1);
		}
	}

	@Test
	void headerThatTheCodecRefusesIsAnErrorAndNotASilence() throws InterruptedException {
		try (Http2Server server = server("h2", Http2Tests::ok)) {
			XMLHttpRequest xhr = this.factory.create();
			EventLog log = EventLog.ofRequest(xhr);
			xhr.open("GET", server.url("/"));
			xhr.setRequestHeader("X-Control", "a\u0001secret");
			xhr.send();
			log.awaitEnd();
			assertFailed(xhr, FailureKind.OTHER, Phase.REQUEST);
			assertThat(xhr.getFailure()).asString().doesNotContain("secret");
			assertThat(server.requests()).isEmpty();
		}
	}

	@Test
	void smallUploadMayAskForTheUpgrade() throws InterruptedException {
		try (Http2Server server = server("h2c", Http2Tests::ok)) {
			XMLHttpRequest xhr = exchange("POST", server.url("/"), bytes("abc"));
			assertThat(xhr.getStatus()).isEqualTo(200);
			assertThat(server.requests()).hasSize(1);
			assertThat(server.requests().get(0).received()).isEqualTo(3);
		}
	}

	@Test
	void largeUploadDoesNotAskForTheUpgrade() throws InterruptedException {
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello"))))) {
			assertThat(exchange("POST", server.url("/"), new byte[300_000]).getStatus()).isEqualTo(200);
			assertThat(server.requests().get(0).headers("Upgrade")).isEmpty();
			assertThat(exchange("POST", server.url("/"), new byte[300_000]).getStatus()).isEqualTo(200);
			assertThat(server.connectionsAccepted()).isLessThanOrEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "h2", "h2c" })
	void interimResponsesAreSkipped(String protocol) throws InterruptedException {
		try (Http2Server server = server(protocol, (stream) -> {
			stream.head("103", false, "link", "</a>").head("102", false);
			ok(stream);
		})) {
			for (int i = 0; i < 2; i++) {
				XMLHttpRequest xhr = get(server.url("/"));
				assertThat(xhr.getStatus()).isEqualTo(200);
				assertThat(xhr.getResponseText()).isEqualTo("hello");
				assertThat(xhr.getResponseHeader("Link")).isNull();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "h2", "h2c" })
	void sixteenInterimResponsesAreSkipped(String protocol) throws InterruptedException {
		try (Http2Server server = server(protocol, (stream) -> {
			for (int i = 0; i < 16; i++) {
				stream.head("102", false);
			}
			ok(stream);
		})) {
			for (int i = 0; i < 2; i++) {
				assertThat(get(server.url("/")).getResponseText()).isEqualTo("hello");
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "h2", "h2c" })
	void interimResponsesWithoutEndAreAnError(String protocol) throws InterruptedException {
		try (Http2Server server = server(protocol, (stream) -> {
			for (int i = 0; i < 17; i++) {
				stream.head("102", false);
			}
			ok(stream);
		})) {
			assertFailed(get(server.url("/")), FailureKind.PROTOCOL, Phase.HEADERS);
		}
	}

	@ParameterizedTest
	@CsvSource({ "h2, 99999, a", "h2, 099, a", "h2, 1000, a", "h2, abc, a", "h2, 200, a\u0000b", "h2c, 99999, a",
			"h2c, abc, a", "h2c, 200, a\u0000b", "h2, 101, a", "h2c, 101, a" })
	void malformedHeadIsAnError(String protocol, String status, String value) throws InterruptedException {
		try (Http2Server server = server(protocol,
				(stream) -> stream.head(status, false, "x-a", value).data(bytes("hello"), true))) {
			assertFailed(get(server.url("/")), FailureKind.PROTOCOL, Phase.HEADERS);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "h2", "h2c" })
	void trailersAreNotSeen(String protocol) throws InterruptedException {
		try (Http2Server server = server(protocol,
				(stream) -> stream.head("200", false, "x-a", "1")
					.data(bytes("hello"), false)
					.trailers("x-trailer", "secret"))) {
			XMLHttpRequest xhr = get(server.url("/"));
			assertThat(xhr.getResponseText()).isEqualTo("hello");
			assertThat(xhr.getAllResponseHeaders()).isEqualTo("x-a: 1\r\n");
		}
	}

	@ParameterizedTest
	@CsvSource({ "h2, PROTOCOL_ERROR", "h2, INTERNAL_ERROR", "h2c, CANCEL", "h2, REFUSED_STREAM" })
	void resetInTheBodyIsAnError(String protocol, Http2Error error) throws InterruptedException {
		List<Http2Server.Stream> begun = new ArrayList<>();
		try (Http2Server server = server(protocol, (stream) -> {
			begun.add(stream);
			stream.head("200", false, "content-length", "10").data(bytes("hello"), false);
		})) {
			XMLHttpRequest xhr = this.factory.create();
			EventLog log = EventLog.ofRequest(xhr);
			xhr.setOnprogress((event) -> begun.get(0).reset(error));
			xhr.open("GET", server.url("/"));
			xhr.send();
			log.awaitEnd();
			assertFailed(xhr, FailureKind.CONNECTION_CLOSED, Phase.BODY);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "h2", "h2c" })
	void resetBeforeTheResponseIsAnError(String protocol) throws InterruptedException {
		try (Http2Server server = server(protocol, (stream) -> stream.reset(Http2Error.REFUSED_STREAM))) {
			assertFailed(get(server.url("/")), FailureKind.CONNECTION_CLOSED, Phase.HEADERS);
			assertThat(server.requests()).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "h2", "h2c" })
	void goAwayIsAnErrorAndTheNextRequestConnectsAnew(String protocol) throws InterruptedException {
		List<Http2Server.Stream> seen = new ArrayList<>();
		try (Http2Server server = server(protocol, (stream) -> {
			seen.add(stream);
			if (seen.size() == 2) {
				stream.goAway();
			}
			else {
				ok(stream);
			}
		})) {
			assertThat(get(server.url("/")).getStatus()).isEqualTo(200);
			assertFailed(get(server.url("/")), FailureKind.CONNECTION_CLOSED, Phase.HEADERS);
			assertThat(get(server.url("/")).getStatus()).isEqualTo(200);
			assertThat(server.connections()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "h2", "h2c" })
	void abortResetsItsOwnStreamOnly(String protocol) throws InterruptedException {
		List<Http2Server.Stream> waiting = new ArrayList<>();
		try (Http2Server server = server(protocol, (stream) -> {
			if (stream.head().path().toString().equals("/wait")) {
				waiting.add(stream);
				stream.head("200", false, "content-length", "5");
			}
			else {
				ok(stream);
			}
		})) {
			get(server.url("/"));
			XMLHttpRequest aborted = this.factory.create();
			XMLHttpRequest kept = this.factory.create();
			EventLog log = EventLog.ofRequest(kept);
			for (XMLHttpRequest xhr : List.of(aborted, kept)) {
				CountDownLatch head = new CountDownLatch(1);
				xhr.open("GET", server.url("/wait"));
				xhr.setOnreadystatechange((event) -> {
					if (xhr.getReadyState() == XMLHttpRequest.HEADERS_RECEIVED) {
						head.countDown();
					}
				});
				xhr.send();
				assertThat(head.await(10, TimeUnit.SECONDS)).isTrue();
			}
			aborted.abort();
			Awaitility.await().until(() -> server.resets().size() == 1);
			assertThat(server.resets()).containsExactly(Http2Error.CANCEL.code());
			waiting.forEach((stream) -> stream.data(bytes("hello"), true));
			log.awaitEnd();
			assertThat(kept.getResponseText()).isEqualTo("hello");
			assertThat(get(server.url("/")).getStatus()).isEqualTo(200);
			assertThat(server.connections()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "h2", "h2c" })
	void largeDownloadArrivesWhole(String protocol) throws InterruptedException {
		byte[] body = new byte[8 * 1024 * 1024];
		for (int i = 0; i < body.length; i++) {
			body[i] = (byte) ('a' + i % 26);
		}
		try (Http2Server server = server(protocol, (stream) -> stream.head("200", false).data(body, true))) {
			String expected = new String(body, StandardCharsets.ISO_8859_1);
			for (int i = 0; i < 4; i++) {
				assertThat(get(server.url("/")).getResponseText()).isEqualTo(expected);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "h2, 0", "h2, 1", "h2c, 0", "h2c, 1" })
	void slowReaderSlowsItsOwnResponseDown(String protocol, int requestsBefore) throws InterruptedException {
		byte[] part = new byte[16 * 1024];
		int parts = 256;
		try (Http2Server server = server(protocol, (stream) -> {
			if (stream.head().path().toString().equals("/long")) {
				stream.head("200", false);
				for (int i = 1; i <= parts; i++) {
					stream.data(part, i == parts);
				}
			}
			else {
				ok(stream);
			}
		})) {
			for (int i = 0; i < requestsBefore; i++) {
				get(server.url("/"));
			}
			CountDownLatch reading = new CountDownLatch(1);
			CountDownLatch waiting = new CountDownLatch(1);
			XMLHttpRequest slow = this.factory.create();
			EventLog log = EventLog.ofRequest(slow);
			slow.setResponseType(XMLHttpRequestResponseType.ARRAYBUFFER);
			slow.setOnprogress((event) -> {
				reading.countDown();
				await(waiting);
			});
			slow.open("GET", server.url("/long"));
			slow.send();
			await(reading);
			Http2Server.Stream response = server.requests().get(requestsBefore);
			Awaitility.await().until(() -> response.sent() >= WindowUpdates.STREAM_WINDOW);
			for (int i = 0; i < 10; i++) {
				assertThat(get(server.url("/")).getResponseText()).isEqualTo("hello");
			}
			Awaitility.await().during(Duration.ofMillis(200)).until(() -> response.sent() < 2 * 1024 * 1024);
			waiting.countDown();
			log.awaitEnd();
			assertThat((byte[]) slow.getResponse()).hasSize(parts * part.length);
			assertThat(server.connections()).isEqualTo(1);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void manyAtOnceShareAConnection() throws InterruptedException {
		try (Http2Server server = server("h2", Http2Tests::ok)) {
			manyAtOnce(server);
			assertThat(server.connections()).isLessThanOrEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1 })
	void manyAtOnceWithUpgrades(int requestsBefore) throws InterruptedException {
		try (Http2Server server = server("h2c", Http2Tests::ok)) {
			for (int i = 0; i < requestsBefore; i++) {
				get(server.url("/"));
			}
			manyAtOnce(server);
			assertThat(server.requests()).hasSize(requestsBefore + 100);
		}
	}

	private void manyAtOnce(Http2Server server) throws InterruptedException {
		List<EventLog> logs = new ArrayList<>();
		for (int i = 0; i < 100; i++) {
			XMLHttpRequest xhr = this.factory.create();
			logs.add(EventLog.ofRequest(xhr));
			xhr.open("GET", server.url("/"));
			xhr.send();
		}
		for (EventLog log : logs) {
			assertThat(log.awaitEnd().entries()).endsWith("load(5,5,true)", "loadend(5,5,true)");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void serverWithoutHttp2IsTalkedToInHttp1(boolean tls) throws InterruptedException {
		FaultServer.Builder builder = FaultServer.builder();
		if (tls) {
			builder.tls(SERVER);
		}
		try (FaultServer server = builder.start(Script.keepAlive((connection) -> connection.readRequest()
			.send("HTTP/1.1 103 Early Hints\r\n\r\n")
			.send(Responses.response("200 Fine", "hello"))))) {
			for (int i = 0; i < 3; i++) {
				XMLHttpRequest xhr = exchange((i == 2) ? "POST" : "GET", server.url("/"),
						(i == 2) ? bytes("abc") : null);
				assertThat(xhr.getResponseText()).isEqualTo("hello");
				assertThat(xhr.getStatusText()).isEqualTo("Fine");
			}
			assertThat(server.requests().get(2).bodyText()).isEqualTo("abc");
			assertThat(server.connectionsAccepted()).isLessThanOrEqualTo(2);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "h2", "h2c" })
	void connectionIsTold(String protocol) throws InterruptedException {
		try (Http2Server server = server(protocol, Http2Tests::ok)) {
			get(server.url("/"));
			XhrChannel second = get(server.url("/")).getChannel();
			assertThat(second.protocol()).isEqualTo(protocol);
			assertThat(second.connectionReused()).isTrue();
			assertThat(second.remoteAddress().toString()).endsWith(server.url("").replaceFirst(".*:", ":"));
			assertThat(second.tlsProtocol()).isEqualTo(protocol.equals("h2") ? "TLSv1.3" : null);
			assertThat(second.tlsCipherSuite() != null).isEqualTo(protocol.equals("h2"));
		}
	}

	private static void assertFailed(XMLHttpRequest xhr, FailureKind kind, Phase phase) {
		assertThat(xhr.getFailure()).as("failure").isNotNull();
		assertThat(xhr.getFailure().kind()).isEqualTo(kind);
		assertThat(xhr.getFailure().phase()).isEqualTo(phase);
		assertThat(xhr.getStatus()).isZero();
	}

}
