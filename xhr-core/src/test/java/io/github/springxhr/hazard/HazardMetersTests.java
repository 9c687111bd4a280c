package io.github.springxhr.hazard;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.observation.DefaultXhrObservationConvention;
import io.github.springxhr.observation.XhrMeterFilter;
import io.github.springxhr.observation.XhrMetricsListenerFactory;
import io.github.springxhr.observation.XhrObservationListenerFactory;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.util.UriComponentsBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever callers ask for and servers answer, a client has 200 meters at most, and no
 * tag tells what was in a URL.
 */
class HazardMetersTests {

	private static final int REQUESTS = 700;

	@ParameterizedTest
	@ValueSource(strings = { "paths", "queries", "hosts", "methods", "statuses", "templates", "redirects", "reasons",
			"methods and statuses" })
	void metersAreBounded(String what) throws InterruptedException {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		meters.config().meterFilter(new XhrMeterFilter(20));
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
		AtomicInteger status = new AtomicInteger(200);
		try (FaultServer server = FaultServer.start(Script.keepAlive((connection) -> {
			boolean redirect = connection.readRequest().request().target().startsWith("/redirect");
			int next = status.get();
			connection.send(redirect ? Responses.redirect("302 x", "/canary" + next)
					: Responses.response(next + " canary" + next, ""));
		}));
				Victim victim = Victim.with(WebClient.builder().filter(leadingTo("127.0.0.1")), (builder) -> builder
					.listener(new XhrMetricsListenerFactory(meters))
					.listener(
							new XhrObservationListenerFactory(observations, new DefaultXhrObservationConvention())))) {
			for (int i = 0; i < REQUESTS; i++) {
				status.set((what.contains("statuses")) ? 205 + i % 700 : 200);
				request(what, i, server, victim);
			}
			assertThat(server.requestCount()).as("all have come").isGreaterThanOrEqualTo(REQUESTS);
		}
		assertThat(meters.get("xhr.requests").timers().stream().mapToLong(Timer::count).sum()).isPositive();
		assertThat(meters.getMeters()).hasSizeBetween(2, 200);
		assertThat(meters.getMeters()).flatExtracting((meter) -> meter.getId().getTags())
			.noneMatch((tag) -> tag.getValue().contains("canary"));
	}

	/** So that names which nobody has looked up are connected to. */
	private static ExchangeFilterFunction leadingTo(String address) {
		return (request,
				next) -> next.exchange(ClientRequest.from(request)
					.url(UriComponentsBuilder.fromUri(request.url()).host(address).build(true).toUri())
					.build());
	}

	private static void request(String what, int i, FaultServer server, Victim victim) throws InterruptedException {
		switch (what) {
			case "paths" -> victim.get(server.url("/canary" + i));
			case "queries" -> victim.get(server.url("/?canary=" + i));
			case "hosts" -> victim.get(server.url("canary" + i + ".test", "/"));
			case "methods" -> victim.send("canary" + i, server.url("/"), XMLHttpRequest::send);
			case "methods and statuses" ->
				victim.send((i % 2 == 0) ? "PUT" : "canary" + i, server.url("/"), XMLHttpRequest::send);
			case "templates" -> victim.send("GET", server.url("/"), (xhr) -> {
				xhr.open(HttpMethod.GET, server.url("/") + i + "/{x}", "canary" + i);
				xhr.send();
			});
			case "redirects" -> victim.get(server.url("/redirect" + i));
			default -> victim.get(server.url("/"));
		}
	}

}
