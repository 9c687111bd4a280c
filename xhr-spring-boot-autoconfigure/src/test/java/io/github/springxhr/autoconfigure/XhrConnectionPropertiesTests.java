package io.github.springxhr.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.springxhr.ManagedXhrFactory;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrClientDescription;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.fixture.TestProxy;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The properties of a client's connections: each of them does something, and is inherited
 * by a named client or not.
 */
class XhrConnectionPropertiesTests {

	private static final Script HELLO = Script
		.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello")));

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(XhrAutoConfiguration.class, HttpClientAutoConfiguration.class));

	/**
	 * What becomes of a second request while the first one has a connection.
	 */
	@ParameterizedTest
	@CsvSource({ "xhr.pool.max-connections=1 xhr.pool.pending-limit=0, default, POOL",
			"xhr.pool.max-connections=1 xhr.pool.pending-limit=0, orders, POOL",
			"xhr.pool.max-connections=1 xhr.clients.orders.pool.pending-limit=0, orders, POOL",
			"xhr.pool.max-connections=1 xhr.clients.orders.pool.pending-limit=0, default, ",
			"xhr.pool.max-connections=1 xhr.pool.pending-limit=0 xhr.clients.orders.pool.max-connections=2, orders, ",
			"xhr.pool.max-connections=1 xhr.pool.pending-limit=0 xhr.clients.orders.pool.pending-limit=1, orders, ",
			"xhr.pool.pending-limit=0, default, ", "xhr.pool.max-connections=1, default, ",
			"xhr.pool.max-connections=1 xhr.pool.pending-timeout=50ms, default, POOL",
			"xhr.pool.max-connections=1 xhr.pool.pending-timeout=50ms, orders, POOL",
			"xhr.pool.max-connections=1 xhr.pool.pending-timeout=50ms xhr.clients.orders.pool.pending-timeout=0, orders, " })
	void requestsWaitForAConnection(String properties, String client, FailureKind failure) {
		Script onDemand = Script
			.keepAlive((connection) -> connection.readRequest().await("go").send(Responses.ok("hello")));
		try (FaultServer server = FaultServer.start(onDemand)) {
			run(properties, (context) -> {
				CompletableFuture<XMLHttpRequest> first = send(client(context, client), server.url("/"));
				server.awaitRequest(0);
				CompletableFuture<XMLHttpRequest> second = send(client(context, client), server.url("/"));
				if (failure == null) {
					server.open("go");
				}
				assertThat(kind(second)).isEqualTo(failure);
				server.open("go");
				assertThat(kind(first)).isNull();
			});
		}
	}

	/**
	 * Without one of the properties, a connection would stay open for ten seconds.
	 */
	@ParameterizedTest
	@CsvSource({ "xhr.pool.max-idle-time=50ms xhr.pool.eviction-interval=20ms, default",
			"xhr.pool.max-idle-time=50ms xhr.pool.eviction-interval=20ms, orders",
			"xhr.pool.max-idle-time=50ms xhr.clients.orders.pool.eviction-interval=20ms, orders",
			"xhr.pool.max-life-time=50ms xhr.pool.eviction-interval=20ms, default",
			"xhr.pool.max-life-time=50ms xhr.pool.eviction-interval=20ms, orders" })
	void connectionsAreClosed(String properties, String client) {
		try (FaultServer server = FaultServer.start(HELLO)) {
			run(properties, (context) -> {
				assertThat(kind(send(client(context, client), server.url("/")))).isNull();
				server.awaitAllClosed(LIMIT);
			});
		}
	}

	@ParameterizedTest
	@CsvSource({ "xhr.read-timeout=100ms, default", "xhr.read-timeout=100ms, orders",
			"spring.http.clients.read-timeout=100ms, default", "spring.http.clients.read-timeout=100ms, orders",
			"spring.http.clients.read-timeout=1h xhr.read-timeout=100ms, orders",
			"xhr.read-timeout=1h xhr.clients.orders.read-timeout=100ms, orders" })
	void aServerMayNotBeSilent(String properties, String client) {
		try (FaultServer silent = FaultServer.start((connection) -> connection.readRequest().awaitPeerClosed())) {
			run(properties, (context) -> assertThat(kind(send(client(context, client), silent.url("/"))))
				.isEqualTo(FailureKind.READ_TIMEOUT));
		}
	}

	@ParameterizedTest
	@CsvSource({ "read-timeout, PT0S, PT1S, PT2S", "pool.max-connections, 500, 1, 2", "pool.pending-limit, 50000, 1, 2",
			"pool.pending-timeout, PT0S, PT1S, PT2S", "pool.max-idle-time, PT15S, PT1S, PT2S",
			"pool.max-life-time, PT10M, PT1S, PT2S", "pool.eviction-interval, PT10S, PT1S, PT2S" })
	void eachIsInheritedByItself(String property, String initial, String one, String two) {
		run("xhr." + property + "=" + one, (context) -> {
			assertThat(value(context, "default", property)).isEqualTo(one);
			assertThat(value(context, "orders", property)).isEqualTo(one);
		});
		run("xhr." + property + "=" + one + " xhr.clients.orders." + property + "=" + two, (context) -> {
			assertThat(value(context, "default", property)).isEqualTo(one);
			assertThat(value(context, "orders", property)).isEqualTo(two);
		});
		run("xhr.clients.orders." + property + "=" + two, (context) -> {
			assertThat(value(context, "default", property)).isEqualTo(initial);
			assertThat(value(context, "orders", property)).isEqualTo(two);
		});
	}

	@ParameterizedTest
	@CsvSource({ "http, HTTP, default", "socks4, SOCKS4, default", "socks5, SOCKS5, default", "'', HTTP, default",
			"http, HTTP, orders", "socks5, SOCKS5, orders" })
	void connectionsGoThroughTheProxy(String type, String kind, String client) {
		try (FaultServer server = FaultServer.start(HELLO); TestProxy proxy = TestProxy.start(kind)) {
			run(address("xhr", proxy) + (type.isEmpty() ? "" : " xhr.proxy.type=" + type), (context) -> {
				assertThat(kind(send(client(context, client), server.url("behind.invalid", "/")))).isNull();
				assertThat(proxy.targets()).containsExactly("behind.invalid");
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "default", "orders" })
	void someHostsAreConnectedToDirectly(String client) {
		try (FaultServer server = FaultServer.start(HELLO); TestProxy proxy = TestProxy.start("HTTP")) {
			run(address("xhr", proxy) + " xhr.proxy.non-proxy-hosts=127.*, localhost", (context) -> {
				assertThat(kind(send(client(context, client), server.url("localhost", "/")))).isNull();
				assertThat(kind(send(client(context, client), server.url("/")))).isNull();
				assertThat(proxy.targets()).isEmpty();
				assertThat(kind(send(client(context, client), server.url("behind.invalid", "/")))).isNull();
				assertThat(proxy.targets()).containsExactly("behind.invalid");
			});
		}
	}

	@Test
	void theAddressOfTheProxyIsInheritedAsAWhole() {
		try (FaultServer server = FaultServer.start(HELLO);
				TestProxy first = TestProxy.start("SOCKS5");
				TestProxy second = TestProxy.start("HTTP")) {
			run(address("xhr", first) + " xhr.proxy.type=socks5 xhr.proxy.non-proxy-hosts=localhost "
					+ address("xhr.clients.orders", second), (context) -> {
						assertThat(kind(send(client(context, "orders"), server.url("localhost", "/")))).isNull();
						assertThat(second.targets()).containsExactly("localhost");
						assertThat(kind(send(client(context, "default"), server.url("localhost", "/")))).isNull();
						assertThat(first.targets()).isEmpty();
					});
		}
	}

	@Test
	void anEmptyHostIsForNoProxy() {
		try (FaultServer server = FaultServer.start(HELLO); TestProxy proxy = TestProxy.start("HTTP")) {
			run(address("xhr", proxy) + " xhr.clients.orders.proxy.host=", (context) -> {
				assertThat(kind(send(client(context, "orders"), server.url("/")))).isNull();
				assertThat(proxy.targets()).isEmpty();
				assertThat(network(context, "orders").proxy()).isNull();
				assertThat(network(context, "default").proxy())
					.isEqualTo(new XhrClientDescription.Proxy("http", "127.0.0.1", proxy.port()));
			});
		}
	}

	@ParameterizedTest
	@CsvSource({ "HTTP, s3cret", "SOCKS4, ", "SOCKS5, s3cret" })
	void credentialsOfTheProxyAreNotInherited(String kind, String password) {
		try (FaultServer server = FaultServer.start(HELLO); TestProxy proxy = TestProxy.start(kind, "me", password)) {
			String address = address("xhr", proxy) + " xhr.proxy.type=" + kind;
			run(address + credentials("xhr", password), (context) -> {
				assertThat(kind(send(client(context, "default"), server.url("/")))).isNull();
				assertThat(proxy.targets()).hasSize(1);
				assertThat(kind(send(client(context, "orders"), server.url("/")))).isEqualTo(FailureKind.CONNECT);
				assertThat(proxy.targets()).hasSize(1);
				assertThat(proxy.heads().stream().filter((head) -> head.contains("uthorization")))
					.hasSize(kind.equals("HTTP") ? 1 : 0);
			});
			run(address + credentials("xhr.clients.orders", password), (context) -> {
				assertThat(kind(send(client(context, "orders"), server.url("/")))).isNull();
				assertThat(kind(send(client(context, "default"), server.url("/")))).isEqualTo(FailureKind.CONNECT);
				assertThat(server.requests())
					.allSatisfy((request) -> assertThat(request.head()).doesNotContain("uthorization"));
			});
		}
	}

	private static String address(String prefix, TestProxy proxy) {
		return prefix + ".proxy.host=127.0.0.1 " + prefix + ".proxy.port=" + proxy.port();
	}

	private static String credentials(String prefix, @Nullable String password) {
		return " " + prefix + ".proxy.username=me"
				+ ((password != null) ? " " + prefix + ".proxy.password=" + password : "");
	}

	private static CompletableFuture<XMLHttpRequest> send(XhrFactory factory, String url) {
		XMLHttpRequest request = factory.create();
		request.open("GET", url);
		return request.sendAsync(null).handle((ended, failure) -> request);
	}

	private static @Nullable FailureKind kind(CompletableFuture<XMLHttpRequest> request) throws Exception {
		FetchFailure failure = request.get(10, TimeUnit.SECONDS).getFailure();
		return (failure != null) ? failure.kind() : null;
	}

	private static String value(AssertableApplicationContext context, String client, String property) {
		XhrClientDescription.Network network = network(context, client);
		XhrClientDescription.Pool pool = network.pool();
		return switch (property) {
			case "read-timeout" -> network.readTimeout().toString();
			case "pool.max-connections" -> String.valueOf(pool.maxConnections());
			case "pool.pending-limit" -> String.valueOf(pool.pendingLimit());
			case "pool.pending-timeout" -> pool.pendingTimeout().toString();
			case "pool.max-idle-time" -> pool.maxIdleTime().toString();
			case "pool.max-life-time" -> pool.maxLifeTime().toString();
			case "pool.eviction-interval" -> pool.evictionInterval().toString();
			default -> throw new IllegalArgumentException(property);
		};
	}

	private static XhrClientDescription.Network network(AssertableApplicationContext context, String client) {
		return ((ManagedXhrFactory) client(context, client)).describe().network();
	}

	private void run(String properties, ContextTest test) {
		this.runner.withPropertyValues("xhr.clients.orders.load-balanced=false")
			.withPropertyValues(List.of(properties.split(" (?=xhr|spring)")).toArray(String[]::new))
			.run(test::accept);
	}

	private static XhrFactory client(AssertableApplicationContext context, String name) {
		assertThat(context).hasNotFailed();
		return name.equals("default") ? context.getBean(XhrFactory.class)
				: context.getBean(XhrFactories.class).get(name);
	}

	@FunctionalInterface
	private interface ContextTest {

		void accept(AssertableApplicationContext context) throws Exception;

	}

}
