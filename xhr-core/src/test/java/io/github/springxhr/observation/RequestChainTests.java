package io.github.springxhr.observation;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationView;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.awaitility.Awaitility.await;

/**
 * Requests that send one another from their listeners, as one that polls does, are not
 * nested without end and do not keep one another alive.
 */
class RequestChainTests {

	private static final int ROUNDS = 60;

	private final ObservationRegistry registry = ObservationRegistry.create();

	private final List<WeakReference<Observation.Context>> started = new CopyOnWriteArrayList<>();

	private final AtomicInteger deepest = new AtomicInteger();

	private final CountDownLatch done = new CountDownLatch(1);

	private final FaultServer server = FaultServer
		.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello"))));

	private XhrFactory factory;

	@AfterEach
	void close() {
		this.factory.close();
		this.server.close();
	}

	@Test
	void aRequestThatSendsItselfAgainIsNoChildOfItself() throws Exception {
		SimpleTracer tracer = new SimpleTracer();
		this.registry.observationConfig().observationHandler(new DefaultTracingObservationHandler(tracer));
		create();
		Observation caller = Observation.start("caller", this.registry);
		poll(caller, false);
		caller.stop();
		assertThat(this.deepest).hasValue(1);
		SimpleSpan parent = tracer.getSpans().element();
		// a span has its name from its end, and the last one may still be about to end
		await().untilAsserted(() -> assertThat(tracer.getSpans()).filteredOn((span) -> "GET".equals(span.getName()))
			.hasSize(ROUNDS)
			.allMatch((span) -> parent.context().spanId().equals(span.context().parentId())));
	}

	@Test
	void theFirstOfManyRequestsOfOneObjectIsForgotten() throws Exception {
		create();
		poll(null, false);
		assertThat(this.deepest).hasValue(0);
		awaitCollected();
	}

	@Test
	void theFirstOfManyObjectsIsForgotten() throws Exception {
		create();
		poll(null, true);
		assertThat(this.deepest).hasValueBetween(1, ROUNDS / 4);
		awaitCollected();
	}

	private void create() {
		this.registry.observationConfig().observationHandler(new ObservationHandler<Observation.Context>() {

			@Override
			public void onStart(Observation.Context context) {
				int depth = 0;
				ObservationView ancestor = context.getParentObservation();
				while (ancestor != null) {
					depth++;
					ancestor = ancestor.getContextView().getParentObservation();
				}
				RequestChainTests.this.deepest.accumulateAndGet(depth, Math::max);
				RequestChainTests.this.started.add(new WeakReference<>(context));
			}

			@Override
			public boolean supportsContext(Observation.Context context) {
				return true;
			}

		});
		this.factory = XhrFactory.builder(WebClient.builder())
			.listener(new XhrObservationListenerFactory(this.registry, null))
			.build();
	}

	private void poll(@Nullable Observation caller, boolean anew) throws InterruptedException {
		if (caller != null) {
			caller.scoped(() -> send(this.factory.create(), ROUNDS, anew));
		}
		else {
			send(this.factory.create(), ROUNDS, anew);
		}
		assertThat(this.done.await(20, TimeUnit.SECONDS)).isTrue();
	}

	private void send(XMLHttpRequest request, int rounds, boolean anew) {
		request.setOnloadend((event) -> {
			if (rounds > 1) {
				send(anew ? this.factory.create() : request, rounds - 1, anew);
			}
			else {
				this.done.countDown();
			}
		});
		request.open("GET", this.server.url("/"));
		request.send();
	}

	private void awaitCollected() {
		await().until(() -> {
			System.gc();
			return this.started.get(0).get() == null;
		});
	}

}
