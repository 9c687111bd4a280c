package io.github.springxhr.autoconfigure.har;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.springxhr.XhrChannel.Phases;
import org.jspecify.annotations.Nullable;

/**
 * The phases of a hop in the form of an archive, in which they add up to the time that it
 * took.
 *
 * @param phases the phases; nothing overlaps
 */
record HarTimings(Phases phases) {

	private static final double NONE = -1;

	/**
	 * Create the timings of what had no hop.
	 */
	static HarTimings blocked(Duration time) {
		return new HarTimings(new Phases(time, null, null, null, null, null, null));
	}

	double total() {
		long[] nanos = new long[1];
		this.phases.forEach((name, time) -> nanos[0] += time.toNanos());
		return millis(nanos[0]);
	}

	/**
	 * Return them by their names; {@code ssl} is a part of {@code connect}. A record
	 * cannot have a component of the name {@code wait}.
	 */
	Map<String, Double> toMap() {
		Map<String, Double> timings = new LinkedHashMap<>();
		Duration tls = this.phases.tls();
		Duration connect = this.phases.connect();
		timings.put("blocked", millis(this.phases.queue(), 0));
		timings.put("dns", millis(this.phases.resolve(), NONE));
		timings.put("connect", millis((connect != null && tls != null) ? connect.plus(tls) : connect, NONE));
		timings.put("ssl", millis(tls, NONE));
		timings.put("send", millis(this.phases.request(), 0));
		timings.put("wait", millis(this.phases.headers(), 0));
		timings.put("receive", millis(this.phases.body(), 0));
		return Collections.unmodifiableMap(timings);
	}

	private static double millis(@Nullable Duration time, double otherwise) {
		return (time != null) ? millis(time.toNanos()) : otherwise;
	}

	/** To the microsecond. */
	static double millis(long nanos) {
		return Math.round(nanos / 1_000d) / 1_000d;
	}

}
