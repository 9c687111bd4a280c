package io.github.springxhr.webclient;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a client keeps of each host and port, and what becomes of a request when that is
 * given up.
 */
class HostPoolsTests {

	private static final int MAX_HOSTS = 1_000;

	private final FaultServer server = FaultServer.start(Script.keepAlive((connection) -> {
		if (connection.readRequest().request().target().equals("/gate")) {
			connection.await("gate");
		}
		connection.send(Responses.ok("hello", "Connection: close"));
	}));

	private WebClientTransport transport(boolean http2, PoolSettings pool) {
		return transport(WebClient.builder(), http2, pool);
	}

	private WebClientTransport transport(WebClient.Builder webClient, boolean http2, PoolSettings pool) {
		TransportSettings settings = new TransportSettings("hosts", Duration.ofSeconds(10), Duration.ZERO, http2, null,
				pool, null, null);
		return new WebClientTransport(webClient, settings, (client) -> client.resolver(ResolvedTransport
			.resolver((name) -> CompletableFuture.completedFuture(List.of(InetAddress.getLoopbackAddress())))));
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void hostsAreForgottenWhenTheyAreMany(boolean http2) throws InterruptedException {
		WebClientTransport transport = transport(http2, PoolSettings.defaults());
		try (this.server; Clients clients = Clients.with((builder) -> builder.transport(transport))) {
			Clients.Call waiting = clients.start(this.server.url("waiting.test", "/gate"));
			this.server.awaitRequest(0);
			for (int i = 1; i < MAX_HOSTS; i++) {
				clients.assertOk(this.server.url("host-" + i + ".test", "/"));
			}
			assertThat(pools(transport)).hasSizeGreaterThanOrEqualTo(MAX_HOSTS);
			clients.assertOk(this.server.url("last.test", "/"));
			await().untilAsserted(() -> assertThat(pools(transport)).hasSizeLessThan(5));
			this.server.open("gate");
			waiting.assertOk("hello");
		}
	}

	private static Map<?, ?> pools(WebClientTransport transport) {
		return assertThat(transport).extracting("usage.pools").asInstanceOf(InstanceOfAssertFactories.MAP).actual();
	}

	/**
	 * Nothing of it has been sent.
	 */
	@Test
	void whatWaitsForAConnectionOfAPoolThatIsGivenUpIsSentOverAnother() throws InterruptedException {
		WebClientTransport transport = transport(false, PoolSettings.defaults().withMaxConnections(1));
		try (this.server; Clients clients = Clients.with((builder) -> builder.transport(transport))) {
			Clients.Call first = clients.start(this.server.url("a.test", "/gate"));
			this.server.awaitRequest(0);
			Clients.Call second = clients.send("POST", this.server.url("a.test", "/"), new byte[5]);
			await().until(() -> transport.connectionUsage().pending() == 1);
			transport.disconnect();
			second.assertOk("hello");
			this.server.open("gate");
			first.assertOk("hello");
			assertThat(this.server.connectionsAccepted()).isEqualTo(2);
		}
	}

	/**
	 * Its filter waits, for a token for instance, while the connections are closed.
	 */
	@Test
	void whatComesLateLeavesNoPoolBehind() throws InterruptedException {
		Sinks.One<Boolean> gate = Sinks.one();
		CountDownLatch waiting = new CountDownLatch(1);
		CrossOriginFilter filter = (request, next) -> {
			waiting.countDown();
			return gate.asMono().then(Mono.defer(() -> next.exchange(request)));
		};
		WebClientTransport transport = transport(WebClient.builder().filter(filter), false, PoolSettings.defaults());
		try (this.server; Clients clients = Clients.with((builder) -> builder.transport(transport))) {
			Clients.Call late = clients.send("POST", this.server.url("a.test", "/"), new byte[5]);
			waiting.await();
			transport.disconnect();
			gate.tryEmitValue(true);
			late.assertOk("hello");
		}
		await().untilAsserted(() -> assertThat(pools(transport)).isEmpty());
	}

	@Test
	void whatWaitsForAConnectionOfAClientThatIsClosedFails() throws InterruptedException {
		WebClientTransport transport = transport(false, PoolSettings.defaults().withMaxConnections(1));
		try (this.server; Clients clients = Clients.with((builder) -> builder.transport(transport))) {
			Clients.Call first = clients.start(this.server.url("a.test", "/gate"));
			this.server.awaitRequest(0);
			Clients.Call second = clients.start(this.server.url("a.test", "/"));
			await().until(() -> transport.connectionUsage().pending() == 1);
			transport.close();
			assertThat(second.ended().getFailure().kind()).isEqualTo(FailureKind.CLOSED);
			this.server.open("gate");
			first.assertOk("hello");
		}
	}

}
