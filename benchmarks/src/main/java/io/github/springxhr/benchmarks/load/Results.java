package io.github.springxhr.benchmarks.load;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.springxhr.benchmarks.peer.Client;

/**
 * The results of all scenarios.
 */
final class Results {

	private final Map<Scenario, List<Result>> results = new LinkedHashMap<>();

	private Spread startup = Spread.of(0);

	void add(Scenario scenario, List<Result> clients) {
		this.results.put(scenario, new ArrayList<>(clients));
	}

	void startup(Spread millis) {
		this.startup = millis;
	}

	/** How many milliseconds the starter adds to the start of an application. */
	Spread startup() {
		return this.startup;
	}

	Map<Scenario, List<Result>> all() {
		return this.results;
	}

	List<Result> of(String scenario) {
		return this.results.entrySet()
			.stream()
			.filter((entry) -> entry.getKey().name().startsWith(scenario))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(scenario));
	}

	Result of(String scenario, Client client) {
		return of(scenario).stream().filter((result) -> result.client() == client).findFirst().orElseThrow();
	}

}
