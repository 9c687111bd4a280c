package io.github.springxhr.benchmarks.load;

import java.util.StringJoiner;

/**
 * What a client has done in one round.
 *
 * @param requests how many requests have succeeded
 * @param failed how many have not
 * @param size the sum of what the results' sizes were
 * @param nanos how long all of it took
 * @param cpuNanos the time of processors that the client's process used
 * @param allocated how many bytes its threads allocated
 * @param heap how many bytes of its heap are live, 0 unless that was asked for
 */
record Measurement(long requests, long failed, long size, long nanos, long cpuNanos, long allocated, long heap) {

	double perSecond() {
		return this.requests * 1e9 / this.nanos;
	}

	double cpuMicros() {
		return this.cpuNanos / 1e3 / this.requests;
	}

	double bytes() {
		return (double) this.allocated / this.requests;
	}

	String toLine() {
		StringJoiner line = new StringJoiner(" ");
		for (long part : new long[] { this.requests, this.failed, this.size, this.nanos, this.cpuNanos, this.allocated,
				this.heap }) {
			line.add(Long.toString(part));
		}
		return line.toString();
	}

	static Measurement parse(String line) {
		String[] parts = line.split(" ");
		long[] numbers = new long[parts.length];
		for (int i = 0; i < parts.length; i++) {
			numbers[i] = Long.parseLong(parts[i]);
		}
		return new Measurement(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]);
	}

}
