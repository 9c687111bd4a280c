package io.github.springxhr.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import io.github.springxhr.benchmarks.peer.Client;
import io.github.springxhr.benchmarks.peer.Operation;

/**
 * The process of a client: it does what the lines of its standard input say, and answers
 * each with a line.
 */
final class Worker {

	static final String RESULT = "result ";

	/**
	 * So many for each client, as the faster ones would be better compiled otherwise.
	 * With fewer, the compiler is still at work when there is measuring.
	 */
	private static final long WARM = 400_000;

	private Worker() {
	}

	/**
	 * Work until the standard input ends.
	 * @param args the client and the operation
	 * @throws IOException if the standard input fails
	 * @throws InterruptedException never
	 */
	public static void main(String[] args) throws IOException, InterruptedException {
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
		Load load = new Load(Client.valueOf(args[0]).create(), Operation.valueOf(args[1]));
		for (String line = input.readLine(); line != null; line = input.readLine()) {
			System.out.println(RESULT + measure(load, line.split(" ")).toLine());
		}
		// What is still in flight is not waited for
		Runtime.getRuntime().halt(0);
	}

	private static Measurement measure(Load load, String[] words) throws InterruptedException {
		String url = words[1];
		int count = Integer.parseInt(words[2]);
		long millis = Long.parseLong(words[3]);
		return switch (words[0]) {
			case "loop" -> load.loop(url, count, millis);
			case "warm" -> load.loop(url, count, millis, WARM);
			case "burst" -> load.burst(url, count);
			case "count" -> load.count(url, count);
			case "heap" -> load.heap(url, count, millis);
			default -> throw new IllegalArgumentException(words[0]);
		};
	}

}
