package io.github.springxhr.autoconfigure.har;

import java.time.Duration;
import java.util.List;

import io.github.springxhr.XhrChannel.Phases;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HarTimings}; times are in milliseconds.
 */
class HarTimingsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					# the phases:  resolve, connect, tls, request, headers, body | blocked, dns, connect, ssl, send, wait, receive
					4 | 1 | 2 | 3 | 5 | 6 | 7 | 4 | 1  | 5  | 3  | 5 | 6 | 7
					# without TLS, a body, and a name
					4 |   | 2 |   |   | 6 | 7 | 4 | -1 | 2  | -1 | 0 | 6 | 7
					# a connection that was there
					4 |   |   |   |   | 6 | 7 | 4 | -1 | -1 | -1 | 0 | 6 | 7
					# no such host, a connect timeout, a failed handshake
					4 | 1 |   |   |   |   |   | 4 | 1  | -1 | -1 | 0 | 0 | 0
					4 | 1 | 2 |   |   |   |   | 4 | 1  | 2  | -1 | 0 | 0 | 0
					4 | 1 | 2 | 3 |   |   |   | 4 | 1  | 5  | 3  | 0 | 0 | 0
					# nothing at all
					  |   |   |   |   |   |   | 0 | -1 | -1 | -1 | 0 | 0 | 0
					""")
	void thePhasesAddUpToTheWhole(Long queue, Long resolve, Long connect, Long tls, Long request, Long headers,
			Long body, double blocked, double dns, double connected, double ssl, double send, double wait,
			double receive) {
		HarTimings timings = new HarTimings(new Phases(millis(queue), millis(resolve), millis(connect), millis(tls),
				millis(request), millis(headers), millis(body)));
		assertThat(timings.toMap().keySet()).containsExactly("blocked", "dns", "connect", "ssl", "send", "wait",
				"receive");
		assertThat(timings.toMap().values()).containsExactly(blocked, dns, connected, ssl, send, wait, receive);
		assertThat(timings.total()).isEqualTo(List.of(blocked, dns, connected, send, wait, receive)
			.stream()
			.mapToDouble((value) -> Math.max(value, 0))
			.sum());
	}

	private static Duration millis(Long value) {
		return (value != null) ? Duration.ofMillis(value) : null;
	}

}
