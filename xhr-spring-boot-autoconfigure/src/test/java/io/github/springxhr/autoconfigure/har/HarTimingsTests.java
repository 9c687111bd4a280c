package io.github.springxhr.autoconfigure.har;

import java.time.Duration;

import io.github.springxhr.XhrChannel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HarTimings}; points in time are in milliseconds.
 */
class HarTimingsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# connected | sent | headers | ended | blocked | send | wait | receive
			10          | 15   | 35      | 75    | 10      | 5    | 20   | 40
			10          |      | 35      | 75    | 10      | 0    | 25   | 40
			# no connection
			            |      |         | 75    | 75      | 0    | 0    | 0
			# no response
			10          | 15   |         | 75    | 10      | 5    | 60   | 0
			10          |      |         | 75    | 10      | 0    | 65   | 0
			# answered before it was all sent
			10          | 50   | 35      | 75    | 10      | 25   | 0    | 40
			# a redirect to a hop without a body
			30          | 15   | 35      | 75    | 30      | 0    | 5    | 40
			# not ended: the age is 90
			10          | 15   | 35      |       | 10      | 5    | 20   | 55
			""")
	void thePhasesAddUpToTheWhole(Long connected, Long sent, Long headers, Long ended, double blocked, double send,
			double wait, double receive) {
		HarTimings timings = HarTimings.of(
				new XhrChannel.Timings(millis(connected), millis(sent), millis(headers), millis(ended)),
				Duration.ofMillis(90).toNanos());
		assertThat(timings.toMap()).containsEntry("blocked", blocked)
			.containsEntry("send", send)
			.containsEntry("wait", wait)
			.containsEntry("receive", receive);
		assertThat(blocked + send + wait + receive).isEqualTo(timings.total());
	}

	private static Duration millis(Long value) {
		return (value != null) ? Duration.ofMillis(value) : null;
	}

}
