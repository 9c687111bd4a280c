package io.github.springxhr.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.springxhr.benchmarks.BenchmarkServer;
import io.github.springxhr.benchmarks.peer.Client;
import io.github.springxhr.benchmarks.peer.Operation;

/**
 * Counts the bytes that a GET of 1 KiB allocates, one after the other, all events
 * listened to, with the default event execution. What is printed is the median of several
 * batches after a warm-up. It wants a JVM of its own, without agents.
 */
public final class AllocationProbe {

	private static final int WARMUP = 4000;

	private static final int BATCHES = 7;

	private static final int BATCH = 500;

	private AllocationProbe() {
	}

	/**
	 * Print the bytes per request.
	 * @param args the name of a {@link Client}, {@code XHR} unless given
	 * @throws IOException if the server does not start
	 * @throws InterruptedException never
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		Client client = (args.length > 0) ? Client.valueOf(args[0]) : Client.XHR;
		List<Double> batches = new ArrayList<>();
		try (BenchmarkServer server = BenchmarkServer.start(); Load load = new Load(client.create(), Operation.TEXT)) {
			count(load, server.url(), WARMUP);
			for (int batch = 0; batch < BATCHES; batch++) {
				batches.add(count(load, server.url(), BATCH).bytes());
			}
		}
		System.out.printf(Locale.ROOT, "%s%.0f%n", Worker.RESULT, Spread.of(batches).median());
	}

	private static Measurement count(Load load, String url, int requests) throws InterruptedException {
		Measurement measurement = load.count(url, requests);
		if (measurement.failed() > 0 || measurement.size() != 1024L * requests) {
			throw new IllegalStateException("Not all requests have succeeded: " + measurement);
		}
		return measurement;
	}

}
