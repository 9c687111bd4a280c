package io.github.springxhr.webclient;

import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * How many connections there are, and for how long.
 */
class PoolSettingsTests {

	private static final Script HELLO = Script
		.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello")));

	private static final Script ON_DEMAND = Script
		.keepAlive((connection) -> connection.readRequest().await("go").send(Responses.ok("hello")));

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static Clients client(UnaryOperator<PoolSettings> settings) {
		return Clients.with((builder) -> builder.pool(settings.apply(PoolSettings.defaults())));
	}

	@Test
	void requestsBeyondTheConnectionsWaitUpToALimit() throws InterruptedException {
		try (FaultServer server = FaultServer.start(ON_DEMAND);
				Clients client = client((pool) -> pool.withMaxConnections(1).withPendingLimit(1))) {
			Clients.Call first = client.start(server.url("/"));
			server.awaitRequest(0);
			Clients.Call waiting = client.start(server.url("/"));
			Clients.Call refused = client.start(server.url("/"));
			refused.assertFailed(FailureKind.POOL, "too many requests were waiting for a connection");
			server.open("go");
			first.assertOk("hello");
			waiting.assertOk("hello");
			assertThat(server.connectionsAccepted()).isEqualTo(1);
		}
	}

	@Test
	void withoutWaitingARequestThatFindsNoConnectionFailsAtOnce() throws InterruptedException {
		try (FaultServer server = FaultServer.start(ON_DEMAND);
				Clients client = client((pool) -> pool.withMaxConnections(1).withPendingLimit(0))) {
			Clients.Call first = client.start(server.url("/"));
			server.awaitRequest(0);
			client.start(server.url("/"))
				.assertFailed(FailureKind.POOL, "too many requests were waiting for a connection");
			server.open("go");
			first.assertOk("hello");
		}
	}

	@Test
	void waitingEndsWithItsOwnTimeout() throws InterruptedException {
		try (FaultServer server = FaultServer.start(ON_DEMAND);
				Clients client = client(
						(pool) -> pool.withMaxConnections(1).withPendingTimeout(Duration.ofMillis(50)))) {
			Clients.Call first = client.start(server.url("/"));
			server.awaitRequest(0);
			client.start(server.url("/")).assertFailed(FailureKind.POOL, "no connection became free in time");
			server.open("go");
			first.assertOk("hello");
		}
	}

	@Test
	void waitingCountsTowardsTheRequestsTimeout() throws InterruptedException {
		try (FaultServer server = FaultServer.start(ON_DEMAND);
				Clients client = client((pool) -> pool.withMaxConnections(1))) {
			Clients.Call first = client.start(server.url("/"));
			server.awaitRequest(0);
			Clients.Call waiting = client.opened("GET", server.url("/"));
			waiting.xhr().setTimeout(50);
			waiting.xhr().send();
			assertThat(waiting.ended().getFailure().kind()).isEqualTo(FailureKind.TIMEOUT);
			server.open("go");
			first.assertOk("hello");
			assertThat(server.requestCount()).isEqualTo(1);
		}
	}

	@Test
	void eachHostHasItsOwnConnections() throws InterruptedException {
		try (FaultServer busy = FaultServer.start(ON_DEMAND);
				FaultServer idle = FaultServer.start(HELLO);
				Clients client = client((pool) -> pool.withMaxConnections(1).withPendingLimit(0))) {
			Clients.Call first = client.start(busy.url("/"));
			busy.awaitRequest(0);
			client.assertOk(idle.url("/"));
			busy.open("go");
			first.assertOk("hello");
		}
	}

	@Test
	void idleConnectionIsClosed() throws InterruptedException {
		try (FaultServer server = FaultServer.start(HELLO);
				Clients client = client((pool) -> pool.withMaxIdleTime(Duration.ofMillis(50))
					.withEvictionInterval(Duration.ofMillis(20)))) {
			client.assertOk(server.url("/"));
			server.awaitAllClosed(Duration.ofSeconds(5));
		}
	}

