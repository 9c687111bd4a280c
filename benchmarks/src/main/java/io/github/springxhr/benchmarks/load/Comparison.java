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
 * Compares the clients in all scenarios, and writes {@code performance.md},
 * {@code images/performance.svg} and {@code performance-results.tsv}, which has each
 * round. It is run from the packaged module.
 */
public final class Comparison {

	private static final String ARCHIVE = "performance-results.tsv";

	private static final String MARK = "<!-- From here on written by the comparison -->\n";

	private Comparison() {
	}

	/**
	 * Run the comparison.
	 * @param args {@code quick} or {@code full}; the directory for what is written, this
	 * one unless given; a regular expression that finds the scenarios to run,
	 * {@code start-up} among them, all unless given; the results of the others stay
	 * @throws IOException if it cannot be written
	 */
	public static void main(String[] args) throws IOException {
		String mode = (args.length > 0) ? args[0] : "quick";
		Path output = Path.of((args.length > 1) ? args[1] : ".");
		Predicate<String> wanted = Pattern.compile((args.length > 2) ? args[2] : "").asPredicate();
		Path archive = output.resolve(ARCHIVE);
		Path files = Files.createTempDirectory("benchmark");
		try {
			TestFiles.write(files);
			Runner runner = new Runner(Pace.of(mode), files);
			Results results = Archive.read(archive, subject());
			for (Scenario scenario : Scenarios.all()) {
				if (wanted.test(scenario.name())) {
					results.add(scenario, runner.run(scenario), measured(mode));
					System.out.println(Report.of(scenario, results));
					// What has been measured is kept when a later scenario fails
					write(output, results);
				}
			}
			if (wanted.test("start-up")) {
				results.startup(StartupBenchmark.measure(mode.equals("full") ? 25 : 3), measured(mode));
				write(output, results);
			}
		}
		finally {
			FileSystemUtils.deleteRecursively(files);
		}
	}

	private static String subject() throws IOException {
		return "Machine: " + Machine.describe() + "; it is shared with other work. Versions: " + Machine.versions()
				+ ".";
	}

	private static String measured(String mode) {
		return String.format(Locale.ROOT, "Measured on %s, mode `%s`; load average of the machine at the end: %.1f.",
				LocalDate.now(ZoneOffset.UTC), mode, Machine.load());
	}

	/** What a file has above the mark stays. */
	private static void write(Path output, Results results) throws IOException {
		Archive.write(output.resolve(ARCHIVE), results);
		Path page = output.resolve("performance.md");
		String head = Files.exists(page) ? Files.readString(page) : "# Performance\n\n";
		int mark = head.indexOf(MARK);
		Files.writeString(page, ((mark < 0) ? head : head.substring(0, mark)) + MARK + "\n" + Report.of(results));
		Path images = Files.createDirectories(output.resolve("images"));
		Files.writeString(images.resolve("performance.svg"), BarChart.of(results));
	}

}
