package io.github.springxhr.observation;

import java.util.List;
import java.util.function.Predicate;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrListener.Connections;
import io.github.springxhr.cookie.CookieStore;
import io.github.springxhr.cookie.InMemoryCookieStore;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.webclient.PoolSettings;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link ClientMeters}: what a client does beside its requests.
 */
class ClientMetersTests {

	@Test
	void countsTheRedirectsThatAreFollowed() throws Exception {
		try (ObservedClient client = new ObservedClient();
				FaultServer server = FaultServer.start(Faults.answer(Responses.redirect("302 Found", "/a")),
						Faults.answer(Responses.redirect("307 Temporary Redirect", "/b")),
						Faults.answer(Responses.ok("hello")))) {
			client.get(server.url("/"));
			assertThat(client.recorded()).contains("xhr.redirects{client=test}=2");
		}
	}

	@Test
	void countsPreflightsByWhatCameOfThem() throws Exception {
		String allowed = Responses.head("204 No Content", "Access-Control-Allow-Origin: https://page.example",
				"Access-Control-Allow-Headers: X-Own", "Access-Control-Max-Age: 600");
		String shared = Responses.ok("hello", "Access-Control-Allow-Origin: https://page.example");
		try (ObservedClient client = new ObservedClient(null, false,
				(builder) -> builder.origin("https://page.example"));
				FaultServer server = FaultServer.start((connection) -> {
					for (String response : List.of(allowed, shared, shared)) {
						connection.readRequest().send(response);
					}
				})) {
			for (int i = 0; i < 2; i++) {
				XMLHttpRequest request = client.open("GET", server.url("/"));
				request.setRequestHeader("X-Own", "1");
				request.send();
				client.awaitRecorded();
			}
			assertThat(client.recorded())
				.contains("xhr.preflights{client=test,result=success}=1", "xhr.preflights{client=test,result=cached}=1")
				.noneMatch((meter) -> meter.contains("result=failure"));
		}
	}

	@Test
	void countsTheRetriesOfAFilter() throws Exception {
		try (ObservedClient client = new ObservedClient(
				WebClient.builder().filter((request, next) -> next.exchange(request).retry(2)));
				FaultServer server = FaultServer.start((connection) -> connection.readRequest().truncate(),
						(connection) -> connection.readRequest().truncate(), Faults.answer(Responses.ok("hello")))) {
			client.get(server.url("/"));
			assertThat(client.recorded()).contains("xhr.retries{client=test}=2");
			assertThat(client.requestTags()).containsEntry("outcome", "success");
		}
	}

	@Test
	void countsTheCookiesThatAFullStoreDrops() throws Exception {
		CookieStore store = new InMemoryCookieStore();
		String[] cookies = new String[InMemoryCookieStore.MAX_COOKIES_PER_HOST + 3];
		for (int i = 0; i < cookies.length; i++) {
			cookies[i] = "Set-Cookie: c" + i + "=v";
		}
		try (ObservedClient client = new ObservedClient(null, false, (builder) -> builder.cookieStore(store));
				FaultServer server = FaultServer.start(Faults.answer(Responses.ok("hello", cookies)))) {
			client.get(server.url("/"));
			assertThat(client.recorded()).contains("xhr.cookies.evicted{client=test}=3");
		}
	}

	@Test
	void countsEachCookieThatIsDroppedAtOnce() throws Exception {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		XhrMetricsListenerFactory factory = new XhrMetricsListenerFactory(meters);
		try (ObservedClient client = new ObservedClient()) {
			factory.create("orders", client.create());
		}
		factory.cookiesEvicted("orders", 3);
		factory.cookiesEvicted("other", 2);
		assertThat(meters.get("xhr.cookies.evicted").counters()).singleElement()
			.satisfies((counter) -> assertThat(counter.count()).isEqualTo(3));
	}

