package io.github.springxhr.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import io.github.springxhr.benchmarks.peer.TestFiles;
import io.github.springxhr.benchmarks.startup.StartupBenchmark;

import org.springframework.util.FileSystemUtils;

/**
 * Compares the clients in all scenarios, and writes {@code performance.md} and
 * {@code images/performance.svg}. It is run from the packaged module.
 */
public final class Comparison {

	private static final String MARK = "<!-- From here on written by the comparison -->\n";

	private Comparison() {
	}

	/**
	 * Run the comparison.
	 * @param args {@code quick} or {@code full}; the directory for what is written, this
	 * one unless given; a regular expression that finds the scenarios to run,
	 * {@code start-up} among them, all unless given
	 * @throws IOException if it cannot be written
	 */
	public static void main(String[] args) throws IOException {
		String mode = (args.length > 0) ? args[0] : "quick";
		Path output = Path.of((args.length > 1) ? args[1] : ".");
		Predicate<String> wanted = Pattern.compile((args.length > 2) ? args[2] : "").asPredicate();
		double load = Machine.load();
		Path files = Files.createTempDirectory("benchmark");
		try {
			TestFiles.write(files);
			Runner runner = new Runner(Pace.of(mode), files);
			Results results = new Results();
			for (Scenario scenario : Scenarios.all()) {
				if (wanted.test(scenario.name())) {
					results.add(scenario, runner.run(scenario), Machine.load());
					System.out.println(Report.of(scenario, results));
					// What has been measured is kept when a later scenario fails
					write(output, results, conditions(mode, load));
				}
			}
			if (wanted.test("start-up")) {
				results.startup(StartupBenchmark.measure(mode.equals("full") ? 25 : 3));
				write(output, results, conditions(mode, load));
			}
		}
		finally {
			FileSystemUtils.deleteRecursively(files);
		}
	}

	private static String conditions(String mode, double load) throws IOException {
		return String.format(Locale.ROOT,
				"Measured on %s, mode `%s`. Machine: %s; it is shared with other work: the load average was %.1f "
						+ "before and %.1f after. Versions: %s.",
				LocalDate.now(ZoneOffset.UTC), mode, Machine.describe(), load, Machine.load(), Machine.versions());
	}

	/** What a file has above the mark stays. */
	private static void write(Path output, Results results, String conditions) throws IOException {
		Path page = output.resolve("performance.md");
		String head = Files.exists(page) ? Files.readString(page) : "# Performance\n\n";
		int mark = head.indexOf(MARK);
		Files.writeString(page,
				((mark < 0) ? head : head.substring(0, mark)) + MARK + "\n" + Report.of(results, conditions));
		Path images = Files.createDirectories(output.resolve("images"));
		Files.writeString(images.resolve("performance.svg"), BarChart.of(results));
	}

}
