package io.github.springxhr.benchmarks.load;

/**
 * How much time is spent.
 *
 * @param rounds how often each client has its turn
 * @param millis how long a turn takes
 * @param warmupMillis how long each client may warm up before the first
 * @param bursts how often each client has its turn if a turn has its own length
 * @param warmupBursts how many such turns each client has before the first that counts
 */
record Pace(int rounds, int millis, int warmupMillis, int bursts, int warmupBursts) {

	static Pace of(String mode) {
		return switch (mode) {
			case "quick" -> new Pace(3, 300, 1500, 2, 2);
			case "full" -> new Pace(11, 400, 40_000, 7, 6);
			default -> throw new IllegalArgumentException("quick or full, not " + mode);
		};
	}

}
