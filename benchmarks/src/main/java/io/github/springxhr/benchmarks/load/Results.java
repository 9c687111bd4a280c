package io.github.springxhr.benchmarks.load;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.github.springxhr.benchmarks.peer.Client;
import io.github.springxhr.benchmarks.startup.StartupBenchmark;
import io.github.springxhr.benchmarks.startup.StartupBenchmark.Kind;

/**
 * The results of all scenarios.
 */
final class Results {

	private final Map<Scenario, List<Result>> results = new LinkedHashMap<>();

	private final Map<Scenario, Double> loads = new HashMap<>();

	private Map<Kind, List<Double>> startup = Map.of();

	void add(Scenario scenario, List<Result> clients, double load) {
		this.results.put(scenario, clients);
		this.loads.put(scenario, load);
	}

	/** The load average of the machine at the end of a scenario. */
	double load(Scenario scenario) {
		return this.loads.getOrDefault(scenario, Double.NaN);
	}

	void startup(Map<Kind, List<Double>> millis) {
		this.startup = millis;
	}

	/** How long the application takes to start without the starter, in milliseconds. */
	Optional<Spread> startup() {
		return Optional.ofNullable(this.startup.get(Kind.WITHOUT)).map(Spread::of);
	}

	/** How many milliseconds the starter adds to that. */
	Optional<Spread> startup(Kind kind) {
		return this.startup.isEmpty() ? Optional.empty()
				: Optional.of(Spread.of(StartupBenchmark.differences(this.startup, kind)));
	}

	Map<Scenario, List<Result>> all() {
		return this.results;
	}

	/** The scenario whose name begins so, if it has been run. */
	List<Result> of(String scenario) {
		return this.results.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().name().startsWith(scenario))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(List.of());
	}

	/** What a client has done in it, if it has been run. */
	Optional<Result> of(String scenario, Client client) {
		return of(scenario).stream().filter((result) -> result.client() == client).findFirst();
	}

}
