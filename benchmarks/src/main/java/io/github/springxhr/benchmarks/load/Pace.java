package io.github.springxhr.benchmarks.load;

/**
 * How much time is spent.
 *
 * @param forks how often the processes of those that are compared most are made anew, as
 * what the compiler makes of a program differs from one to the next
 * @param rounds how often each client has its turn
 * @param millis how long a turn takes
 * @param warmupMillis how long each client may warm up before the first
 * @param bursts how often each client has its turn if a turn has its own length
 * @param warmupBursts how many such turns each client has before the first that counts
 * @param warmupRequests how many requests those have if they are sent many at a time
 */
record Pace(int forks, int rounds, int millis, int warmupMillis, int bursts, int warmupBursts, int warmupRequests) {

	static Pace of(String mode) {
		return switch (mode) {
			case "quick" -> new Pace(1, 3, 300, 1500, 2, 2, 20_000);
			case "full" -> new Pace(3, 11, 400, 40_000, 11, 15, 900_000);
			default -> throw new IllegalArgumentException("quick or full, not " + mode);
		};
	}

	/** Many at a time take three times as many requests until the compiler has done. */
	int warmupMillis(int atOnce) {
		return (atOnce > 1) ? 3 * this.warmupMillis : this.warmupMillis;
	}

	int warmupBursts(int atOnce) {
		return (atOnce > 1) ? this.warmupRequests / atOnce : this.warmupBursts;
	}

}
