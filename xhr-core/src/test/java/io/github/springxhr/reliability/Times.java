package io.github.springxhr.reliability;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How long something took, many times.
 */
final class Times {

	private final List<Duration> all = Collections.synchronizedList(new ArrayList<>());

	void add(Duration time) {
		this.all.add(time);
	}

	/**
	 * Describe them.
	 * @return the half, the 99.9th percentile, the largest, and how many
	 */
	@Override
	public String toString() {
		List<Duration> sorted = new ArrayList<>(this.all);
		if (sorted.isEmpty()) {
			return "none";
		}
		Collections.sort(sorted);
		return String.format(Locale.ROOT, "half within %s, 99.9 %% within %s, all within %s, of %,d",
				millis(sorted, 0.5), millis(sorted, 0.999), millis(sorted, 1), sorted.size());
	}

	private static String millis(List<Duration> sorted, double part) {
		int index = (int) Math.ceil(part * sorted.size()) - 1;
		return String.format(Locale.ROOT, "%.1f ms", sorted.get(Math.max(0, index)).toNanos() / 1e6);
	}

}
