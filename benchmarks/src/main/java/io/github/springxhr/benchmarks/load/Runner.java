package io.github.springxhr.benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.springxhr.benchmarks.BenchmarkServer;
import io.github.springxhr.benchmarks.peer.Client;

/**
 * Runs a scenario: all clients are there from the beginning, each in a process of its
 * own; one at a time does something. Rounds go through them forwards and backwards in
 * turn, so that what changes on the machine meets all of them.
 */
final class Runner {

	/** What is in flight has been sent by then. */
	private static final int HEAP_MILLIS = 5000;

	private final Pace pace;

	private final Path files;

	Runner(Pace pace, Path files) {
		this.pace = pace;
		this.files = files;
	}

	List<Result> run(Scenario scenario) throws IOException {
		List<Result> results = run(scenario, scenario.clients());
		for (int fork = 1; fork < this.pace.forks() && !scenario.comparedAgain().isEmpty(); fork++) {
			for (Result again : run(scenario, scenario.comparedAgain())) {
				results = results.stream()
					.map((result) -> (result.client() == again.client()) ? result.and(again) : result)
					.toList();
			}
		}
		return results;
	}

	private List<Result> run(Scenario scenario, List<Client> clients) throws IOException {
		List<Contestant> contestants = new ArrayList<>();
		try {
			for (Client client : clients) {
				if (client.isSupported()) {
					contestants.add(new Contestant(client, scenario));
				}
			}
			for (Contestant contestant : contestants) {
				contestant.warmUp();
			}
			int rounds = scenario.isLoop() ? this.pace.rounds() : this.pace.bursts();
			for (int round = 0; round < rounds; round++) {
				play(contestants, round % 2 == 1);
			}
			for (Contestant contestant : contestants) {
				contestant.measureHeap();
			}
		}
		finally {
			contestants.forEach(Contestant::close);
		}
		List<Measurement> base = contestants.get(0).rounds;
		return contestants.stream()
			.map((contestant) -> new Result(contestant.client, contestant.rounds, base, contestant.heap))
			.toList();
	}

	private static void play(List<Contestant> contestants, boolean backwards) throws IOException {
		for (int i = 0; i < contestants.size(); i++) {
			contestants.get(backwards ? contestants.size() - 1 - i : i).play();
		}
	}

	/** A client and a server of its own, as there are only so many ports to one. */
	private final class Contestant {

		private final Client client;

		private final Scenario scenario;

		private final BenchmarkServer server;

		private final WorkerProcess process;

		private final List<Measurement> rounds = new ArrayList<>();

		private long heap;

		Contestant(Client client, Scenario scenario) throws IOException {
			this.client = client;
			this.scenario = scenario;
			this.server = BenchmarkServer.start();
			this.process = new WorkerProcess(client, scenario.operation(), Runner.this.files, scenario.options());
		}

		void warmUp() throws IOException {
			if (this.scenario.isLoop()) {
				run("warm", Runner.this.pace.warmupMillis());
			}
			else {
				int bursts = Runner.this.pace.warmupBursts(this.scenario.count());
				long end = System.nanoTime() + Runner.this.pace.warmupMillis(this.scenario.count()) * 1_000_000L;
				for (int i = 0; i < bursts && System.nanoTime() - end < 0; i++) {
					run(this.scenario.verb(), 0);
				}
			}
		}

		void play() throws IOException {
			this.rounds.add(run(this.scenario.verb(), Runner.this.pace.millis()));
		}

		private Measurement run(String verb, int millis) throws IOException {
			Measurement measured = this.process.measure(String.join(" ", verb, this.server.url() + this.scenario.path(),
					Integer.toString(this.scenario.count()), Integer.toString(millis)));
			this.scenario.check(this.client, measured);
			return measured;
		}

		void measureHeap() throws IOException {
			if (!this.scenario.heap().isEmpty()) {
				this.heap = this.process
					.measure("heap " + this.server.url() + this.scenario.heap() + " " + this.scenario.count() + " "
							+ HEAP_MILLIS)
					.heap();
			}
		}

		void close() {
			this.process.close();
			this.server.close();
		}

	}

}
