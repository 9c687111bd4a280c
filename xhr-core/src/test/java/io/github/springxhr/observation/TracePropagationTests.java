package io.github.springxhr.observation;

import java.util.List;
import java.util.function.UnaryOperator;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.junit.jupiter.api.Test;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is told of the trace: own origins are, others are not.
 */
class TracePropagationTests {

	private final SimpleTracer tracer = new SimpleTracer();

	@Test
	void theServerIsToldOfTheTrace() throws Exception {
		try (FaultServer server = FaultServer.start(Faults.answer(Responses.ok("hello")));
				XhrFactory factory = traced((builder) -> builder)) {
			get(factory, server.url("/"));
			String spanId = this.tracer.getSpans()
				.stream()
				.filter((span) -> span.getName().equals("http get"))
				.findFirst()
				.orElseThrow()
				.context()
				.spanId();
			assertThat(server.awaitRequest(0).header("traceparent")).isEqualTo(spanId);
		}
	}

	@Test
	void anOriginOfItsOwnNeedsNoPreflightForIt() throws Exception {
		try (FaultServer server = FaultServer.start(Faults.answer(Responses.ok("hello")))) {
			String url = server.url("/");
			try (XhrFactory factory = traced(
					(builder) -> builder.baseUrl(url).origin(url.substring(0, url.length() - 1)))) {
				get(factory, url);
				assertThat(server.requestCount()).isOne();
				assertThat(server.awaitRequest(0).header("traceparent")).isNotNull();
			}
		}
	}

	@Test
	void anotherOriginIsNotToldAndNeedsNoPreflight() throws Exception {
		try (FaultServer server = FaultServer
			.start(Faults.answer(Responses.ok("hello", "Access-Control-Allow-Origin: *")));
				XhrFactory factory = traced((builder) -> builder.origin("https://page.example"))) {
			get(factory, server.url("/"));
			assertThat(server.requestCount()).isOne();
			assertThat(server.awaitRequest(0).header("traceparent")).isNull();
		}
	}

	@Test
	void anotherOriginThatARedirectLeadsToIsNotTold() throws Exception {
		try (FaultServer other = FaultServer.start(Faults.answer(Responses.ok("hello")));
				FaultServer server = FaultServer.start(Faults.answer(Responses.redirect("302 Found", other.url("/"))));
				XhrFactory factory = traced((builder) -> builder)) {
			get(factory, server.url("/"));
			RecordedRequest first = server.awaitRequest(0);
			assertThat(first.header("traceparent")).isNotNull();
			assertThat(other.awaitRequest(0).header("traceparent")).isNull();
		}
	}

	private XhrFactory traced(UnaryOperator<XhrFactoryBuilder> settings) {
		ObservationRegistry registry = ObservationRegistry.create();
		registry.observationConfig()
			.observationHandler(
					new io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler(
							new PropagatingSenderTracingObservationHandler<>(this.tracer, new SpanIds()),
							new DefaultTracingObservationHandler(this.tracer)));
		return settings.apply(XhrFactory.builder(WebClient.builder().observationRegistry(registry)))
			.listener(new XhrObservationListenerFactory(registry, null))
			.build();
	}

	private static void get(XhrFactory factory, String url) {
		XMLHttpRequest request = factory.create();
		request.open("GET", url, false);
		request.send();
		assertThat(request.getStatus()).isEqualTo(200);
	}

	/**
	 * Tells of the span in a header of its own.
	 */
	private final class SpanIds implements Propagator {

		@Override
		public List<String> fields() {
			return List.of("traceparent");
		}

		@Override
		public <C> void inject(TraceContext context, C carrier, Setter<C> setter) {
			setter.set(carrier, "traceparent", context.spanId());
		}

		@Override
		public <C> Span.Builder extract(C carrier, Getter<C> getter) {
			return TracePropagationTests.this.tracer.spanBuilder();
		}

	}

}
