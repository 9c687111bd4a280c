package io.github.springxhr.webclient;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.SSLContext;

import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Http2Server;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.fixture.TestCertificates;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Trust, client certificates, and their replacement at run time.
 */
class TlsTests {

	private static final TestCertificates CERTIFICATES = TestCertificates.create();

	private static final TestCertificates OTHERS = TestCertificates.create();

	private static final TlsSettings TRUSTING = TlsSettings.defaults().withTrust(CERTIFICATES.trust());

	private static final TlsSettings TRUSTING_OTHERS = TlsSettings.defaults().withTrust(OTHERS.trust());

	private static final Script HELLO = Script
		.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello")));

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private static FaultServer server(SSLContext context, Script... scripts) {
		return FaultServer.builder().tls(context).start(scripts);
	}

	private static Clients client(TlsSettings tls) {
		return Clients.with((builder) -> builder.tls(tls).pool(PoolSettings.defaults().withMaxConnections(1)));
	}

	private static void assertRefused(Clients client, FaultServer server) throws InterruptedException {
		client.start(server.url("localhost", "/")).assertFailed(FailureKind.TLS, "the TLS handshake failed");
	}

	@Test
	void trustedServer() throws InterruptedException {
		try (FaultServer server = server(CERTIFICATES.valid(), HELLO); Clients client = client(TRUSTING)) {
			client.assertOk(server.url("localhost", "/"));
			client.assertOk(server.url("localhost", "/"));
			assertThat(server.connectionsAccepted()).isEqualTo(1);
		}
	}

	@Test
	void serverThatTheJvmDoesNotTrust() throws InterruptedException {
		try (FaultServer server = server(CERTIFICATES.valid(), HELLO);
				Clients client = client(TlsSettings.defaults())) {
			assertRefused(client, server);
			assertThat(server.requestCount()).isZero();
		}
	}

