package io.github.springxhr.observation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrListener;
import io.github.springxhr.XhrListener.ExchangeListener;
import io.github.springxhr.XhrListener.Result;
import io.github.springxhr.XhrOutcome;
import io.github.springxhr.fixture.DeadPort;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link XhrMetricsListenerFactory}, over real sockets where that matters.
 */
class RequestMetersTests {

	private static final Consumer<XMLHttpRequest> AS_IT_IS = (request) -> {
	};

	private final ObservedClient client = new ObservedClient();

	@AfterEach
	void close() {
		this.client.close();
	}

	@Test
	void countsTheEventsThatListenersOfASuccessSee() throws Exception {
		Map<String, Integer> seen = post(Faults.answer(Responses.ok("hello")), AS_IT_IS);
		assertThat(this.client.countedEvents()).isEqualTo(seen)
			.containsEntry("upload.load", 1)
			.containsEntry("request.load", 1)
			.containsEntry("request.loadend", 1);
	}

	@Test
	void countsTheEventsThatListenersOfATruncatedBodySee() throws Exception {
		Map<String, Integer> seen = post(Faults.truncated(), AS_IT_IS);
		assertThat(this.client.countedEvents()).isEqualTo(seen)
			.containsEntry("request.error", 1)
			.doesNotContainKey("request.load");
	}

	@Test
	void countsTheEventsThatListenersOfAnAbortSee() throws Exception {
		Map<String, Integer> seen = post(Faults.stalled(), Faults::abortInBody);
		assertThat(this.client.countedEvents()).isEqualTo(seen).containsEntry("request.abort", 1);
	}

	@Test
	void countsTheEventsThatListenersOfATimeoutSee() throws Exception {
		Map<String, Integer> seen = post(Faults.slowDrip(), Faults::timeOutInBody);
		assertThat(this.client.countedEvents()).isEqualTo(seen).containsEntry("request.timeout", 1);
	}

	@Test
	void countsTheEventsThatListenersOfARefusedConnectionSee() throws Exception {
		try (DeadPort port = FaultServer.refusing()) {
			Map<String, Integer> seen = post(port.url("/"), AS_IT_IS);
			assertThat(this.client.countedEvents()).isEqualTo(seen)
				.containsEntry("upload.error", 1)
				.containsEntry("request.error", 1);
		}
	}

	@Test
	void countsTheEventsThatNobodyListensTo() throws Exception {
		try (FaultServer server = FaultServer.start(Faults.answer(Responses.head("204 No Content")))) {
			this.client.get(server.url("/"));
		}
		assertThat(this.client.countedEvents()).isEqualTo(Map.of("request.readystatechange", 3, "request.loadstart", 1,
				"request.progress", 1, "request.load", 1, "request.loadend", 1));
	}

	@Test
	void theCountersOfAClientExistFromItsFirstRequestOn() {
		this.client.create();
		assertThat(this.client.meters().find("xhr.events").tag("target", "request").counters()).hasSize(8);
		assertThat(this.client.meters().find("xhr.events").tag("target", "upload").counters()).hasSize(7);
	}

	@Test
	void timesTheHeadersFromSendOnByTheOutcome() {
		ManualClock clock = new ManualClock();
		SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
		ExchangeListener exchange = send(registry, "GET");
		clock.nanos += 7;
		exchange.headersReceived(200);
		clock.nanos += 1000;
		exchange.ending(new Result(XhrOutcome.TIMEOUT, 200, null, 0, 0));
		Timer timer = registry.get("xhr.time.to.headers").timer();
		assertThat(timer.count()).isOne();
		assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isEqualTo(7);
		assertThat(ObservedClient.tags(timer))
			.isEqualTo(Map.of("client", "orders", "method", "GET", "outcome", "timeout"));
	}

	@Test
	void timesNoHeadersWhereThereAreNone() throws Exception {
		try (DeadPort port = FaultServer.refusing()) {
			this.client.get(port.url("/"));
		}
		assertThat(this.client.meterNames()).doesNotContain("xhr.time.to.headers");
		assertThat(summary("xhr.response.size").count()).isZero();
	}

