package io.github.springxhr.benchmarks.load;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.github.springxhr.benchmarks.peer.Client;
import io.github.springxhr.benchmarks.startup.StartupBenchmark;
import io.github.springxhr.benchmarks.startup.StartupBenchmark.Kind;

/**
 * The results of all scenarios.
 */
final class Results {

	private final String subject;

	private final Map<Scenario, List<Result>> results = new TreeMap<>(
			Comparator.comparingInt(Scenarios.all()::indexOf));

	private final Map<Scenario, String> measured = new HashMap<>();

	private Map<Kind, List<Double>> startup = Map.of();

	private String measuredStarts = "";

	/**
	 * Create results without any.
	 * @param subject what is measured: the machine and the versions
	 */
	Results(String subject) {
		this.subject = subject;
	}

	String subject() {
		return this.subject;
	}

	/**
	 * Add those of a scenario, or replace them.
	 * @param measured when, and what else went on
	 */
	void add(Scenario scenario, List<Result> clients, String measured) {
		this.results.put(scenario, clients);
		this.measured.put(scenario, measured);
	}

	/** When a scenario was measured, and what else went on. */
	String measured(Scenario scenario) {
		return this.measured.getOrDefault(scenario, "");
	}

	void startup(Map<Kind, List<Double>> millis, String measured) {
		this.startup = millis;
		this.measuredStarts = measured;
	}

	Map<Kind, List<Double>> starts() {
		return this.startup;
	}

	String measuredStarts() {
		return this.measuredStarts;
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
