package io.github.springxhr.webclient;

import java.time.Duration;

import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.fixture.TestCertificates;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ExcessBytesTests {

	private static final Script OK = Script
		.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello")));

	@ParameterizedTest
	@ValueSource(strings = { "EXCESS", "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison" })
	void bytesPastTheEndAreNotTheNextResponse(String excess) throws InterruptedException {
		try (FaultServer server = FaultServer
			.start((connection) -> connection.readRequest().send(Responses.ok("hello") + excess).awaitPeerClosed(), OK);
				Clients clients = Clients.with((builder) -> builder)) {
			clients.assertOk(server.url("/"));
			clients.assertOk(server.url("/"));
			assertThat(server.connectionsAccepted()).isEqualTo(2);
		}
	}

	@Test
	void excessIsFoundAfterAHeadInTwoParts() throws InterruptedException {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest()
			.send("HTTP/1.1 200 OK\r\nContent-Le")
			.pause(Duration.ofMillis(20))
			.send("ngth: 5\r\n\r\nhelloEXCESS")
			.awaitPeerClosed(), OK); Clients clients = Clients.with((builder) -> builder)) {
			clients.assertOk(server.url("/"));
			clients.assertOk(server.url("/"));
			assertThat(server.connectionsAccepted()).isEqualTo(2);
		}
	}

	@Test
	void connectionOnWhichTheServerSpeaksUnaskedIsClosed() throws InterruptedException {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest()
			.send(Responses.ok("hello"))
			.await("late")
			.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison")
			.awaitPeerClosed()
			.open("closed"), OK); Clients clients = Clients.with((builder) -> builder)) {
			clients.assertOk(server.url("/"));
			server.open("late");
			server.await("closed");
			clients.assertOk(server.url("/"));
		}
	}

	@Test
	void responsesWithoutExcessShareAConnection() throws InterruptedException {
		String response = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\nX-A: 1\r\n\r\n";
		try (FaultServer server = FaultServer.start(Script.keepAlive((connection) -> connection.readRequest()
			.send(response.substring(0, 30))
			.pause(Duration.ofMillis(5))
			.send(response.substring(30, 55))
			.pause(Duration.ofMillis(5))
			.send(response.substring(55))));
				// the next request waits until the connection is free
				Clients clients = Clients
					.with((builder) -> builder.pool(PoolSettings.defaults().withMaxConnections(1)))) {
			for (int i = 0; i < 5; i++) {
				clients.assertOk(server.url("/"));
			}
			assertThat(server.connectionsAccepted()).isEqualTo(1);
		}
	}

	@Test
	void bodyThatOnlyTheConnectionEndsIsIncompleteWithoutCloseNotify() throws InterruptedException {
		TestCertificates certificates = TestCertificates.create();
		try (FaultServer server = FaultServer.builder()
			.tls(certificates.valid())
			.start((connection) -> connection.readRequest().send(Responses.head("200 OK") + "hello").truncate(),
					(connection) -> connection.readRequest().send(Responses.head("200 OK") + "hello"));
				Clients clients = Clients
					.with((builder) -> builder.tls(TlsSettings.defaults().withTrust(certificates.trust())))) {
			clients.start(server.url("/"))
				.assertFailed(FailureKind.CONNECTION_CLOSED,
						"the connection was closed before the response was complete");
			clients.assertOk(server.url("/"));
		}
	}

}