	@Test
	void summarizesTheBytesOfBothBodies() throws Exception {
		post(Faults.answer(Responses.ok("hello")), AS_IT_IS);
		assertSummary("xhr.request.size", 12);
		assertSummary("xhr.response.size", 5);
	}

	@Test
	void summarizesTheBytesOfATruncatedBody() throws Exception {
		post(Faults.truncated(), AS_IT_IS);
		assertSummary("xhr.response.size", 11);
	}

	@Test
	void methodsAreAClosedSet() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		for (String method : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "patch")) {
			send(registry, method);
		}
		for (int i = 0; i < 1000; i++) {
			send(registry, "M" + i);
		}
		assertThat(registry.find("xhr.request.size").summaries()).extracting((meter) -> meter.getId().getTag("method"))
			.containsExactlyInAnyOrder("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other");
	}

	@Test
	void aMeterHasTheSameTagKeysWhateverTheOutcome() throws Exception {
		post(Faults.answer(Responses.ok("hello")), AS_IT_IS);
		post(Faults.answer(Responses.response("404 Not Found", "no")), AS_IT_IS);
		post(Faults.truncated(), AS_IT_IS);
		post(Faults.stalled(), Faults::abortInBody);
		post(Faults.silent(), (request) -> request.setTimeout(200));
		Map<String, Set<Set<String>>> keys = new HashMap<>();
		for (Meter meter : this.client.meters().getMeters()) {
			keys.computeIfAbsent(meter.getId().getName(), (name) -> new HashSet<>())
				.add(ObservedClient.tags(meter).keySet());
		}
		assertThat(keys.values()).allSatisfy((sets) -> assertThat(sets).hasSize(1));
	}

	@Test
	void noOtherMeterAppears() throws Exception {
		post(Faults.answer(Responses.ok("hello")), AS_IT_IS);
		post(Faults.truncated(), AS_IT_IS);
		assertThat(this.client.meterNames()).containsExactly("xhr.cookies.evicted", "xhr.events", "xhr.failures",
				"xhr.pool.connections", "xhr.preflights", "xhr.redirects", "xhr.request.size", "xhr.requests",
				"xhr.requests.active", "xhr.response.size", "xhr.retries", "xhr.time.to.headers");
	}

	private Map<String, Integer> post(Script script, Consumer<XMLHttpRequest> preparation) throws Exception {
		try (FaultServer server = FaultServer.start(script)) {
			return post(server.url("/"), preparation);
		}
	}

	private Map<String, Integer> post(String url, Consumer<XMLHttpRequest> preparation) throws Exception {
		XMLHttpRequest request = this.client.create();
		Map<String, Integer> seen = ObservedClient.countSeenEvents(request);
		request.open("POST", url);
		preparation.accept(request);
		request.send("twelve bytes");
		this.client.awaitRecorded();
		return seen;
	}

	private ExchangeListener send(SimpleMeterRegistry registry, String method) {
		XhrListener listener = new XhrMetricsListenerFactory(registry).create("orders", this.client.create());
		ExchangeListener exchange = listener.sent(ObservedClient.sending(method, null, false));
		assertThat(exchange).isNotNull();
		return exchange;
	}

	private void assertSummary(String name, double bytes) {
		DistributionSummary summary = summary(name);
		assertThat(summary.count()).isOne();
		assertThat(summary.totalAmount()).isEqualTo(bytes);
		assertThat(summary.getId().getBaseUnit()).isEqualTo("bytes");
		assertThat(ObservedClient.tags(summary)).isEqualTo(Map.of("client", "test", "method", "POST"));
	}

	private DistributionSummary summary(String name) {
		return this.client.meters().get(name).summary();
	}

	private static final class ManualClock implements Clock {

		private long nanos;

		@Override
		public long wallTime() {
			return TimeUnit.NANOSECONDS.toMillis(this.nanos);
		}

		@Override
		public long monotonicTime() {
			return this.nanos;
		}

	}

}