	@Test
	void gaugesTheConnections() throws Exception {
		try (ObservedClient client = new ObservedClient(null, false,
				(builder) -> builder.pool(PoolSettings.defaults().withMaxConnections(1)));
				FaultServer server = FaultServer.start((connection) -> {
					connection.readRequest().await("answer").send(Responses.ok("hello"));
					connection.readRequest().send(Responses.ok("hello"));
				})) {
			client.open("GET", server.url("/")).send();
			client.open("GET", server.url("/")).send();
			await().until(() -> connections(client, "pending") == 1);
			assertThat(connections(client, "active")).isOne();
			assertThat(connections(client, "idle")).isZero();
			server.open("answer");
			client.awaitRecorded();
			client.awaitRecorded();
			await().until(() -> connections(client, "idle") == 1);
			assertThat(connections(client, "active")).isZero();
			assertThat(connections(client, "pending")).isZero();
		}
	}

	@Test
	void gaugesTheConnectionsOfAllHosts() throws Exception {
		try (ObservedClient client = new ObservedClient();
				FaultServer one = FaultServer.start(Script.keepAlive(Faults.answer(Responses.ok("hello"))));
				FaultServer other = FaultServer.start(Script.keepAlive(Faults.answer(Responses.ok("hello"))))) {
			client.get(one.url("/"));
			client.get(other.url("/"));
			await().until(() -> connections(client, "idle") == 2);
		}
	}

	@Test
	void gaugesNoConnectionOfAClientThatIsClosed() throws Exception {
		ObservedClient client = new ObservedClient();
		try (client; FaultServer server = FaultServer.start(Faults.answer(Responses.ok("hello")))) {
			client.get(server.url("/"));
		}
		await().until(() -> connections(client, "idle") + connections(client, "active") == 0);
	}

	@Test
	void countersAndGaugesAreThereBeforeTheFirstRequest() {
		try (ObservedClient client = new ObservedClient()) {
			assertThat(client.meters().find("xhr.failures").tag("client", "test").counters())
				.hasSize(FailureKind.values().length)
				.allMatch((counter) -> counter.count() == 0);
			assertThat(client.meterNames()).contains("xhr.events", "xhr.redirects", "xhr.preflights",
					"xhr.pool.connections");
		}
	}

	@ParameterizedTest
	@CsvSource({ "xhr,false", "'',true", "xhr.events,true" })
	void nobodyFollowsARequestOfWhichNothingIsRecorded(String denied, boolean followed) throws Exception {
		for (boolean composite : new boolean[] { false, true }) {
			MeterRegistry registry = registry((id) -> !denied.isEmpty() && id.getName().startsWith(denied), composite);
			XhrMetricsListenerFactory factory = new XhrMetricsListenerFactory(registry);
			factory.built("orders", () -> new Connections(0, 0, 0));
			try (ObservedClient client = new ObservedClient()) {
				assertThat(factory.create("orders", client.create()) != null).isEqualTo(followed);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "xhr.events", "xhr.failures", "xhr.request.size", "xhr.time.to.headers", "xhr.phase" })
	void aRequestOfWhichOneThingIsRecordedIsFollowed(String recorded) throws Exception {
		for (boolean composite : new boolean[] { false, true }) {
			MeterRegistry registry = registry((id) -> !id.getName().equals(recorded), composite);
			try (ObservedClient client = new ObservedClient()) {
				assertThat(new XhrMetricsListenerFactory(registry, true).create("orders", client.create())).isNotNull();
			}
		}
	}

	private static MeterRegistry registry(Predicate<Meter.Id> denied, boolean composite) {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		registry.config().meterFilter(MeterFilter.deny(denied));
		return composite ? new CompositeMeterRegistry(Clock.SYSTEM, List.of(registry)) : registry;
	}

	private static double connections(ObservedClient client, String state) {
		return client.meters().get("xhr.pool.connections").tags("client", "test", "state", state).gauge().value();
	}

}
