package io.github.springxhr;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.springxhr.fixture.DeadPort;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.fixture.TestCertificates;
import io.github.springxhr.form.Blob;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure.Phase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole engine, from {@code send()} to the bytes on the wire and back.
 */
class XhrOverSocketsTests {

	private XhrFactory factory = XhrFactory.builder(WebClient.builder()).build();

	@AfterEach
	void close() {
		this.factory.close();
	}

	private void factory(Consumer<XhrFactoryBuilder> settings) {
		this.factory.close();
		XhrFactoryBuilder builder = XhrFactory.builder(WebClient.builder());
		settings.accept(builder);
		this.factory = builder.build();
	}

	private XMLHttpRequest get(String url) throws InterruptedException {
		return exchange("GET", url, null);
	}

	private XMLHttpRequest exchange(String method, String url, String body) throws InterruptedException {
		XMLHttpRequest xhr = this.factory.create();
		EventLog log = EventLog.ofRequest(xhr);
		xhr.open(method, url);
		xhr.send(body);
		log.awaitEnd();
		return xhr;
	}

	@Test
	void getWithAllItsEvents() throws InterruptedException {
		try (FaultServer server = FaultServer.start(Script.keepAlive((connection) -> connection.readRequest()
			.send("HTTP/1.1 200 Fine by me\r\nContent-Length: 5\r\nX-A: 1\r\nX-A: 2\r\n\r\nhello")))) {
			XMLHttpRequest xhr = this.factory.create();
			EventLog log = EventLog.of(xhr);
			xhr.open("GET", server.url("/path?q=1#fragment"));
			xhr.send();
			log.awaitEnd();
			assertThat(log.entries()).containsExactly("readystatechange 1", "loadstart(0,0,false)",
					"readystatechange 2", "readystatechange 3", "progress(5,5,true)", "progress(5,5,true)",
					"readystatechange 4", "load(5,5,true)", "loadend(5,5,true)");
			assertThat(xhr.getStatus()).isEqualTo(200);
			assertThat(xhr.getStatusText()).isEqualTo("Fine by me");
			assertThat(xhr.getResponseText()).isEqualTo("hello");
			assertThat(xhr.getResponseURL()).isEqualTo(server.url("/path?q=1"));
			assertThat(xhr.getAllResponseHeaders()).isEqualTo("content-length: 5\r\nx-a: 1, 2\r\n");
			assertThat(server.requests().get(0).requestLine()).isEqualTo("GET /path?q=1 HTTP/1.1");
		}
	}

