package io.github.springxhr.observation;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fetch.NetworkExchange;
import io.github.springxhr.fetch.NetworkHandler;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.fetch.NetworkTransport;
import io.github.springxhr.http.HeaderList;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link XhrMeterFilter}: no flood of meters, whatever is sent and answered.
 */
class XhrMeterFilterTests {

	private static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final ObservationRegistry observations = ObservationRegistry.create();

	private final Answers answers = new Answers();

	private XhrFactory factory;

	@BeforeEach
	void create() {
		this.meters.config().meterFilter(new XhrMeterFilter(10));
		this.observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(this.meters));
		this.factory = XhrFactory.builder(WebClient.builder())
			.transport(this.answers)
			.eventExecutor(Runnable::run)
			.listener(new XhrMetricsListenerFactory(this.meters, true))
			.listener(new XhrObservationListenerFactory(this.observations, null))
			.build();
	}

	@AfterEach
	void close() {
		this.factory.close();
	}

	@Test
	void aHundredThousandDistinctRequestsMakeAtMost200Meters() {
		for (int i = 0; i < 100_000; i++) {
			this.answers.status = 200 + i % 700;
			// each status with each method
			int turn = (i / 700) % (METHODS.size() + 1);
			String method = (turn < METHODS.size()) ? METHODS.get(turn) : "M" + i;
			XMLHttpRequest request = this.factory.create();
			request.open(method, "http://h" + i + ".example/path/" + i, false);
			request.send();
		}
		assertThat(this.meters.getMeters()).hasSizeBetween(50, 200);
		assertThat(this.meters.find("xhr.requests").timers().stream().mapToLong(Timer::count).sum()).isEqualTo(100_000);
		assertThat(values("method")).isSubsetOf("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other");
	}

	@Test
	void whatIsOneTooManyIsOtherAndKeepsItsOutcome() {
		for (int status = 200; status < 600; status++) {
			get(status, "/orders/{id}");
		}
		get(511, "/orders/{id}");
		assertThat(this.meters.get("xhr.requests")
			.tags("method", "other", "status", "other", "outcome", "server_error")
			.timer()
			.count()).isPositive();
		get(511, "/invoices/{id}");
		assertThat(this.meters.get("xhr.requests").tags("uri", "/invoices/{id}", "status", "511").timer().count())
			.isOne();
	}

	@Test
	void templatesAreLimited() {
		for (int i = 0; i < 100; i++) {
			get(200, "/orders/" + i + "/{id}");
		}
		assertThat(values("uri")).hasSize(10);
		assertThat(this.meters.find("xhr.requests.active").longTaskTimers()).hasSize(10);
	}

	@Test
	void anObservationOfAnotherNameIsLimitedToo() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		registry.config().meterFilter(new XhrMeterFilter(2, () -> "outbound"));
		for (int i = 0; i < 100; i++) {
			registry.timer("outbound", "client", "c", "uri", "/" + i, "method", "GET", "status", "200");
			registry.timer("outbound", "client", "c", "uri", "/0", "method", "GET", "status", "" + i);
			registry.timer("outbound.active", "client", "c", "uri", "/" + i);
			registry.timer("http.server.requests", "uri", "/" + i);
		}
		assertThat(registry.find("outbound").timers()).hasSizeBetween(40, 43);
		assertThat(registry.find("outbound.active").timers()).hasSize(2);
		assertThat(registry.find("http.server.requests").timers()).hasSize(100);
	}

	@Test
	void whatIsDeniedIsNotKeptInMind() {
		XhrMeterFilter filter = new XhrMeterFilter(1);
		this.meters.config().meterFilter(filter);
		for (int i = 0; i < 1000; i++) {
			this.meters.timer("xhr.requests", "client", "c", "uri", "/" + i, "method", "GET", "status", "200");
		}
		assertThat(filter).extracting("pairs", InstanceOfAssertFactories.MAP).hasSize(1);
	}

	private void get(int status, String template) {
		this.answers.status = status;
		XMLHttpRequest request = this.factory.create();
		request.open(HttpMethod.GET, "http://h.example" + template, 1);
		request.send();
	}

	private Set<String> values(String tag) {
		return this.meters.find("xhr.requests")
			.timers()
			.stream()
			.map((Meter meter) -> meter.getId().getTag(tag))
			.collect(Collectors.toSet());
	}

	/**
	 * Answers at once, without a body.
	 */
	private static final class Answers implements NetworkTransport {

		private int status;

		@Override
		public NetworkExchange start(NetworkRequest request, NetworkHandler handler) {
			handler.responseHead(this.status, "", new HeaderList());
			handler.bodyEnd();
			return new NetworkExchange() {

				@Override
				public void request(long chunks) {
					// there is no body
				}

				@Override
				public void cancel() {
					// it is over
				}

			};
		}

		@Override
		public void close() {
			// there is nothing to close
		}

	}

}
