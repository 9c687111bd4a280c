package io.github.springxhr.benchmarks.load;

import java.util.List;

import io.github.springxhr.benchmarks.peer.Client;
import io.github.springxhr.benchmarks.peer.Operation;
import io.github.springxhr.benchmarks.peer.Order;
import io.github.springxhr.benchmarks.peer.TestFiles;

/**
 * What is compared: the first of the clients is what the others are measured by.
 *
 * @param name what it is called
 * @param operation what each request does
 * @param path where, below the server's address
 * @param verb {@code loop}, for as long as a round takes, or {@code burst}
 * @param count how many requests are in flight, or sent at once
 * @param options those of the clients' JVM
 * @param heap the path with which the live heap is asked for in the end, or an empty
 * string
 * @param clients who is compared
 */
record Scenario(String name, Operation operation, String path, String verb, int count, List<String> options,
		String heap, List<Client> clients) {

	static Scenario loop(String name, Operation operation, String path, int inFlight, Client... clients) {
		return new Scenario(name, operation, path, "loop", inFlight, heap("512m"), "", List.of(clients));
	}

	static Scenario transfer(String name, Operation operation, String path, String maxHeap, Client... clients) {
		return new Scenario(name, operation, path, "burst", 1, heap(maxHeap), "", List.of(clients));
	}

	static Scenario atOnce(String name, int count, Client... clients) {
		return new Scenario(name, Operation.TEXT, "slow/100", "burst", count, heap("1g"), "slow/8000",
				List.of(clients));
	}

	/** Of a fixed size: how a collector lets a heap grow is not what is compared. */
	private static List<String> heap(String size) {
		return List.of("-Xms" + size, "-Xmx" + size);
	}

	boolean isLoop() {
		return this.verb.equals("loop");
	}

	/**
	 * Return whom to compare again in new processes: this library with WebClient, but not
	 * where requests wait, for each other, in a queue, or for a disk.
	 */
	List<Client> comparedAgain() {
		boolean waits = (isLoop() && this.count == 1) || base() == Client.WEB_CLIENT_QUEUED
				|| this.operation == Operation.BLOB;
		return waits ? List.of()
				: this.clients.stream().filter((client) -> client == base() || client.isXhr()).toList();
	}

	/**
	 * Make sure that everything has arrived.
	 * @throws IllegalStateException if results had another size than they should
	 */
	void check(Client client, Measurement measured) {
		long expected = measured.requests() * size();
		// a form has boundaries and headers of its parts besides
		if ((this.operation == Operation.MULTIPART) ? measured.size() < expected : measured.size() != expected) {
			throw new IllegalStateException(client + " in " + this.name + ": " + measured.requests()
					+ " results have a size of " + measured.size() + " in all, and not " + expected);
		}
	}

	private long size() {
		return switch (this.operation) {
			case JSON -> Order.SAMPLE;
			case UPLOAD -> TestFiles.LARGE;
			case MULTIPART -> (long) TestFiles.COUNT * TestFiles.SMALL;
			default -> this.path.startsWith("bytes/") ? Long.parseLong(this.path.substring("bytes/".length())) : 1024;
		};
	}

	Client base() {
		return this.clients.get(0);
	}

}
