package io.github.springxhr;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A file is sent and a blob received in a JVM whose heap is smaller than either. How much
 * is the system property {@code xhr.test.large-transfer}, such as {@code 10GB}.
 */
class LargeTransferTests {

	private static final long SIZE = DataSize.parse(System.getProperty("xhr.test.large-transfer", "64MB")).toBytes();

	private static final int CHUNK = 1024 * 1024;

	@Test
	void heapOf64MegabytesIsEnough(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("large");
		try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
			sparse.setLength(SIZE);
		}
		Path output = directory.resolve("output");
		try (FaultServer server = FaultServer.builder().timeout(java.time.Duration.ofMinutes(30)).start(SCRIPT)) {
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-Xmx64m", "-Djava.io.tmpdir=" + directory, "-cp", System.getProperty("java.class.path"),
					LargeTransferMain.class.getName(), server.url("/"), Long.toString(SIZE), file.toString())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			assertThat(process.waitFor(30, TimeUnit.MINUTES)).isTrue();
			assertThat(Files.readString(output, StandardCharsets.UTF_8).lines()).contains("upload 200 true",
					"download 200 true");
			assertThat(process.exitValue()).isZero();
			System.out.printf("large transfers: %d MiB up and down on 64 MiB of heap%n", SIZE >> 20);
		}
		try (var left = Files.list(directory)) {
			assertThat(left).containsExactlyInAnyOrder(file, output);
		}
	}

	private static final Script SCRIPT = Script.keepAlive((connection) -> {
		if (connection.readRequestHead().request().method().equals("POST")) {
			connection.discard(SIZE).send(Responses.ok("x"));
			return;
		}
		connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n");
		byte[] chunk = new byte[CHUNK];
		for (long sent = 0; sent < SIZE; sent += CHUNK) {
			connection.send(chunk);
		}
	});

}
