package io.github.springxhr.autoconfigure.har;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.springxhr.XhrChannel;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the time of an exchange into the phases of an archive. An exchange that ended in
 * one of them has nothing of those that follow.
 *
 * @param ended when it ended, in nanoseconds from its start like the others
 * @param connected when there was a connection
 * @param dns how long the host name was looked up, or -1; like the next two it is a part
 * of the time until there was a connection
 * @param connect how long connecting took without TLS, or -1
 * @param ssl how long the TLS handshake took, or -1
 * @param requestSent when the request was sent
 * @param headersReceived when the response began
 */
record HarTimings(long ended, long connected, long dns, long connect, long ssl, long requestSent,
		long headersReceived) {

	private static final long NONE = -1;

	/**
	 * Put the points in time in order: a server may answer before it has the whole
	 * request, and a hop without a body may follow one with.
	 * @param timings what is known
	 * @param age when it ended, if that is not among it
	 */
	static HarTimings of(XhrChannel.@Nullable Timings timings, long age) {
		if (timings == null) {
			return new HarTimings(age, age, NONE, NONE, NONE, age, age);
		}
		long ended = nanos(timings.ended(), age);
		long connected = nanos(timings.connected(), ended);
		long headersReceived = Math.max(connected, nanos(timings.headersReceived(), ended));
		long requestSent = Math.min(headersReceived, Math.max(connected, nanos(timings.requestSent(), connected)));
		XhrChannel.Phases phases = timings.phases();
		return new HarTimings(ended, connected, nanos(phases.resolve(), NONE), nanos(phases.connect(), NONE),
				nanos(phases.tls(), NONE), requestSent, headersReceived);
	}

	private static long nanos(@Nullable Duration duration, long otherwise) {
		return (duration != null) ? duration.toNanos() : otherwise;
	}

	double total() {
		return millis(this.ended);
	}

	/**
	 * Return them in the form of the archive, in which {@code ssl} is a part of
	 * {@code connect}. A record cannot have a component of the name {@code wait}.
	 */
	Map<String, Double> toMap() {
		Map<String, Double> timings = new LinkedHashMap<>();
		long known = Math.max(this.dns, 0) + Math.max(this.connect, 0) + Math.max(this.ssl, 0);
		timings.put("blocked", millis(Math.max(this.connected - known, 0)));
		timings.put("dns", millisOrNone(this.dns));
		timings.put("connect", (this.connect >= 0) ? millis(this.connect + Math.max(this.ssl, 0)) : (double) NONE);
		timings.put("ssl", millisOrNone(this.ssl));
		timings.put("send", millis(this.requestSent - this.connected));
		timings.put("wait", millis(this.headersReceived - this.requestSent));
		timings.put("receive", millis(this.ended - this.headersReceived));
		return Collections.unmodifiableMap(timings);
	}

	private static double millisOrNone(long nanos) {
		return (nanos >= 0) ? millis(nanos) : NONE;
	}

	/** To the microsecond. */
	static double millis(long nanos) {
		return Math.round(nanos / 1_000d) / 1_000d;
	}

}
