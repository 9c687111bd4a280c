package io.github.springxhr.webclient;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Http2Server;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.fixture.TestCertificates;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure.Phase;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How long a server may be silent.
 */
class ReadTimeoutTests {

	private static final String SILENT = "nothing was received for too long";

	private static final Duration LONGER = Duration.ofMillis(1500);

	private static Clients client(int millis) {
		return Clients.with((builder) -> builder.readTimeout(Duration.ofMillis(millis))
			.pool(PoolSettings.defaults().withMaxConnections(1)));
	}

	private static void assertSilent(Clients.Call call, Phase phase) throws InterruptedException {
		call.assertFailed(FailureKind.READ_TIMEOUT, SILENT);
		assertThat(call.xhr().getFailure().phase()).isEqualTo(phase);
	}

	@Test
	void serverThatDoesNotAnswer() throws InterruptedException {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest().awaitPeerClosed());
				Clients client = client(300)) {
			assertSilent(client.start(server.url("/")), Phase.HEADERS);
			server.awaitAllClosed(Duration.ofSeconds(5));
			assertThat(server.requestCount()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 200", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" })
	void serverThatStopsBeforeTheBody(String sent) throws InterruptedException {
		try (FaultServer server = FaultServer
			.start((connection) -> connection.readRequest().send(sent).awaitPeerClosed());
				Clients client = client(300)) {
			assertSilent(client.start(server.url("/")), Phase.HEADERS);
		}
	}

	@Test
	void serverThatStopsInTheBody() throws InterruptedException {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest()
			.send(Responses.head("200 OK", "Content-Length: 10") + "hello")
			.awaitPeerClosed()); Clients client = client(300)) {
			assertSilent(client.start(server.url("/")), Phase.BODY);
		}
	}

	@Test
	void laterRequestOfTheConnectionIsWatchedAsWell() throws InterruptedException {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest()
			.send(Responses.ok("hello"))
			.readRequest()
			.send(Responses.ok("hello"))
			.readRequest()
			.awaitPeerClosed()); Clients client = client(1000)) {
			client.assertOk(server.url("/"));
			client.assertOk(server.url("/"));
			assertSilent(client.start(server.url("/")), Phase.HEADERS);
			assertThat(server.connectionsAccepted()).isEqualTo(1);
		}
	}

	@Test
	void serverThatTricklesIsNotSilent() throws InterruptedException {
		byte[] response = Responses.ok("hello").getBytes(StandardCharsets.ISO_8859_1);
		try (FaultServer server = FaultServer
			.start((connection) -> connection.readRequest().drip(response, 4, Duration.ofMillis(150)));
				Clients client = client(1000)) {
			client.assertOk(server.url("/"));
		}
	}

	@Test
	void timeOfTheRequestDoesNotCount() throws InterruptedException {
		int size = 8 * 1024 * 1024;
		try (FaultServer server = FaultServer.builder()
			.receiveBuffer(16 * 1024)
			.start((connection) -> connection.readRequestHead()
				.pause(LONGER)
				.discard(size)
				.send(Responses.ok("hello"))); Clients client = client(500)) {
			client.send("POST", server.url("/"), new byte[size]).assertOk("hello");
		}
	}

	@Test
	void timeInWhichTheCallerDoesNotReadDoesNotCount() throws InterruptedException {
		int size = 24 * 1024 * 1024;
		byte[] response = Responses.ok("x".repeat(size)).getBytes(StandardCharsets.ISO_8859_1);
		CountDownLatch never = new CountDownLatch(1);
		AtomicBoolean waited = new AtomicBoolean();
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest().send(response));
				Clients client = client(500)) {
			Clients.Call call = client.opened("GET", server.url("/"));
			call.xhr().addEventListener("progress", (event) -> {
				if (waited.compareAndSet(false, true)) {
					try {
						never.await(LONGER.toMillis(), TimeUnit.MILLISECONDS);
					}
					catch (InterruptedException ex) {
						Thread.currentThread().interrupt();
					}
				}
			});
			call.xhr().send();
			assertThat(call.ended().getFailure()).isNull();
			assertThat(call.xhr().getResponseText()).hasSize(size);
			assertThat(waited).isTrue();
		}
	}

	@Test
	void connectionThatIsNotInUseMayBeSilent() throws InterruptedException {
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello"))));
				Clients client = client(400)) {
			client.assertOk(server.url("/"));
			Awaitility.await().pollDelay(Duration.ofMillis(1000)).until(() -> true);
			client.assertOk(server.url("/"));
			assertThat(server.connectionsAccepted()).isEqualTo(1);
		}
	}

	@Test
	void answerBeforeTheEndOfTheRequestIsTheEndOfTheWait() throws InterruptedException {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequestHead()
			.send(Responses.ok("hello"))
			.readBody(connection.request().header("Content-Length").length())
			.hold()); Clients client = client(400)) {
			client.send("POST", server.url("/"), new byte[2]).assertOk("hello");
		}
	}

	@Test
	void withoutALimitTheServerMayBeSilent() throws InterruptedException {
		try (FaultServer server = FaultServer
			.start((connection) -> connection.readRequest().pause(LONGER).send(Responses.ok("hello")));
				Clients client = client(0)) {
			client.assertOk(server.url("/"));
		}
	}

	@Test
	void silentStreamOfHttp2DoesNotEndTheOthers() throws InterruptedException {
		TestCertificates certificates = TestCertificates.create();
		try (Http2Server server = Http2Server.tls(certificates.valid(), (stream) -> {
			if (stream.head().path().toString().equals("/")) {
				stream.head("200", false).data("hello".getBytes(StandardCharsets.ISO_8859_1), true);
			}
			else if (stream.head().path().toString().equals("/body")) {
				stream.head("200", false).data("hello".getBytes(StandardCharsets.ISO_8859_1), false);
			}
		});
				Clients client = Clients.with((builder) -> builder.http2(true)
					.pool(PoolSettings.defaults().withMaxConnections(1))
					.readTimeout(Duration.ofMillis(500))
					.tls(TlsSettings.defaults().withTrust(certificates.trust())))) {
			client.assertOk(server.url("/"));
			assertSilent(client.start(server.url("/head")), Phase.HEADERS);
			assertSilent(client.start(server.url("/body")), Phase.BODY);
			client.assertOk(server.url("/"));
			assertThat(server.connections()).isEqualTo(1);
		}
	}

	@Test
	void requestThatIsUpgradedIsAnswered() throws InterruptedException {
		try (Http2Server server = Http2Server
			.plain((stream) -> stream.head("200", false).data("hello".getBytes(StandardCharsets.ISO_8859_1), true));
				Clients client = Clients.with((builder) -> builder.http2(true)
					.pool(PoolSettings.defaults().withMaxConnections(1))
					.readTimeout(Duration.ofMillis(500)))) {
			try (Clients slow = Clients.with((builder) -> builder.http2(true))) {
				// loads the classes, which may take longer than the limit
				slow.assertOk(server.url("/"));
			}
			client.assertOk(server.url("/"));
			Awaitility.await().pollDelay(Duration.ofMillis(1000)).until(() -> true);
			client.assertOk(server.url("/"));
			assertThat(server.connections()).isEqualTo(2);
		}
	}

	@Test
	void outOfRange() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> XhrFactory.builder(WebClient.builder()).readTimeout(Duration.ofMillis(-1)))
			.withMessage("read-timeout must not be negative");
	}

}
