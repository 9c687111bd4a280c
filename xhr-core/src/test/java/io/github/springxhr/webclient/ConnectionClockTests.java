package io.github.springxhr.webclient;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrChannel.Phases;
import io.github.springxhr.XhrException;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.DeadPort;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.TestCertificates;
import io.github.springxhr.http.FailureKind;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.client.HttpClient;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link ConnectionClock}: where the time goes of a request that never came as
 * far as a connection, or not further.
 */
class ConnectionClockTests {

	private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(120);

	private static final Duration LONG = Duration.ofMillis(90);

	@Test
	void aNameThatIsNotKnownWasLookedUp() {
		try (XhrFactory factory = factory(false,
				resolving((promise) -> promise.setFailure(new UnknownHostException("some.test"))))) {
			Phases phases = failed(factory, "http://some.test/", 0, FailureKind.RESOLVE);
			assertThat(names(phases)).containsExactly("queue", "resolve");
		}
	}

	@Test
	void aNameServerThatIsSilentIsWhereTheTimeGoes() {
		try (XhrFactory factory = factory(false, resolving((promise) -> {
		}))) {
			Phases phases = failed(factory, "http://some.test/", 300, FailureKind.TIMEOUT);
			assertThat(names(phases)).containsExactly("queue", "resolve");
			assertThat(phases.resolve()).isGreaterThan(LONG);
			assertThat(phases.queue()).isLessThan(phases.resolve());
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aRefusedConnectionWasConnecting(boolean http2) {
		try (XhrFactory factory = factory(http2, UnaryOperator.identity()); DeadPort port = FaultServer.refusing()) {
			Phases phases = failed(factory, port.url("/"), 0, FailureKind.CONNECT);
			assertThat(names(phases)).containsExactly("connect", "queue");
		}
	}

	@Test
	void aConnectTimeoutIsWhereTheTimeGoes() {
		try (XhrFactory factory = factory(false, UnaryOperator.identity()); DeadPort port = FaultServer.blackhole()) {
			Phases phases = failed(factory, port.url("/"), 0, FailureKind.CONNECT);
			assertThat(names(phases)).containsExactly("connect", "queue");
			assertThat(phases.connect()).isGreaterThan(LONG);
		}
	}

	@Test
	@SuppressWarnings("unchecked")
	void theTimeOfAllAddressesWasConnecting() throws Exception {
		List<InetAddress> addresses = List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("127.0.0.1"));
		try (DeadPort port = FaultServer.blackhole();
				XhrFactory factory = factory(false,
						resolving((promise) -> ((Promise<List<InetAddress>>) promise).setSuccess(addresses)))) {
			Phases phases = failed(factory, port.url("/").replace("127.0.0.1", "some.test"), 0, FailureKind.CONNECT);
			assertThat(phases.connect()).isGreaterThan(CONNECT_TIMEOUT.plus(LONG));
		}
	}

	@Test
	void aTimeoutWhileConnectingIsWhereTheTimeGoes() {
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder()).build();
				DeadPort port = FaultServer.blackhole()) {
			Phases phases = failed(factory, port.url("/"), 300, FailureKind.TIMEOUT);
			assertThat(names(phases)).containsExactly("connect", "queue");
			assertThat(phases.connect()).isGreaterThan(LONG);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void aHandshakeThatFailedWasOne(boolean http2) {
		try (XhrFactory factory = factory(http2, UnaryOperator.identity());
				FaultServer server = FaultServer.builder()
					.tls(TestCertificates.create().valid())
					.start((connection) -> connection.readRequest().send(Responses.ok("hello")))) {
			Phases phases = failed(factory, server.secureUrl("/"), 0, FailureKind.TLS);
			assertThat(names(phases)).containsExactly("connect", "queue", "tls");
			assertThat(phases.tls()).isPositive();
		}
	}

	@Test
	void aHandshakeWithoutAnAnswerIsWhereTheTimeGoes() {
		try (XhrFactory factory = factory(false, UnaryOperator.identity());
				FaultServer server = FaultServer.start((connection) -> connection.awaitPeerClosed())) {
			Phases phases = failed(factory, server.url("/").replace("http:", "https:"), 500, FailureKind.TLS);
			assertThat(names(phases)).containsExactly("connect", "queue", "tls");
			assertThat(phases.tls()).isGreaterThan(Duration.ofMillis(60));
		}
	}

	@Test
	void aRequestThatGetsNoConnectionWasInTheQueue() {
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder())
			.pool(PoolSettings.defaults().withMaxConnections(1))
			.build();
				FaultServer server = FaultServer
					.start((connection) -> connection.readRequest().open("first").awaitPeerClosed())) {
			XMLHttpRequest first = factory.create();
			first.open("GET", server.url("/"));
			first.send();
			server.await("first");
			Phases phases = failed(factory, server.url("/"), 300, FailureKind.TIMEOUT);
			assertThat(names(phases)).containsExactly("queue");
			assertThat(phases.queue()).isGreaterThan(LONG);
		}
	}

	@Test
	void anotherAddressOfTheHostGoesOnWithTheClockOfTheFirst() {
		try (XhrFactory factory = factory(false,
				(client) -> client.resolver(new FilteredAddressesTests.FixedResolvers("127.0.0.2", "127.0.0.1")));
				FaultServer server = FaultServer
					.start((connection) -> connection.readRequest().send(Responses.ok("hello")))) {
			XMLHttpRequest request = factory.create();
			request.open("GET", server.url("some.test", "/"), false);
			request.send();
			assertThat(names(request.getChannel().timings().phases())).containsExactly("body", "connect", "headers",
					"queue", "resolve");
		}
	}

	@Test
	void aHopAfterARedirectHasPhasesOfItsOwn() {
		try (XhrFactory factory = factory(false, UnaryOperator.identity());
				DeadPort port = FaultServer.refusing();
				FaultServer server = FaultServer.start((connection) -> connection.readRequest()
					.send(Responses.redirect("302 Found", port.url("/"))))) {
			assertThat(names(failed(factory, server.url("localhost", "/"), 0, FailureKind.CONNECT)))
				.containsExactly("connect", "queue");
		}
	}

	@Test
	void aPreflightIsNoHopOfTheRequest() {
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder()).origin("https://page.example").build();
				DeadPort port = FaultServer.refusing()) {
			XMLHttpRequest request = factory.create();
			request.open("GET", port.url("/"), false);
			request.setRequestHeader("X-Own", "1");
			catchThrowableOfType(XhrException.class, request::send);
			assertThat(names(request.getChannel().timings().phases())).isEmpty();
		}
	}

	@Test
	void aPreflightAfterARedirectLeavesNothingOfTheHopBefore() {
		try (DeadPort port = FaultServer.refusing();
				FaultServer server = FaultServer.start(
						(connection) -> connection.readRequest().send(Responses.redirect("302 Found", port.url("/"))));
				XhrFactory factory = XhrFactory.builder(WebClient.builder())
					.origin(server.url("/").replaceAll("/$", ""))
					.build()) {
			XMLHttpRequest request = factory.create();
			request.open("GET", server.url("/"), false);
			request.setRequestHeader("X-Own", "1");
			catchThrowableOfType(XhrException.class, request::send);
			assertThat(server.requestCount()).isOne();
			assertThat(names(request.getChannel().timings().phases())).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "four", "" })
	void theWaitForAnAnswerEndsWithTheRequest(String body) {
		try (XhrFactory factory = factory(false, UnaryOperator.identity());
				FaultServer server = FaultServer.start((connection) -> connection.readRequest().awaitPeerClosed())) {
			XMLHttpRequest request = factory.create();
			request.open("POST", server.url("/"), false);
			request.setTimeout(150);
			catchThrowableOfType(XhrException.class, () -> request.send(body.isEmpty() ? null : body));
			Phases phases = request.getChannel().timings().phases();
			assertThat(names(phases)).contains("queue", "connect", "headers").doesNotContain("body");
			assertThat(phases.request() != null).isEqualTo(!body.isEmpty());
			assertThat(phases.headers()).isGreaterThan(Duration.ofMillis(50));
		}
	}

	@Test
	void anUploadThatNobodyReadsIsWhereTheTimeGoes() {
		try (XhrFactory factory = factory(false, UnaryOperator.identity());
				FaultServer server = FaultServer.start((connection) -> connection.await("never"))) {
			XMLHttpRequest request = factory.create();
			request.open("POST", server.url("/"), false);
			request.setTimeout(200);
			catchThrowableOfType(XhrException.class, () -> request.send(new byte[32 * 1024 * 1024]));
			Phases phases = request.getChannel().timings().phases();
			assertThat(names(phases)).containsExactly("connect", "queue", "request");
			assertThat(phases.request()).isGreaterThan(Duration.ofMillis(50));
			server.open("never");
		}
	}

	private static Phases failed(XhrFactory factory, String url, int timeout, FailureKind kind) {
		XMLHttpRequest request = factory.create();
		request.open("GET", url, false);
		request.setTimeout(timeout);
		XhrException failure = catchThrowableOfType(XhrException.class, request::send);
		assertThat(failure.getFailure().kind()).isEqualTo(kind);
		Phases phases = request.getChannel().timings().phases();
		Duration sum = Duration.ZERO;
		for (Duration part : all(phases).values()) {
			sum = sum.plus(part);
		}
		assertThat(sum).isLessThanOrEqualTo(request.getChannel().timings().ended().plusMillis(1));
		return phases;
	}

	private static Set<String> names(Phases phases) {
		return all(phases).keySet();
	}

	private static TreeMap<String, Duration> all(Phases phases) {
		TreeMap<String, Duration> all = new TreeMap<>();
		phases.forEach(all::put);
		return all;
	}

	private static XhrFactory factory(boolean http2, UnaryOperator<HttpClient> customizer) {
		return XhrFactory.builder(WebClient.builder())
			.transport(new WebClientTransport(WebClient.builder(),
					new TransportSettings("test", CONNECT_TIMEOUT, http2, null), customizer))
			.build();
	}

	private static UnaryOperator<HttpClient> resolving(Consumer<Promise<?>> answer) {
		return (client) -> client.resolver(new AddressResolverGroup<InetSocketAddress>() {

			@Override
			protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
				return new InetNameResolver(executor) {

					@Override
					protected void doResolve(String host, Promise<InetAddress> promise) {
						answer.accept(promise);
					}

					@Override
					protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
						answer.accept(promise);
					}

				}.asAddressResolver();
			}

		});
	}

}
