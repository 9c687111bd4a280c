package io.github.springxhr.benchmarks;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.observation.XhrMetricsListenerFactory;
import io.github.springxhr.observation.XhrObservationListenerFactory;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * What meters and observations cost a GET of 1 KiB. Run with {@code -prof gc}, the column
 * to look at is {@code gc.alloc.rate.norm}: bytes per request.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class ObservationBenchmark {

	/** What there is. */
	@Param
	public Family family;

	private BenchmarkServer server;

	private XhrFactory factory;

	private String url;

	/**
	 * Start the server and the client.
	 * @throws IOException if the server does not start
	 */
	@Setup
	public void start() throws IOException {
		this.server = BenchmarkServer.start();
		this.url = this.server.url();
		this.factory = this.family.addTo(XhrFactory.builder(WebClient.builder())).build();
	}

	/**
	 * Stop them.
	 */
	@TearDown
	public void stop() {
		this.factory.close();
		this.server.close();
	}

	/**
	 * A request.
	 * @return the body
	 */
	@Benchmark
	public String get() {
		XMLHttpRequest xhr = this.factory.create();
		CompletableFuture<String> done = new CompletableFuture<>();
		xhr.setOnloadend((event) -> done.complete(xhr.getResponseText()));
		xhr.open("GET", this.url);
		xhr.send();
		return done.join();
	}

	/**
	 * What there is of Micrometer.
	 */
	public enum Family {

		/**
		 * No listener, as without Micrometer and with {@code xhr.metrics.enabled=false}.
		 */
		ABSENT,

		/**
		 * Listeners whose meters and observation are denied, as with
		 * {@code management.metrics.enable.xhr=false} and
		 * {@code management.observations.enable.xhr=false}.
		 */
		DENIED,

		/** All meters but the phases, and the observation; no tracing. */
		ON;

		XhrFactoryBuilder addTo(XhrFactoryBuilder builder) {
			if (this == ABSENT) {
				return builder;
			}
			SimpleMeterRegistry meters = new SimpleMeterRegistry();
			ObservationRegistry observations = ObservationRegistry.create();
			observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(meters));
			if (this == DENIED) {
				meters.config().meterFilter(MeterFilter.denyNameStartsWith("xhr"));
				observations.observationConfig().observationPredicate((name, context) -> !name.startsWith("xhr"));
			}
			return builder.listener(new XhrMetricsListenerFactory(meters))
				.listener(new XhrObservationListenerFactory(observations, null));
		}

	}

}
