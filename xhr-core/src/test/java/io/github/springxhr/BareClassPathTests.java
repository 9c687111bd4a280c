package io.github.springxhr;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What works in a JVM that has none of the optional dependencies.
 */
class BareClassPathTests {

	private static final Pattern OPTIONAL = Pattern
		.compile(".*(jackson|jsoup|context-propagation|slf4j|logback|micrometer-core|httpclient5|httpcore5).*\\.jar");

	@Test
	void requestsNeedNoOptionalDependency(@TempDir Path directory) throws Exception {
		String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !OPTIONAL.matcher(new File(entry).getName()).matches())
			.collect(Collectors.joining(File.pathSeparator));
		Path output = directory.resolve("output");
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello"))))) {
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-cp", classPath, BareClassPathMain.class.getName(), server.url("/"))
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			String remedy = "JSON needs Jackson 3 on the class path: tools.jackson.core:jackson-databind";
			assertThat(Files.readString(output, StandardCharsets.UTF_8).lines())
				.contains("text hello", "form 200", "json " + remedy, "sendJson " + remedy, "cookie a=b null")
				.anyMatch((line) -> line
					.startsWith("WARNING: default: GET ftp:, network_error, bytes sent 0, received 0, "));
			assertThat(process.exitValue()).isZero();
		}
	}

}
