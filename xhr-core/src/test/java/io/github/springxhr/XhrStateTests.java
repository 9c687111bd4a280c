package io.github.springxhr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * All 25 pairs of states: the ten edges of the standard are legal, no other is.
 */
class XhrStateTests {

	private static final Set<List<Integer>> LEGAL = Set.of(List.of(0, 1), List.of(1, 2), List.of(1, 4), List.of(2, 3),
			List.of(2, 1), List.of(2, 4), List.of(3, 1), List.of(3, 4), List.of(4, 1), List.of(4, 0));

	static Stream<Arguments> pairs() {
		return IntStream.range(0, 25).mapToObj((index) -> Arguments.of(index / 5, index % 5));
	}

	@ParameterizedTest
	@MethodSource("pairs")
	void onlyTheStandardsEdgesAreLegal(int from, int to) {
		XhrState state = new XhrState();
		path(from).forEach(state::transitionTo);
		if (LEGAL.contains(List.of(from, to))) {
			state.transitionTo(to);
			assertThat(state.state()).isEqualTo(to);
		}
		else {
			assertThatIllegalStateException().isThrownBy(() -> state.transitionTo(to));
			assertThat(state.state()).isEqualTo(from);
		}
	}

	private static List<Integer> path(int to) {
		Deque<Integer> path = new ArrayDeque<>();
		for (int state = to; state > 0; state--) {
			path.addFirst((state == 4) ? 4 : state);
		}
		return new ArrayList<>(path);
	}

}
