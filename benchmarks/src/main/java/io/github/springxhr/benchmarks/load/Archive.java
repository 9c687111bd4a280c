package io.github.springxhr.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import io.github.springxhr.benchmarks.peer.Client;
import io.github.springxhr.benchmarks.startup.StartupBenchmark.Kind;

/**
 * Results in a file beside the page, so that scenarios can be measured one by one: a
 * comparison takes an hour, which a machine may not have to spare at one time. A line is
 * that of a client in a scenario, or of a kind of start, its parts separated by tabs.
 */
final class Archive {

	private static final String TAB = "\t";

	private static final String START_UP = "start-up";

	private Archive() {
	}

	static void write(Path file, Results results) throws IOException {
		List<String> lines = new ArrayList<>();
		lines.add(results.subject());
		for (Map.Entry<Scenario, List<Result>> entry : results.all().entrySet()) {
			Scenario scenario = entry.getKey();
			for (Result result : entry.getValue()) {
				lines.add(String.join(TAB, scenario.name(), results.measured(scenario), result.client().name(),
						Long.toString(result.heap()),
						result.rounds().stream().map(Measurement::toLine).collect(Collectors.joining(","))));
			}
		}
		results.starts()
			.forEach((kind, millis) -> lines.add(String.join(TAB, START_UP, results.measuredStarts(), kind.name(),
					millis.stream().map(String::valueOf).collect(Collectors.joining(",")))));
		Files.write(file, lines);
	}

	/**
	 * Read results.
	 * @param subject what is measured: the machine and the versions
	 * @throws IllegalStateException if the file has results of something else, which are
	 * not to be mixed with these, nor to be lost
	 */
	static Results read(Path file, String subject) throws IOException {
		Results results = new Results(subject);
		List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
		if (lines.isEmpty()) {
			return results;
		}
		if (!lines.get(0).equals(subject)) {
			throw new IllegalStateException("The results in " + file + " are those of another machine or of other "
					+ "versions. Choose another directory, or remove the file. Is: " + subject + " Was: "
					+ lines.get(0));
		}
		Map<String, List<String[]>> scenarios = new LinkedHashMap<>();
		lines.stream()
			.skip(1)
			.map((line) -> line.split(TAB))
			.forEach((line) -> scenarios.computeIfAbsent(line[0], (name) -> new ArrayList<>()).add(line));
		for (Scenario scenario : Scenarios.all()) {
			List<String[]> clients = scenarios.get(scenario.name());
			if (clients != null) {
				results.add(scenario, results(clients), clients.get(0)[1]);
			}
		}
		addStarts(results, scenarios.getOrDefault(START_UP, List.of()));
		return results;
	}

	/**
	 * The first client is the base; the rounds of others may be fewer, and are its first.
	 */
	private static List<Result> results(List<String[]> clients) {
		List<Measurement> base = rounds(clients.get(0));
		return clients.stream().map((client) -> {
			List<Measurement> rounds = rounds(client);
			return new Result(Client.valueOf(client[2]), rounds, base.subList(0, rounds.size()),
					Long.parseLong(client[3]));
		}).toList();
	}

	private static List<Measurement> rounds(String[] client) {
		return Arrays.stream(client[4].split(",")).map(Measurement::parse).toList();
	}

	private static void addStarts(Results results, List<String[]> kinds) {
		Map<Kind, List<Double>> millis = new EnumMap<>(Kind.class);
		kinds.forEach((kind) -> millis.put(Kind.valueOf(kind[2]),
				Arrays.stream(kind[3].split(",")).map(Double::valueOf).toList()));
		if (!millis.isEmpty()) {
			results.startup(millis, Objects.requireNonNull(kinds.get(0)[1]));
		}
	}

}
