package io.github.springxhr.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

import io.github.springxhr.benchmarks.StartupBenchmark;
import io.github.springxhr.benchmarks.peer.TestFiles;

import org.springframework.util.FileSystemUtils;

/**
 * Compares the clients in all scenarios, and writes a Markdown file and a chart. It is
 * run from the packaged module.
 */
public final class Comparison {

	private Comparison() {
	}

	/**
	 * Run the comparison.
	 * @param args {@code quick} or {@code full}; the directory for what is written; a
	 * part of the names of scenarios, to print the results of those alone
	 * @throws IOException if it cannot be written
	 */
	public static void main(String[] args) throws IOException {
		String mode = (args.length > 0) ? args[0] : "quick";
		Path output = Path.of((args.length > 1) ? args[1] : ".");
		String filter = (args.length > 2) ? args[2] : "";
		double load = Machine.load();
		Path files = Files.createTempDirectory("benchmark");
		try {
			TestFiles.write(files);
			Results results = run(new Runner(Pace.of(mode), files), filter);
			if (filter.isEmpty()) {
				results.startup(Spread.of(StartupBenchmark.differences(mode.equals("full") ? 11 : 3)));
				write(output, results, conditions(mode, load));
			}
		}
		finally {
			FileSystemUtils.deleteRecursively(files);
		}
	}

	private static Results run(Runner runner, String filter) throws IOException {
		Results results = new Results();
		for (Scenario scenario : Scenarios.all()) {
			if (scenario.name().contains(filter)) {
				List<Result> clients = runner.run(scenario);
				results.add(scenario, clients);
				System.out.println(Report.scenarioOf(scenario, clients));
			}
		}
		return results;
	}

	private static String conditions(String mode, double load) throws IOException {
		return String.format(Locale.ROOT,
				"Measured on %s, mode `%s`. Machine: %s; it is shared with other work: the load average was %.1f "
						+ "before and %.1f after. Versions: %s.",
				LocalDate.now(ZoneOffset.UTC), mode, Machine.describe(), load, Machine.load(), Machine.versions());
	}

	private static void write(Path output, Results results, String conditions) throws IOException {
		Files.writeString(output.resolve("performance-results.md"), Report.of(results, conditions));
		Files.writeString(output.resolve("performance.svg"), BarChart.of(results));
	}

}
