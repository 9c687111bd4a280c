package io.github.springxhr.reliability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the main method of a class in a JVM of its own, with the class path of this one.
 */
final class Forked {

	private static final int NATIVE_ACCESS_WARNED_OF = 24;

	private Forked() {
	}

	/**
	 * Run it to its end.
	 * @return the lines that it printed
	 */
	static List<String> run(Class<?> main, String heap, Path directory, String... arguments)
			throws IOException, InterruptedException {
		return run(main, List.of("-Xmx" + heap), directory, arguments);
	}

	/**
	 * Run it to its end.
	 * @param options of the JVM
	 * @return the lines that it printed
	 */
	static List<String> run(Class<?> main, List<String> options, Path directory, String... arguments)
			throws IOException, InterruptedException {
		Path output = directory.resolve("output");
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(options);
		if (Runtime.version().feature() >= NATIVE_ACCESS_WARNED_OF) {
			command.add("--enable-native-access=ALL-UNNAMED");
		}
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
		command.addAll(Arrays.asList(arguments));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			assertThat(process.waitFor(2, TimeUnit.HOURS)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		String printed = Files.readString(output, StandardCharsets.UTF_8);
		assertThat(process.exitValue()).as(printed).isZero();
		return printed.lines().toList();
	}

}