	@Test
	void oldConnectionIsClosedThoughItIsNotIdle() throws InterruptedException {
		try (FaultServer server = FaultServer.start(HELLO);
				Clients client = client((pool) -> pool.withMaxConnections(1)
					.withMaxIdleTime(Duration.ZERO)
					.withMaxLifeTime(Duration.ofMillis(100))
					.withEvictionInterval(Duration.ofMillis(20)))) {
			Awaitility.await().atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> {
				client.assertOk(server.url("/"));
				return server.connectionsAccepted() > 1;
			});
		}
	}

	@Test
	void withoutALookOldConnectionIsClosedWhenItIsGivenBack() throws InterruptedException {
		Script slow = Script.keepAlive(
				(connection) -> connection.readRequest().pause(Duration.ofMillis(20)).send(Responses.ok("hello")));
		try (FaultServer server = FaultServer.start(slow);
				Clients client = client(
						(pool) -> pool.withMaxLifeTime(Duration.ofMillis(1)).withEvictionInterval(Duration.ZERO))) {
			client.assertOk(server.url("/"));
			server.awaitAllClosed(Duration.ofSeconds(5));
			client.assertOk(server.url("/"));
			assertThat(server.connectionsAccepted()).isEqualTo(2);
		}
	}

	@Test
	void connectionIsUsedAgainWithoutLimits() throws InterruptedException {
		try (FaultServer server = FaultServer.start(HELLO);
				Clients client = client((pool) -> pool.withMaxConnections(1)
					.withMaxIdleTime(Duration.ZERO)
					.withMaxLifeTime(Duration.ZERO)
					.withEvictionInterval(Duration.ofMillis(1)))) {
			for (int i = 0; i < 5; i++) {
				client.assertOk(server.url("/"));
			}
			assertThat(server.connectionsAccepted()).isEqualTo(1);
		}
	}

	@Test
	void defaults() {
		assertThat(PoolSettings.defaults()).isEqualTo(new PoolSettings(500, 50_000, Duration.ZERO,
				Duration.ofSeconds(15), Duration.ofMinutes(10), Duration.ofSeconds(10)));
	}

	@ParameterizedTest
	@CsvSource({ "0, 1, PT0S, pool.max-connections must be 1 or more",
			"1, -1, PT0S, pool.pending-limit must not be negative",
			"1, 0, PT-1S, 'pool.pending-timeout must be zero, for none, or at least 1 ms'",
			"1, 0, PT0.0001S, 'pool.pending-timeout must be zero, for none, or at least 1 ms'",
			"1, 0, PT1000H, pool.pending-timeout must be at most 2147483647 ms" })
	void outOfRange(int maxConnections, int pendingLimit, Duration pendingTimeout, String message) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new PoolSettings(maxConnections, pendingLimit, pendingTimeout, Duration.ZERO,
					Duration.ZERO, Duration.ZERO))
			.withMessage(message);
	}

	static Stream<Arguments> durations() {
		PoolSettings pool = PoolSettings.defaults();
		return Stream.of(arguments("pool.max-idle-time", (UnaryOperator<Duration>) (duration) -> {
			pool.withMaxIdleTime(duration);
			return duration;
		}), arguments("pool.max-life-time", (UnaryOperator<Duration>) (duration) -> {
			pool.withMaxLifeTime(duration);
			return duration;
		}), arguments("pool.eviction-interval", (UnaryOperator<Duration>) (duration) -> {
			pool.withEvictionInterval(duration);
			return duration;
		}));
	}

	@ParameterizedTest
	@MethodSource("durations")
	void durationsAreChecked(String name, UnaryOperator<Duration> setter) {
		assertThatIllegalArgumentException().isThrownBy(() -> setter.apply(Duration.ofNanos(1)))
			.withMessage(name + " must be zero, for none, or at least 1 ms");
	}

	@Test
	void poolIsNotNull() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> XhrFactory.builder(WebClient.builder()).pool((PoolSettings) null))
			.withMessage("pool must not be null");
	}

	@Test
	void changeLeavesTheOtherSettings() throws InterruptedException {
		try (FaultServer server = FaultServer.start(ON_DEMAND);
				Clients client = Clients.with((builder) -> builder.pool((pool) -> pool.withMaxConnections(1))
					.pool((pool) -> pool.withPendingLimit(0)))) {
			Clients.Call first = client.start(server.url("/"));
			server.awaitRequest(0);
			client.start(server.url("/"))
				.assertFailed(FailureKind.POOL, "too many requests were waiting for a connection");
			server.open("go");
			first.assertOk("hello");
		}
	}

}
