package io.github.springxhr.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BadPortsTests {

	/** https://fetch.spec.whatwg.org/#bad-port */
	@Test
	void portsOfTheTableAreBadAndNoOthers() throws IOException {
		List<Integer> bad = IntStream.rangeClosed(-1, 0xFFFF).filter(BadPorts::isBad).boxed().toList();
		assertThat(bad).hasSize(83).containsExactlyElementsOf(table());
	}

	private static List<Integer> table() throws IOException {
		try (InputStream table = BadPortsTests.class.getResourceAsStream("bad-ports.txt")) {
			String text = new String(table.readAllBytes(), StandardCharsets.US_ASCII);
			return text.lines().filter((line) -> !line.startsWith("#")).map(Integer::valueOf).toList();
		}
	}

}
