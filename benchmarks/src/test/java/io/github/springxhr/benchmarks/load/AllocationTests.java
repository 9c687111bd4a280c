package io.github.springxhr.benchmarks.load;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Guards what a request allocates. The count is that of a JVM of its own, without agents,
 * that compiles with C1 only: unlike C2, which leaves out some objects once it has had
 * the time to find out that it may, it gives the same figure on a busy machine.
 */
class AllocationTests {

	private static final double ALLOWED_GROWTH = 1.1;

	@Test
	void requestAllocatesNoMoreThanRecorded() throws Exception {
		int jdk = Runtime.version().feature();
		long recorded = recorded(jdk);
		long measured = measure();
		System.out.printf("A GET of 1 KiB allocates %d bytes on JDK %d; recorded are %d%n", measured, jdk, recorded);
		assertThat(measured).as("bytes per GET of 1 KiB; if the growth is worth it, record it in allocation.properties")
			.isPositive()
			.isLessThanOrEqualTo(Math.round(recorded * ALLOWED_GROWTH));
	}

	/** The figure of this JDK, or else that of the next older one there is. */
	private static long recorded(int jdk) throws IOException {
		Properties properties = new Properties();
		try (InputStream stream = AllocationTests.class.getResourceAsStream("/allocation.properties")) {
			properties.load(stream);
		}
		TreeMap<Integer, Long> figures = new TreeMap<>();
		properties
			.forEach((version, bytes) -> figures.put(Integer.valueOf((String) version), Long.valueOf((String) bytes)));
		Map.Entry<Integer, Long> figure = figures.floorEntry(jdk);
		assertThat(figure).as("recorded figure for JDK " + jdk).isNotNull();
		return figure.getValue();
	}

	/** Without the content codings that are there for the comparison of faults. */
	private static String classPath() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("brotli4j") && !entry.contains("zstd-jni"))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static long measure() throws IOException, InterruptedException {
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", classPath(), AllocationProbe.class.getName())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
		assertThat(process.waitFor()).as(output).isZero();
		return output.lines()
			.filter((line) -> line.startsWith(Worker.RESULT))
			.mapToLong((line) -> Long.parseLong(line.substring(Worker.RESULT.length())))
			.findFirst()
			.orElseThrow();
	}

}
