package io.github.springxhr.benchmarks.load;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.springxhr.benchmarks.peer.Client;

/**
 * What a client has done in a scenario.
 *
 * @param client who
 * @param rounds what it has done in each round
 * @param base what the client that it is compared with has done in each
 * @param heap how many bytes were live in the end, 0 if that was not asked for
 */
record Result(Client client, List<Measurement> rounds, List<Measurement> base, long heap) {

	/**
	 * Add the rounds of the same clients in other processes.
	 */
	Result and(Result again) {
		return new Result(this.client, both(this.rounds, again.rounds), both(this.base, again.base), this.heap);
	}

	private static List<Measurement> both(List<Measurement> one, List<Measurement> other) {
		return Stream.concat(one.stream(), other.stream()).toList();
	}

	/** Above 1 is better. */
	Spread throughput() {
		return ratio(Measurement::perSecond);
	}

	/** Above 1 is better. */
	Spread cpuEfficiency() {
		return ratio((round) -> 1 / round.cpuMicros());
	}

	private Spread ratio(ToDoubleFunction<Measurement> what) {
		return Spread.of(IntStream.range(0, this.rounds.size())
			.mapToObj((i) -> what.applyAsDouble(this.rounds.get(i)) / what.applyAsDouble(this.base.get(i)))
			.toList());
	}

	Spread of(ToDoubleFunction<Measurement> what) {
		return Spread.of(this.rounds.stream().mapToDouble(what).boxed().toList());
	}

	long failed() {
		return this.rounds.stream().mapToLong(Measurement::failed).max().orElse(0);
	}

}
