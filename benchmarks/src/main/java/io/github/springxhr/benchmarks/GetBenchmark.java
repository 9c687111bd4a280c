package io.github.springxhr.benchmarks;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrFactoryBuilder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * GET of 1 KiB, one after the other: a request with all its events listened to, beside
 * plain WebClient. Run with {@code -prof gc}, the column to look at is
 * {@code gc.alloc.rate.norm}: bytes per request.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class GetBenchmark {

	private static final String[] EVENTS = { "readystatechange", "loadstart", "progress", "abort", "error", "load",
			"timeout", "loadend" };

	private BenchmarkServer server;

	private WebClient webClient;

	private XhrFactory worker;

	private XhrFactory direct;

	private String url;

	/**
	 * Start the server and the clients.
	 * @throws IOException if the server does not start
	 */
	@Setup
	public void start() throws IOException {
		this.server = BenchmarkServer.start();
		this.url = this.server.url();
		this.webClient = WebClient.create();
		this.worker = builder().build();
		this.direct = builder().directEvents().build();
	}

	private XhrFactoryBuilder builder() {
		return XhrFactory.builder(WebClient.builder());
	}

	/**
	 * Stop them.
	 */
	@TearDown
	public void stop() {
		this.worker.close();
		this.direct.close();
		this.server.close();
	}

	/**
	 * Plain WebClient.
	 * @return the body
	 */
	@Benchmark
	public String webClient() {
		return this.webClient.get().uri(this.url).retrieve().bodyToMono(String.class).block();
	}

	/**
	 * A request whose events are fired by the worker threads.
	 * @return the body
	 */
	@Benchmark
	public String xhrWorker() {
		return exchange(this.worker);
	}

	/**
	 * A request whose events are fired by the I/O threads.
	 * @return the body
	 */
	@Benchmark
	public String xhrDirect() {
		return exchange(this.direct);
	}

	private String exchange(XhrFactory factory) {
		XMLHttpRequest xhr = factory.create();
		CompletableFuture<String> done = new CompletableFuture<>();
		for (String event : EVENTS) {
			xhr.addEventListener(event, (fired) -> {
			});
		}
		xhr.setOnloadend((event) -> done.complete(xhr.getResponseText()));
		xhr.open("GET", this.url);
		xhr.send();
		return done.join();
	}

}