	@Test
	void expiredCertificate() throws InterruptedException {
		try (FaultServer server = server(CERTIFICATES.expired(), HELLO); Clients client = client(TRUSTING)) {
			assertRefused(client, server);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void certificateOfAnotherHost(boolean http2) throws InterruptedException {
		try (FaultServer server = server(CERTIFICATES.wrongHost(), HELLO);
				Clients client = Clients.with((builder) -> builder.http2(http2).tls(TRUSTING))) {
			assertRefused(client, server);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1.2", "TLSv1.3" })
	void protocolIsTheOneThatWasSet(String protocol) throws InterruptedException {
		try (FaultServer server = server(CERTIFICATES.valid(), HELLO);
				Clients client = client(TRUSTING.withProtocols(List.of(protocol)))) {
			Clients.Call call = client.start(server.url("localhost", "/"));
			call.assertOk("hello");
			assertThat(call.xhr().getChannel().tlsProtocol()).isEqualTo(protocol);
		}
	}

	@Test
	void cipherSuiteIsTheOneThatWasSet() throws InterruptedException {
		try (FaultServer server = server(CERTIFICATES.valid(), HELLO);
				Clients client = client(TRUSTING.withProtocols(List.of("TLSv1.2"))
					.withCiphers(List.of("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")))) {
			Clients.Call call = client.start(server.url("localhost", "/"));
			call.assertOk("hello");
			assertThat(call.xhr().getChannel().tlsCipherSuite()).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
		}
	}

	@Test
	void serverThatAsksForACertificate() throws InterruptedException {
		try (FaultServer server = FaultServer.builder().tls(CERTIFICATES.valid()).clientCertificate().start(HELLO);
				Clients with = client(TRUSTING.withKey(CERTIFICATES.clientKey()));
				Clients without = client(TRUSTING);
				Clients other = client(TRUSTING.withKey(OTHERS.clientKey()))) {
			with.assertOk(server.url("localhost", "/"));
			assertRefused(without, server);
			assertRefused(other, server);
			assertThat(server.requestCount()).isEqualTo(1);
		}
	}

	@Test
	void newCertificateIsShownAtOnce() throws InterruptedException {
		ReloadableTls tls = new ReloadableTls(TRUSTING);
		try (FaultServer server = FaultServer.builder().tls(CERTIFICATES.valid()).clientCertificate().start(HELLO);
				Clients client = Clients.with((builder) -> builder.tls(tls))) {
			assertRefused(client, server);
			tls.update(TRUSTING.withKey(CERTIFICATES.clientKey()));
			client.assertOk(server.url("localhost", "/"));
		}
	}

	@Test
	void requestsInFlightEndOnTheirConnectionAndNewOnesHaveAnother() throws InterruptedException {
		ReloadableTls tls = new ReloadableTls(TRUSTING);
		Script slow = (connection) -> connection.readRequest()
			.send(Responses.head("200 OK", "Content-Length: 10") + "hello")
			.await("go")
			.send("world")
			.awaitPeerClosed();
		try (FaultServer server = server(CERTIFICATES.valid(), slow, HELLO);
				Clients client = Clients.with((builder) -> builder.tls(tls))) {
			Clients.Call inFlight = client.start(server.url("localhost", "/"));
			server.awaitRequest(0);
			client.assertOk(server.url("localhost", "/"));
			assertThat(server.openConnections()).isEqualTo(2);
			tls.update(TRUSTING_OTHERS);
			assertRefused(client, server);
			tls.update(TRUSTING);
			client.assertOk(server.url("localhost", "/"));
			assertThat(server.connectionsAccepted()).isEqualTo(4);
			server.open("go");
			inFlight.assertOk("helloworld");
		}
	}

	@Test
	void requestThatWaitsForAConnectionIsNotDisturbed() throws InterruptedException {
		ReloadableTls tls = new ReloadableTls(TRUSTING);
		Script onDemand = Script
			.keepAlive((connection) -> connection.readRequest().await("go").send(Responses.ok("hello")));
		try (FaultServer server = server(CERTIFICATES.valid(), onDemand);
				Clients client = Clients
					.with((builder) -> builder.tls(tls).pool(PoolSettings.defaults().withMaxConnections(1)))) {
			Clients.Call first = client.start(server.url("localhost", "/"));
			server.awaitRequest(0);
			Clients.Call waiting = client.start(server.url("localhost", "/"));
			tls.update(TRUSTING_OTHERS);
			assertRefused(client, server);
			server.open("go");
			first.assertOk("hello");
			waiting.assertOk("hello");
		}
	}

	@Test
	void connectionsOfBeforeAreClosedWhenTheyAreNotNeeded() throws InterruptedException {
		ReloadableTls tls = new ReloadableTls(TRUSTING);
		try (FaultServer server = server(CERTIFICATES.valid(), HELLO);
				FaultServer other = server(OTHERS.valid(), HELLO);
				Clients client = Clients.with((builder) -> builder.tls(tls))) {
			client.assertOk(server.url("localhost", "/"));
			tls.update(TRUSTING_OTHERS);
			client.assertOk(other.url("localhost", "/"));
			server.awaitAllClosed(LIMIT);
			assertThat(other.openConnections()).isEqualTo(1);
		}
	}

	@Test
	void connectionOfBeforeIsClosedWhenItsLastRequestHasEnded() throws InterruptedException {
		ReloadableTls tls = new ReloadableTls(TRUSTING);
		Script onDemand = Script
			.keepAlive((connection) -> connection.readRequest().await("go").send(Responses.ok("hello")));
		try (FaultServer server = server(CERTIFICATES.valid(), onDemand);
				FaultServer other = server(OTHERS.valid(), HELLO);
				Clients client = Clients.with((builder) -> builder.tls(tls))) {
			Clients.Call inFlight = client.start(server.url("localhost", "/"));
			Clients.Call aborted = client.start(server.url("localhost", "/"));
			server.awaitRequest(1);
			tls.update(TRUSTING_OTHERS);
			client.assertOk(other.url("localhost", "/"));
			aborted.xhr().abort();
			assertThat(server.openConnections()).isPositive();
			server.open("go");
			inFlight.assertOk("hello");
			server.awaitAllClosed(LIMIT);
		}
	}

	@Test
	void http2ConnectionIsMadeAnewAsWell() throws InterruptedException {
		ReloadableTls tls = new ReloadableTls(TRUSTING);
		try (Http2Server server = Http2Server.tls(CERTIFICATES.valid(),
				(stream) -> stream.head("200", false).data("hello".getBytes(StandardCharsets.ISO_8859_1), true));
				Clients client = Clients.with((builder) -> builder.http2(true).tls(tls))) {
			Clients.Call call = client.start(server.url("/"));
			call.assertOk("hello");
			assertThat(call.xhr().getChannel().protocol()).isEqualTo("h2");
			tls.update(TRUSTING_OTHERS);
			client.start(server.url("/")).assertFailed(FailureKind.TLS, "the TLS handshake failed");
			tls.update(TRUSTING);
			client.assertOk(server.url("/"));
			client.assertOk(server.url("/"));
			assertThat(server.requests()).hasSize(3);
		}
	}

	@Test
	void severalClientsShareTheSettings() throws InterruptedException {
		ReloadableTls tls = new ReloadableTls(TRUSTING_OTHERS);
		try (FaultServer server = server(CERTIFICATES.valid(), HELLO);
				Clients one = Clients.with((builder) -> builder.tls(tls));
				Clients two = Clients.with((builder) -> builder.tls(tls))) {
			assertRefused(one, server);
			tls.update(TRUSTING);
			one.assertOk(server.url("localhost", "/"));
			two.assertOk(server.url("localhost", "/"));
		}
	}

	@Test
	void settingsThatCannotBeUsedLeaveTheOldOnesInPlace() {
		ReloadableTls tls = new ReloadableTls(TRUSTING);
		assertThatIllegalArgumentException()
			.isThrownBy(() -> tls.update(TRUSTING.withCiphers(List.of("TLS_NO_SUCH_SUITE"))))
			.withMessageStartingWith("tls cannot be used: ")
			.withMessageContaining("TLS_NO_SUCH_SUITE");
		assertThat(tls.settings()).isSameAs(TRUSTING);
	}

	@ParameterizedTest
	@ValueSource(strings = { "TLSv1", "TLSv1.1", "SSLv3", "tls" })
	void oldProtocolsAreRefused(String protocol) {
		assertThatIllegalArgumentException().isThrownBy(() -> TRUSTING.withProtocols(List.of("TLSv1.3", protocol)))
			.withMessage("tls.protocols must be TLSv1.2 or TLSv1.3");
	}

	@Test
	void tlsIsNotNull() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> XhrFactory.builder(WebClient.builder()).tls((TlsSettings) null))
			.withMessage("tls must not be null");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> XhrFactory.builder(WebClient.builder()).tls((ReloadableTls) null))
			.withMessage("tls must not be null");
	}

}