	@Test
	void postWithAllItsEvents() throws InterruptedException {
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("done"))))) {
			XMLHttpRequest xhr = this.factory.create();
			EventLog log = EventLog.of(xhr);
			xhr.open("POST", server.url("/"));
			xhr.setRequestHeader("X-Latin", "\u00E4");
			xhr.send("Hello World!");
			log.awaitEnd();
			assertThat(log.withoutIntermediateProgress()).containsExactly("readystatechange 1", "loadstart(0,0,false)",
					"upload.loadstart(0,12,true)", "upload.load(12,12,true)", "upload.loadend(12,12,true)",
					"readystatechange 2", "readystatechange 4", "load(4,4,true)", "loadend(4,4,true)");
			RecordedRequest request = server.requests().get(0);
			assertThat(request.bodyText()).isEqualTo("Hello World!");
			assertThat(request.headers("Content-Length")).containsExactly("12");
			assertThat(request.headers("Transfer-Encoding")).isEmpty();
			assertThat(request.header("X-Latin")).isEqualTo("\u00E4");
			assertThat(request.headers("Accept")).containsExactly("*/*");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT" })
	void aMissingBodyHasLengthZero(String method) throws InterruptedException {
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequestHead().send(Responses.ok("x"))))) {
			exchange(method, server.url("/"), null);
			exchange(method, server.url("/"), "");
			assertThat(server.requests()).hasSize(2)
				.allSatisfy((request) -> assertThat(request.headers("Content-Length")).containsExactly("0"));
		}
	}

	@Test
	void uploadProgressCountsWhatHasLeftForTheSocket() throws Exception {
		int size = 32 * 1024 * 1024;
		try (FaultServer server = FaultServer.builder()
			.receiveBuffer(16 * 1024)
			.start((connection) -> connection.readRequestHead()
				.readExactly(64 * 1024)
				.await("read")
				.discard(size - 64 * 1024)
				.send(Responses.ok("x")))) {
			XMLHttpRequest xhr = this.factory.create();
			EventLog log = EventLog.ofRequest(xhr);
			CountDownLatch started = new CountDownLatch(1);
			xhr.getUpload().setOnprogress((event) -> {
				log.note((event.getLoaded() < size) ? "some" : "all");
				started.countDown();
			});
			xhr.open("POST", server.url("/"));
			xhr.send(new byte[size]);
			assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(log.entries()).doesNotContain("all");
			server.open("read");
			log.awaitEnd();
			assertThat(log.entries()).contains("all");
			assertThat(xhr.getStatus()).isEqualTo(200);
		}
	}

	@Test
	void largeDownloadArrivesWhole() throws InterruptedException {
		String body = "0123456789abcdef".repeat(512 * 1024);
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok(body))))) {
			XMLHttpRequest xhr = get(server.url("/"));
			assertThat(xhr.getResponseText()).isEqualTo(body);
		}
	}

	@Test
	void connectionIsUsedAgain() throws InterruptedException {
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("x"))))) {
			for (int i = 0; i < 5; i++) {
				assertThat(get(server.url("/")).getStatus()).isEqualTo(200);
			}
			assertThat(server.connectionsAccepted()).isLessThanOrEqualTo(2);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = ' ', value = { "HTTP/1.1_204_No_Content 204", "HTTP/1.1_304_Not_Modified 304" })
	void nullBodyStatusEndsAtTheHead(String statusLine, int status) throws InterruptedException {
		try (FaultServer server = FaultServer.start(Script
			.keepAlive((connection) -> connection.readRequest().send(statusLine.replace('_', ' ') + "\r\n\r\n")))) {
			XMLHttpRequest xhr = get(server.url("/"));
			assertThat(xhr.getStatus()).isEqualTo(status);
			assertThat(xhr.getFailure()).isNull();
		}
	}

	@Test
	void headOfAResponseWithLength() throws InterruptedException {
		try (FaultServer server = FaultServer.start(Script.keepAlive(
				(connection) -> connection.readRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")))) {
			XMLHttpRequest xhr = exchange("HEAD", server.url("/"), null);
			assertThat(xhr.getStatus()).isEqualTo(200);
			assertThat(xhr.getResponseText()).isEmpty();
			assertThat(exchange("HEAD", server.url("/"), null).getStatus()).isEqualTo(200);
			assertThat(server.connectionsAccepted()).isLessThanOrEqualTo(2);
		}
	}

	@Test
	void targetIsSentAsTheUrlStandardWritesIt() throws InterruptedException {
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("x"))))) {
			XMLHttpRequest xhr = get(server.url("/a|b/{c}/%zz?q=a|b'^`{}[]%\u00E4"));
			assertThat(server.requests().get(0).target()).isEqualTo("/a|b/%7Bc%7D/%zz?q=a|b%27^`{}[]%%C3%A4");
			assertThat(xhr.getResponseURL()).endsWith("/a|b/%7Bc%7D/%zz?q=a|b%27^`{}[]%%C3%A4");
		}
	}

	@Test
	void credentialsInTheUrlStayInTheUrl() throws InterruptedException {
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("x"))))) {
			XMLHttpRequest xhr = get(server.url("/").replace("http://", "http://user:secret@"));
			assertThat(xhr.getResponseURL()).isEqualTo(server.url("/"));
			assertThat(xhr).asString().doesNotContain("secret");
			assertThat(server.requests().get(0).head()).doesNotContain("secret", "user:", "Authorization");
		}
	}

	@Test
	void truncatedBodyIsAnError() throws InterruptedException {
		try (FaultServer server = FaultServer.start(
				(connection) -> connection.readRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"))) {
			XMLHttpRequest xhr = get(server.url("/"));
			assertFailed(xhr, FailureKind.CONNECTION_CLOSED, Phase.BODY);
		}
	}

	@Test
	void resetInTheBodyIsAnError() throws InterruptedException {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest()
			.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")
			.await("received")
			.reset())) {
			XMLHttpRequest xhr = this.factory.create();
			EventLog log = EventLog.ofRequest(xhr);
			xhr.setOnprogress((event) -> server.open("received"));
			xhr.open("GET", server.url("/"));
			xhr.send();
			log.awaitEnd();
			assertFailed(xhr, FailureKind.CONNECTION_CLOSED, Phase.BODY);
			assertThat(log.entries()).endsWith("progress(5,10,true)", "readystatechange 4", "error(0,0,false)",
					"loadend(0,0,false)");
		}
	}

	@Test
	void resetBeforeTheResponseIsAnError() throws InterruptedException {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest().reset())) {
			XMLHttpRequest xhr = exchange("POST", server.url("/"), "x");
			assertFailed(xhr, FailureKind.CONNECTION_CLOSED, Phase.HEADERS);
			assertThat(server.requestCount()).isEqualTo(1);
		}
	}

	@Test
	void badChunkIsAnError() throws InterruptedException {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest()
			.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n")
			.awaitPeerClosed())) {
			assertFailed(get(server.url("/")), FailureKind.PROTOCOL, Phase.BODY);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 99999 X", "HTTP/1.1 099 X", "HTTP/1.1 abc X", "garbage", "HTTP/1.1 1000 X" })
	void garbageForAStatusLineIsAnError(String statusLine) throws InterruptedException {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest()
			.send(statusLine + "\r\nContent-Length: 0\r\n\r\n")
			.awaitPeerClosed())) {
			assertFailed(get(server.url("/")), FailureKind.PROTOCOL, null);
		}
	}

	@Test
	void interimResponsesAreSkipped() throws InterruptedException {
		try (FaultServer server = FaultServer.start(Script.keepAlive((connection) -> connection.readRequest()
			.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n")
			.send("HTTP/1.1 100 Continue\r\n\r\n")
			.send(Responses.ok("final"))))) {
			for (int i = 0; i < 2; i++) {
				XMLHttpRequest xhr = get(server.url("/"));
				assertThat(xhr.getStatus()).isEqualTo(200);
				assertThat(xhr.getResponseText()).isEqualTo("final");
				assertThat(xhr.getResponseHeader("Link")).isNull();
			}
			assertThat(server.connectionsAccepted()).isLessThanOrEqualTo(2);
		}
	}

	@Test
	void interimResponsesWithoutEndAreAnError() throws InterruptedException {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest()
			.send("HTTP/1.1 102 Processing\r\n\r\n".repeat(100))
			.awaitPeerClosed())) {
			assertFailed(get(server.url("/")), FailureKind.PROTOCOL, Phase.HEADERS);
		}
	}

	@Test
	void unaskedSwitchOfProtocolsIsAnError() throws InterruptedException {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest()
			.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n")
			.awaitPeerClosed())) {
			assertFailed(get(server.url("/")), FailureKind.PROTOCOL, Phase.HEADERS);
		}
	}

	@Test
	void unusualStatusIsFine() throws InterruptedException {
		try (FaultServer server = FaultServer.start(Script
			.keepAlive((connection) -> connection.readRequest().send("HTTP/1.1 699\r\nContent-Length: 0\r\n\r\n")))) {
			XMLHttpRequest xhr = get(server.url("/"));
			assertThat(xhr.getStatus()).isEqualTo(699);
			assertThat(xhr.getStatusText()).isEmpty();
		}
	}

	@Test
	void refusedConnectionIsAnError() throws Exception {
		try (DeadPort port = FaultServer.refusing()) {
			assertFailed(get(port.url("/?secret")), FailureKind.CONNECT, Phase.CONNECT);
		}
	}

	@Test
	void unknownHostIsAnError() throws InterruptedException {
		assertFailed(get("http://secret.invalid/"), FailureKind.RESOLVE, Phase.CONNECT);
	}

	@Test
	void untrustedCertificateIsAnError() throws Exception {
		try (FaultServer server = FaultServer.builder()
			.tls(TestCertificates.create().valid())
			.start((connection) -> connection.readRequest().send(Responses.ok("x")))) {
			assertFailed(get(server.url("/")), FailureKind.TLS, Phase.CONNECT);
		}
		catch (AssertionError ex) {
			// the server's side of a handshake that the client refuses
			assertThat(ex).hasCauseInstanceOf(javax.net.ssl.SSLException.class);
		}
	}

	@Test
	void schemeThatCannotBeFetchedIsAnError() throws InterruptedException {
		assertFailed(get("ftp://server.test/x"), FailureKind.UNSUPPORTED_SCHEME, Phase.CONNECT);
	}

	@Test
	void dripPastTheTimeoutIsATimeout() throws InterruptedException {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest()
			.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
			.drip(new byte[1000], 1, Duration.ofMillis(10)))) {
			XMLHttpRequest xhr = this.factory.create();
			EventLog log = EventLog.ofRequest(xhr);
			xhr.open("GET", server.url("/"));
			xhr.setTimeout(300);
			xhr.send();
			log.awaitEnd();
			assertThat(log.withoutIntermediateProgress()).containsExactly("readystatechange 1", "loadstart(0,0,false)",
					"readystatechange 2", "readystatechange 4", "timeout(0,0,false)", "loadend(0,0,false)");
			assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.TIMEOUT);
			server.awaitAllClosed(Duration.ofSeconds(10));
		}
	}

	@Test
	void abortClosesTheConnection() throws InterruptedException {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest().awaitPeerClosed())) {
			XMLHttpRequest xhr = this.factory.create();
			EventLog log = EventLog.ofRequest(xhr);
			xhr.open("GET", server.url("/"));
			xhr.send();
			server.awaitRequest(0);
			xhr.abort();
			assertThat(log.entries()).endsWith("readystatechange 4", "abort(0,0,false)", "loadend(0,0,false)");
			server.awaitAllClosed(Duration.ofSeconds(10));
		}
	}

	@Test
	void responseLargerThanTheLimitIsAnErrorAtTheHeadIfItSaysSo() throws InterruptedException {
		factory((builder) -> builder.maxResponseSize(DataSize.ofBytes(9)));
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("0123456789"))))) {
			assertFailed(get(server.url("/")), FailureKind.TOO_LARGE, Phase.BODY);
		}
	}

	@Test
	void responseLargerThanTheLimitIsAnErrorInTheBody() throws InterruptedException {
		factory((builder) -> builder.maxResponseSize(DataSize.ofBytes(9)));
		try (FaultServer server = FaultServer.start(
				(connection) -> connection.readRequest().send(Responses.chunked("01234", "56789")).awaitPeerClosed())) {
			assertFailed(get(server.url("/")), FailureKind.TOO_LARGE, Phase.BODY);
		}
	}

	@Test
	void failingFilterIsAnError() throws InterruptedException {
		this.factory.close();
		this.factory = XhrFactory.builder(WebClient.builder().filter((request, next) -> {
			throw new IllegalStateException("secret");
		})).build();
		XMLHttpRequest xhr = get("http://localhost:1/");
		assertFailed(xhr, FailureKind.OTHER, Phase.CONNECT);
	}

	@Test
	void closingTheFactoryAbortsWhatIsInFlight() throws InterruptedException {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest().awaitPeerClosed())) {
			XMLHttpRequest xhr = this.factory.create();
			EventLog log = EventLog.ofRequest(xhr);
			xhr.open("GET", server.url("/"));
			xhr.send();
			server.awaitRequest(0);
			this.factory.close();
			log.awaitEnd();
			assertThat(log.entries()).endsWith("readystatechange 4", "abort(0,0,false)", "loadend(0,0,false)");
			server.awaitAllClosed(Duration.ofSeconds(10));
		}
	}

	@Test
	void sendingAfterTheFactoryIsClosedIsAnError() throws InterruptedException {
		this.factory.close();
		assertFailed(get("http://localhost:1/"), FailureKind.CLOSED, Phase.CONNECT);
	}

	@Test
	void manyAtOnceAllSucceed() throws InterruptedException {
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("x"))))) {
			List<EventLog> logs = new java.util.ArrayList<>();
			for (int i = 0; i < 200; i++) {
				XMLHttpRequest xhr = this.factory.create();
				logs.add(EventLog.ofRequest(xhr));
				xhr.open("GET", server.url("/"));
				xhr.send();
			}
			for (EventLog log : logs) {
				assertThat(log.awaitEnd().entries()).endsWith("load(1,1,true)", "loadend(1,1,true)");
			}
		}
	}

	/** What comes while {@code send()} runs is left to a worker, so nothing does. */
	@Test
	void directEventsAreFiredOnTheEventLoop() throws InterruptedException {
		factory(XhrFactoryBuilder::directEvents);
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().await("sent").send(Responses.ok("x"))))) {
			XMLHttpRequest xhr = this.factory.create();
			EventLog log = EventLog.ofRequest(xhr);
			xhr.setOnload((event) -> log.note(Thread.currentThread().getName()));
			xhr.open("GET", server.url("/"));
			xhr.send();
			server.open("sent");
			log.awaitEnd();
			assertThat(log.entries()).anyMatch((entry) -> entry.startsWith("reactor-http"));
		}
	}

	@Test
	void blobIsLeftToAWorkerByTheEventLoop() throws InterruptedException {
		factory(XhrFactoryBuilder::directEvents);
		byte[] body = new byte[3 * 1024 * 1024];
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest()
			.await("sent")
			.send(Responses.head("200 OK", "Content-Length: " + body.length))
			.send(body))) {
			XMLHttpRequest xhr = this.factory.create();
			EventLog log = EventLog.ofRequest(xhr);
			xhr.setOnreadystatechange((event) -> log
				.note(xhr.getReadyState() + " on " + Thread.currentThread().getName().replaceFirst("-.*", "")));
			xhr.open("GET", server.url("/"));
			xhr.setResponseType(XMLHttpRequestResponseType.BLOB);
			xhr.send();
			server.open("sent");
			log.awaitEnd();
			assertThat(log.entries()).contains("2 on reactor", "4 on xhr");
			assertThat(((Blob) xhr.getResponse()).getSize()).isEqualTo(body.length);
		}
	}

	@Test
	void bodyBytesAreUtf8() throws InterruptedException {
		try (FaultServer server = FaultServer.start(Script.keepAlive((connection) -> connection.readRequest()
			.send("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n")
			.send("\u20AC".getBytes(StandardCharsets.UTF_8))))) {
			assertThat(get(server.url("/")).getResponseText()).isEqualTo("\u20AC");
		}
	}

	private static void assertFailed(XMLHttpRequest xhr, FailureKind kind, Phase phase) {
		assertThat(xhr.getFailure()).as("failure").isNotNull();
		assertThat(xhr.getFailure().kind()).isEqualTo(kind);
		if (phase != null) {
			assertThat(xhr.getFailure().phase()).isEqualTo(phase);
		}
		assertThat(xhr.getFailure()).asString().doesNotContain("secret");
		assertThat(xhr.getReadyState()).isEqualTo(XMLHttpRequest.DONE);
		assertThat(xhr.getStatus()).isZero();
		assertThat(xhr.getResponseText()).isEmpty();
	}

}
