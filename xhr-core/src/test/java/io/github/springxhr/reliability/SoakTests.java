package io.github.springxhr.reliability;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import io.github.springxhr.fixture.FaultConnection;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many requests, of which 5 in 100 meet a fault, in a JVM of their own: afterwards its
 * heap, threads, file descriptors and direct memory are where they were. How many is the
 * system property {@code xhr.test.soak}.
 */
class SoakTests {

	private static final int REQUESTS = Integer.getInteger("xhr.test.soak", 5000);

	private static final List<String> WHAT = List.of("KiB of heap", "threads", "file descriptors",
			"KiB of direct memory");

	/** What may be in use besides, in the same order. */
	private static final List<Long> SLACK = List.of(4096L, 3L, 8L, 4096L);

	@Test
	void everythingIsGivenBack(@TempDir Path directory) throws Exception {
		try (FaultServer server = FaultServer.builder().start((connection) -> connection.forever(SoakTests::answer))) {
			List<String> lines = Forked.run(SoakMain.class, "128m", directory, server.url("/"),
					Integer.toString(REQUESTS));
			System.out.printf("soak: %d requests, used (%s): %s%n", REQUESTS, String.join(", ", WHAT), lines);
			int faults = REQUESTS / 20;
			assertThat(lines).hasSize(3).last().isEqualTo("ended " + (REQUESTS - faults) + " " + faults + " 0");
			List<Long> before = numbers(lines.get(0));
			List<Long> after = numbers(lines.get(1));
			for (int i = 0; i < WHAT.size(); i++) {
				assertThat(after.get(i)).as(WHAT.get(i)).isLessThanOrEqualTo(before.get(i) + SLACK.get(i));
			}
		}
	}

	private static List<Long> numbers(String line) {
		return Arrays.stream(line.split(" ")).skip(1).map(Long::valueOf).toList();
	}

	private static void answer(FaultConnection connection) {
		String target = connection.readRequest().request().target();
		switch (Integer.parseInt(target.substring(2)) % 100) {
			case 0 -> connection.close();
			case 1 -> connection.reset();
			case 2 -> connection.send("nonsense\r\n\r\n").close();
			case 3 -> connection.awaitPeerClosed();
			case 4 -> connection.send(Responses.head("200 OK", "Content-Length: 10") + "hello").close();
			default -> connection.send(Responses.ok("hello"));
		}
	}

}
