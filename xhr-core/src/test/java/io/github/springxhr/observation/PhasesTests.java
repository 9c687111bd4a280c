package io.github.springxhr.observation;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrChannel.Phases;
import io.github.springxhr.XhrException;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.DeadPort;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.TestCertificates;
import io.github.springxhr.webclient.PoolSettings;
import io.github.springxhr.webclient.TlsSettings;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * The phases of requests over real connections.
 */
class PhasesTests {

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	@Test
	void aNewConnectionIsMadeAndAReusedOneIsNot() throws Exception {
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder())
			.pool(PoolSettings.defaults().withMaxConnections(1))
			.build();
				FaultServer server = FaultServer.start((connection) -> connection.readRequest()
					.send(Responses.ok("hello"))
					.readRequest()
					.send(Responses.ok("hello")))) {
			assertThat(names(get(factory, server.url("localhost", "/")))).containsExactlyInAnyOrder("queue", "resolve",
					"connect", "headers", "body");
			assertThat(names(get(factory, server.url("localhost", "/")))).containsExactlyInAnyOrder("queue", "headers",
					"body");
		}
	}

	@Test
	void anAddressIsNotResolved() throws Exception {
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder()).build();
				FaultServer server = FaultServer.start(Faults.answer(Responses.ok("hello")))) {
			assertThat(names(get(factory, server.url("/")))).containsExactlyInAnyOrder("queue", "connect", "headers",
					"body");
		}
	}

	@Test
	void tlsHasAHandshake() throws Exception {
		TestCertificates certificates = TestCertificates.create();
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder())
			.tls(TlsSettings.defaults().withTrust(certificates.trust()))
			.build();
				FaultServer server = FaultServer.builder()
					.tls(certificates.valid())
					.start(Faults.answer(Responses.ok("hello")))) {
			assertThat(names(get(factory, server.secureUrl("/")))).contains("connect", "tls", "headers");
		}
	}

	@Test
	void aBodyIsSentInAPhaseOfItsOwn() throws Exception {
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder()).build();
				FaultServer server = FaultServer.start(Faults.answer(Responses.ok("hello")))) {
			XMLHttpRequest request = factory.create();
			request.open("POST", server.url("/"), false);
			request.send("twelve bytes");
			assertThat(names(phases(request))).contains("request", "headers", "body");
		}
	}

	@Test
	void whatIsWaitedForIsWhereTheTimeGoes() throws Exception {
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder())
			.pool(PoolSettings.defaults().withMaxConnections(1))
			.build(); FaultServer server = FaultServer.start((connection) -> {
				connection.readRequest().open("first").await("answer").send(Responses.ok("hello"));
				connection.readRequest()
					.pause(Duration.ofMillis(60))
					.send(Responses.head("200 OK", "Content-Length: 5"))
					.pause(Duration.ofMillis(60))
					.send("hello");
			})) {
			XMLHttpRequest first = factory.create();
			first.open("GET", server.url("/"));
			first.send();
			server.await("first");
			XMLHttpRequest second = factory.create();
			second.open("GET", server.url("/"));
			second.send();
			long sent = System.nanoTime();
			await().until(() -> System.nanoTime() - sent > 60_000_000);
			server.open("answer");
			await().until(() -> second.getReadyState() == XMLHttpRequest.DONE);
			assertThat(phases(second).queue()).isGreaterThan(Duration.ofMillis(50));
			assertThat(phases(second).headers()).isGreaterThan(Duration.ofMillis(50));
			assertThat(phases(second).body()).isGreaterThan(Duration.ofMillis(50));
		}
	}

	@Test
	void thePhasesAreTimedIfWanted() throws Exception {
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder())
			.name("orders")
			.listener(new XhrMetricsListenerFactory(this.meters, true))
			.build(); FaultServer server = FaultServer.start(Faults.answer(Responses.ok("hello")))) {
			Phases phases = get(factory, server.url("localhost", "/"));
			assertThat(this.meters.find("xhr.phase").tag("client", "orders").timers())
				.extracting((timer) -> timer.getId().getTag("phase"))
				.containsExactlyInAnyOrderElementsOf(names(phases));
			assertThat(this.meters.find("xhr.phase").timers()).allMatch((timer) -> timer.count() == 1);
			Timer headers = this.meters.get("xhr.phase").tag("phase", "headers").timer();
			assertThat(headers.totalTime(java.util.concurrent.TimeUnit.NANOSECONDS))
				.isEqualTo(phases.headers().toNanos());
		}
	}

	@Test
	void thePhasesOfAFailedRequestAreTimedToo() {
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder())
			.listener(new XhrMetricsListenerFactory(this.meters, true))
			.build(); DeadPort port = FaultServer.refusing()) {
			assertThatExceptionOfType(XhrException.class).isThrownBy(() -> get(factory, port.url("/")));
			assertThat(this.meters.find("xhr.phase").timers())
				.extracting((timer) -> timer.getId().getTag("phase") + "=" + timer.count())
				.containsExactlyInAnyOrder("queue=1", "connect=1");
		}
	}

	@Test
	void thePhasesAreNotTimedUnlessWanted() throws Exception {
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder())
			.listener(new XhrMetricsListenerFactory(this.meters))
			.build(); FaultServer server = FaultServer.start(Faults.answer(Responses.ok("hello")))) {
			get(factory, server.url("/"));
			assertThat(this.meters.find("xhr.phase").timers()).isEmpty();
			assertThat(this.meters.find("xhr.time.to.headers").timers()).hasSize(1);
		}
	}

	private static Phases get(XhrFactory factory, String url) {
		XMLHttpRequest request = factory.create();
		request.open("GET", url, false);
		request.send();
		return phases(request);
	}

	private static Phases phases(XMLHttpRequest request) {
		return request.getChannel().timings().phases();
	}

	private static Set<String> names(Phases phases) {
		Map<String, Duration> found = new TreeMap<>();
		phases.forEach(found::put);
		assertThat(found.values()).noneMatch(Duration::isNegative);
		return found.keySet();
	}

}
