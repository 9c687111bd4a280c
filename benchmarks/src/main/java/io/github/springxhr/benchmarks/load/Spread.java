package io.github.springxhr.benchmarks.load;

import java.util.Arrays;
import java.util.List;

/**
 * A median and the quartiles about it.
 *
 * @param low a quarter is below it
 * @param median half is below it
 * @param high a quarter is above it
 */
record Spread(double low, double median, double high) {

	static Spread of(List<Double> values) {
		double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
		return new Spread(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
	}

	private static double quantile(double[] sorted, double part) {
		double place = part * (sorted.length - 1);
		int below = (int) place;
		int above = Math.min(below + 1, sorted.length - 1);
		return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
	}

	static Spread of(double... values) {
		return of(Arrays.stream(values).boxed().toList());
	}

}
