package io.github.springxhr.autoconfigure.har;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.springxhr.XhrChannel;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the time of an exchange into the phases of an archive. An exchange that ended in
 * one of them has nothing of those that follow.
 *
 * @param ended when it ended, in nanoseconds from its start like the others
 * @param connected when there was a connection
 * @param requestSent when the request was sent
 * @param headersReceived when the response began
 */
record HarTimings(long ended, long connected, long requestSent, long headersReceived) {

	/** Parts of {@code blocked}. */
	private static final List<String> UNKNOWN = List.of("dns", "connect", "ssl");

	/**
	 * Put the points in time in order: a server may answer before it has the whole
	 * request, and a hop without a body may follow one with.
	 * @param timings what is known
	 * @param age when it ended, if that is not among it
	 */
	static HarTimings of(XhrChannel.@Nullable Timings timings, long age) {
		if (timings == null) {
			return new HarTimings(age, age, age, age);
		}
		long ended = nanos(timings.ended(), age);
		long connected = nanos(timings.connected(), ended);
		long headersReceived = Math.max(connected, nanos(timings.headersReceived(), ended));
		long requestSent = Math.min(headersReceived, Math.max(connected, nanos(timings.requestSent(), connected)));
		return new HarTimings(ended, connected, requestSent, headersReceived);
	}

	private static long nanos(@Nullable Duration duration, long otherwise) {
		return (duration != null) ? duration.toNanos() : otherwise;
	}

	double total() {
		return millis(this.ended);
	}

	/** A record cannot have a component of the name {@code wait}. */
	Map<String, Double> toMap() {
		Map<String, Double> timings = new LinkedHashMap<>();
		timings.put("blocked", millis(this.connected));
		UNKNOWN.forEach((name) -> timings.put(name, -1.0));
		timings.put("send", millis(this.requestSent - this.connected));
		timings.put("wait", millis(this.headersReceived - this.requestSent));
		timings.put("receive", millis(this.ended - this.headersReceived));
		return Collections.unmodifiableMap(timings);
	}

	/** To the microsecond. */
	static double millis(long nanos) {
		return Math.round(nanos / 1_000d) / 1_000d;
	}

}
