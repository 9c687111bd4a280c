package io.github.springxhr.benchmarks;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.springxhr.benchmarks.peer.Client;
import io.github.springxhr.benchmarks.peer.Operation;
import io.github.springxhr.benchmarks.peer.Peer;
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

/**
 * GET of 1 KiB, one after the other: a request with all its events listened to, beside
 * other clients. Run with {@code -prof gc}, the column to look at is
 * {@code gc.alloc.rate.norm}: bytes per request.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 5)
@Measurement(iterations = 3, time = 3)
@Fork(1)
public class GetBenchmark {

	/** Who sends. */
	@Param({ "WEB_CLIENT", "XHR", "XHR_DIRECT", "REACTOR_NETTY", "APACHE", "OK_HTTP", "JDK", "REST_CLIENT",
			"HTML_UNIT" })
	public Client client;

	private BenchmarkServer server;

	private Peer peer;

	private String url;

	/**
	 * Start the server and the client.
	 * @throws IOException if the server does not start
	 */
	@Setup
	public void start() throws IOException {
		this.server = BenchmarkServer.start();
		this.url = this.server.url();
		this.peer = this.client.create();
	}

	/**
	 * Stop them.
	 */
	@TearDown
	public void stop() {
		this.peer.close();
		this.server.close();
	}

	/**
	 * A request.
	 * @return how many characters there are in the body
	 */
	@Benchmark
	public long get() {
		Ended ended = new Ended();
		this.peer.start(Operation.TEXT, this.url, ended);
		return ended.join();
	}

	private static final class Ended extends CompletableFuture<Long> implements Peer.Completion {

		@Override
		public void completed(long size) {
			complete(size);
		}

		@Override
		public void failed(Throwable cause) {
			completeExceptionally(cause);
		}

	}

}
