package io.github.springxhr;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.Main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The tests of jcstress, in JVMs of their own. It fails on an outcome that is forbidden,
 * an error, and a test that does not end. Every build runs a few of them for a moment,
 * compiled by C1 only; all of them, by each compiler, are run if the system property
 * {@code xhr.test.stress} is {@code all}.
 */
class StressTests {

	private static final boolean ALL = "all".equals(System.getProperty("xhr.test.stress"));

	private static final List<String> SHARE = List.of("-iters", "1", "-time", "100", "-jvmArgs",
			"-XX:TieredStopAtLevel=1", "-t",
			"(LaneStress.PostAgainstCall|EndStress.ResponseAgainstAbort|HopsStress.Redirect)$");

	private static final List<String> EVERYTHING = List.of("-iters", "3", "-time", "300", "-fsm", "1");

	private static final int LIMIT_MINUTES = ALL ? 60 : 5;

	@Test
	void noOutcomeIsForbidden() throws Exception {
		assumeThat(Runtime.getRuntime().availableProcessors()).as("threads at the same time").isGreaterThan(1);
		String report = run(ALL ? EVERYTHING : SHARE);
		System.out.println(last(report, "(Results:"));
		assertThat(report).contains("Failed tests: No matches.", "Error tests: No matches.")
			.containsPattern("All remaining tests: \\d+ matching test results");
	}

	private static String run(List<String> arguments) throws IOException, InterruptedException {
		Path directory = Files.createDirectories(Path.of("target", "jcstress"));
		File output = directory.resolve("output.txt").toFile();
		Process process = new ProcessBuilder(command(arguments)).directory(directory.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output)
			.start();
		if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)) {
			process.descendants().forEach(ProcessHandle::destroyForcibly);
			process.destroyForcibly();
		}
		String report = Files.readString(output.toPath());
		assertThat(process.waitFor()).as(report).isZero();
		return report;
	}

	private static List<String> command(List<String> arguments) {
		return Stream.concat(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), Main.class.getName(), "-r", "results", "-v", "-sc", "false",
				"-pth", "false"), arguments.stream())
			.toList();
	}

	private static String last(String report, String start) {
		return report.lines().filter((line) -> line.startsWith(start)).reduce("", (first, second) -> second);
	}

}
