package io.github.springxhr.benchmarks.load;

import java.util.List;

import io.github.springxhr.benchmarks.startup.StartupBenchmark.Kind;

/**
 * The results as Markdown.
 */
final class Report {

	private final StringBuilder text = new StringBuilder();

	static String of(Results results) {
		Report report = new Report();
		report.line(results.subject()).line("");
		report.line("## Targets").line("");
		report.line("| what, with the default event execution unless said | must | aim | measured | verdict |")
			.line("|---|---|---|---|---|");
		Targets.of(results).forEach((target) -> report.line(target.toRow().replace("≤ Infinity", "–")));
		report.line("").line("## All results");
		results.all().keySet().forEach((scenario) -> report.scenario(scenario, results));
		results.startup().ifPresent((without) -> report.startup(without, results));
		return report.text.toString();
	}

	static String of(Scenario scenario, Results results) {
		Report report = new Report();
		report.scenario(scenario, results);
		return report.text.toString();
	}

	private Report line(String line) {
		this.text.append(line).append('\n');
		return this;
	}

	private void scenario(Scenario scenario, Results all) {
		List<Result> results = all.of(scenario.name());
		line("").line("### " + scenario.name()).line("");
		line(all.measured(scenario)).line("");
		String base = scenario.base().label();
		line("| client | " + (scenario.isLoop() ? "requests per second" : "ms") + " | against " + base
				+ " | CPU µs per request | CPU efficiency against " + base + " | bytes allocated per request |"
				+ extraHead(results));
		line("|---|---|---|---|---|---|"
				+ "---|".repeat((int) extraHead(results).chars().filter((c) -> c == '|').count()));
		results.forEach((result) -> line(row(scenario, result, results)));
	}

	private void startup(Spread without, Results all) {
		line("").line("### Start-up of a minimal application").line("");
		line(all.measuredStarts()).line("");
		line("| | ms |").line("|---|---|");
		line("| with the WebClient starter | " + Target.number(without) + " |");
		all.startup(Kind.STARTER)
			.ifPresent((added) -> line("| what this starter adds | " + Target.number(added) + " |"));
		all.startup(Kind.NAMED_CLIENTS)
			.ifPresent((added) -> line("| what it adds with three named clients | " + Target.number(added) + " |"));
	}

	private static String row(Scenario scenario, Result result, List<Result> all) {
		Spread speed = result.of(scenario.isLoop() ? Measurement::perSecond : (round) -> round.nanos() / 1e6);
		StringBuilder row = new StringBuilder("| ").append(result.client().label())
			.append(" | ")
			.append(Target.number(speed.median()))
			.append(" | ");
		if (result.client() == scenario.base()) {
			row.append("1 | ").append(cost(result)).append(" | 1 | ");
		}
		else {
			row.append(Target.number(result.throughput()))
				.append(" | ")
				.append(cost(result))
				.append(" | ")
				.append(Target.number(result.cpuEfficiency()))
				.append(" | ");
		}
		row.append(Target.number(result.of(Measurement::bytes).median())).append(" |");
		return row.append(extra(result, all)).toString();
	}

	private static String cost(Result result) {
		return Target.number(result.of(Measurement::cpuMicros).median());
	}

	private static boolean hasHeap(List<Result> all) {
		return all.stream().anyMatch((result) -> result.heap() > 0);
	}

	private static boolean hasFailures(List<Result> all) {
		return all.stream().anyMatch((result) -> result.failed() > 0);
	}

	private static String extraHead(List<Result> all) {
		return (hasHeap(all) ? " live heap, MiB |" : "") + (hasFailures(all) ? " failed |" : "");
	}

	private static String extra(Result result, List<Result> all) {
		return (hasHeap(all) ? " " + Target.number(result.heap() / (double) (1 << 20)) + " |" : "")
				+ (hasFailures(all) ? " " + result.failed() + " |" : "");
	}

}
