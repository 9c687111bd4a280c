package io.github.springxhr.reliability;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.springxhr.fixture.DeadPort;
import io.github.springxhr.fixture.FaultConnection;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many requests, of which 5 in 100 meet a {@link SoakFault fault}, in a JVM of their own:
 * each ends once, as it should, no buffer leaks, and afterwards the JVM's heap, threads,
 * file descriptors and direct memory are where they were. How many is the system property
 * {@code xhr.test.soak}.
 */
class SoakTests {

	private static final int REQUESTS = Integer.getInteger("xhr.test.soak", 5000);

	private static final List<String> WHAT = List.of("KiB of heap", "threads", "file descriptors",
			"KiB of direct memory");

	/** What may be in use besides, in the same order. */
	private static final List<Long> SLACK = List.of(4096L, 3L, 8L, 4096L);

	@Test
	void everythingIsGivenBack(@TempDir Path directory) throws Exception {
		try (FaultServer server = FaultServer.builder().start((connection) -> connection.forever(SoakTests::answer));
				DeadPort nobody = FaultServer.refusing()) {
			List<String> lines = Forked.run(SoakMain.class, "128m", directory, server.url("/"), nobody.url("/"),
					Integer.toString(REQUESTS));
			System.out.printf("soak: %d requests, used (%s): %s%n", REQUESTS, String.join(", ", WHAT), lines);
			assertThat(lines).hasSize(6).contains("ended " + expected(), "wrong []", "leaks 0");
			List<Long> before = numbers(lines.get(0));
			List<Long> after = numbers(lines.get(1));
			for (int i = 0; i < WHAT.size(); i++) {
				assertThat(after.get(i)).as(WHAT.get(i)).isLessThanOrEqualTo(before.get(i) + SLACK.get(i));
			}
		}
	}

	/** How often a request ends so. */
	private static Map<String, Integer> expected() {
		Map<String, Integer> ends = new TreeMap<>();
		for (int i = 0; i < REQUESTS; i++) {
			SoakFault fault = SoakFault.of(i);
			ends.merge((fault != null) ? fault.kind.name() : "hello", 1, Integer::sum);
		}
		return ends;
	}

	private static List<Long> numbers(String line) {
		return Arrays.stream(line.split(" ")).skip(1).map(Long::valueOf).toList();
	}

	private static void answer(FaultConnection connection) {
		String target = connection.readRequestHead().request().target();
		int index = Integer.parseInt(target.substring(2));
		SoakFault fault = SoakFault.of(index);
		if (fault == null || fault.readsBody()) {
			connection.readBodyByContentLength();
		}
		if (fault != null) {
			fault.answer(connection, index);
			return;
		}
		connection.send(Responses.ok("hello"));
	}

}
