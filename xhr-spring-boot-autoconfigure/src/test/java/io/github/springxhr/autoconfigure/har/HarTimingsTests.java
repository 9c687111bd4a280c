package io.github.springxhr.autoconfigure.har;

import java.time.Duration;

import io.github.springxhr.XhrChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HarTimings}; points in time are in milliseconds.
 */
class HarTimingsTests {

	private static final XhrChannel.Phases NO_PHASES = new XhrChannel.Phases(null, null, null, null, null, null, null);

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
				new XhrChannel.Timings(millis(connected), millis(sent), millis(headers), millis(ended), NO_PHASES),
				Duration.ofMillis(90).toNanos());
		assertThat(timings.toMap()).containsEntry("blocked", blocked)
			.containsEntry("send", send)
			.containsEntry("wait", wait)
			.containsEntry("receive", receive);
		assertThat(blocked + send + wait + receive).isEqualTo(timings.total());
	}

	@Test
	void connectingIsCutOutOfTheTimeThatARequestWasBlocked() {
		XhrChannel.Phases phases = new XhrChannel.Phases(millis(4L), millis(1L), millis(2L), millis(3L), null, null,
				null);
		HarTimings timings = HarTimings.of(new XhrChannel.Timings(millis(10L), null, millis(35L), millis(75L), phases),
				0);
		assertThat(timings.toMap()).containsEntry("blocked", 4.0)
			.containsEntry("dns", 1.0)
			.containsEntry("connect", 5.0)
			.containsEntry("ssl", 3.0)
			.containsEntry("wait", 25.0);
	}

	@Test
	void whatThereWasNotIsMinusOne() {
		HarTimings timings = HarTimings.of(new XhrChannel.Timings(millis(10L), null, null, millis(75L), NO_PHASES), 0);
		assertThat(timings.toMap()).containsEntry("dns", -1.0)
			.containsEntry("connect", -1.0)
			.containsEntry("ssl", -1.0);
	}

	private static Duration millis(Long value) {
		return (value != null) ? Duration.ofMillis(value) : null;
	}

}
