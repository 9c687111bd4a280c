package io.github.springxhr.reliability;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.springxhr.fixture.FaultConnection;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Bodies without end and bombs in every coding, in a JVM that has no more heap than what
 * it uses before them, the limit of a response, and 16 MiB: it cannot exceed that, and
 * ends when it would have to. Some in every build, all with the system property
 * {@code xhr.test.memory=full}.
 */
class MemoryTests {

	private static final boolean FULL = "full".equals(System.getProperty("xhr.test.memory"));

	/** The limit of a response unless set. */
	private static final int LIMIT_KIB = 64 * 1024;

	private static final int SLACK_KIB = 16 * 1024;

	private static final long GIGABYTE = 1024L * 1024 * 1024;

	private static final int BLOCK = 1024 * 1024;

	private static final List<String> TYPES = List.of("TEXT", "ARRAYBUFFER", "JSON", "BLOB");

	private static final List<String> CODINGS = List.of("gzip", "deflate", "br", "zstd", "gzip, zstd", "zstd, br",
			"br, deflate", "gzip, gzip, gzip, gzip, gzip");

	@Test
	void heapIsBoundedByTheLimitOfAResponse(@TempDir Path directory) throws Exception {
		try (FaultServer server = FaultServer.builder()
			.timeout(Duration.ofMinutes(8))
			.start(Script.keepAlive(MemoryTests::answer))) {
			List<String> arguments = new ArrayList<>(List.of(server.url("/"), Integer.toString(LIMIT_KIB + SLACK_KIB)));
			List<String> scenarios = scenarios();
			arguments.addAll(scenarios);
			List<String> lines = Forked.run(MemoryMain.class, options(directory), directory,
					arguments.toArray(String[]::new));
			System.out.printf("memory: %d KiB left for%n%s%n", LIMIT_KIB + SLACK_KIB, String.join("\n", lines));
			assertThat(lines.subList(1, lines.size() - 1)).hasSameSizeAs(scenarios).allMatch(MemoryTests::isExpected);
			try (Stream<Path> left = Files.list(directory)) {
				assertThat(left.filter((file) -> file.getFileName().toString().startsWith("xhr-"))).isEmpty();
			}
		}
	}

	/** A collector with one old generation, so that what is free is free for all. */
	private static List<String> options(Path directory) {
		return List.of("-Xmx128m", "-Xmn4m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError",
				"-Djava.io.tmpdir=" + directory);
	}

	private static List<String> scenarios() {
		List<String> all = new ArrayList<>();
		for (String type : FULL ? TYPES : List.of("TEXT", "BLOB")) {
			all.add(type + " endless");
		}
		for (int i = 0; i < (FULL ? CODINGS.size() : TYPES.size() + 1); i++) {
			String codings = CODINGS.get(i).replace(", ", "+");
			for (String type : FULL ? TYPES : List.of(TYPES.get(i % TYPES.size()))) {
				if (FULL) {
					all.add(type + " bomb/" + codings);
				}
				all.add(type + " within/" + codings);
			}
		}
		all.add("upload " + (FULL ? 10 * GIGABYTE : GIGABYTE / 16));
		all.add("abort " + (FULL ? GIGABYTE : GIGABYTE / 16));
		return all;
	}

	private static boolean isExpected(String line) {
		if (line.startsWith("upload")) {
			return line.endsWith(": load 200");
		}
		if (line.startsWith("abort")) {
			return line.endsWith(": unsent, no file left");
		}
		return line.contains(": TOO_LARGE ") && !line.contains("memory");
	}

	private static void answer(FaultConnection connection) throws Exception {
		String[] target = connection.readRequestHead().request().target().substring(1).split("/");
		String codings = target[target.length - 1].replace("+", ", ");
		switch (target[0]) {
			case "endless" -> {
				byte[] block = new byte[BLOCK];
				connection.send(Responses.head("200 OK"));
				connection.times(10L * 1024, (again) -> again.send(block));
			}
			case "bomb" -> coded(connection, codings, Bombs.of(codings));
			case "within" -> coded(connection, codings, Bombs.within(codings));
			case "coded" ->
				coded(connection, codings, FaultCatalog.coded("{}".getBytes(StandardCharsets.UTF_8), codings));
			case "upload" -> {
				connection.discard(Long.parseLong(connection.request().header("Content-Length")))
					.send(Responses.ok("x"));
			}
			default -> connection.send(Responses.ok("{}"));
		}
	}

	private static void coded(FaultConnection connection, String codings, byte[] body) {
		connection.send(Responses.head("200 OK", "Content-Encoding: " + codings, "Content-Length: " + body.length));
		connection.send(body);
	}

}
