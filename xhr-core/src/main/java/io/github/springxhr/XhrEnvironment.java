package io.github.springxhr;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.github.springxhr.fetch.Fetcher;
import io.github.springxhr.http.Url;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.ClassUtils;

/**
 * What a factory lends to its requests: the standard's relevant settings object.
 *
 * @param name the name of the factory
 * @param baseUrl what relative URLs are resolved against, or {@code null}
 * @param timeout the initial timeout of a request in milliseconds, 0 for none
 * @param withCredentials whether requests go with credentials to other origins, unless
 * they say otherwise
 * @param progressInterval the nanoseconds between two progress events
 * @param hasOrigin whether the client has an origin, so that the rules of a browser apply
 * @param synchronousAllowed whether requests may be synchronous
 * @param jsonCodec makes the JSON codec when it is first used, as Jackson is optional
 * @param fetcher fetches
 * @param timers the clock
 * @param eventExecutor runs what the transport posts
 * @param handOver runs what was posted while a caller was inside a lane
 * @param listeners make the listeners of each request
 * @param requestLog takes a line about each request
 * @param inFlight the exchanges that have been sent and not ended
 */
record XhrEnvironment(String name, @Nullable Url baseUrl, int timeout, boolean withCredentials, long progressInterval,
		boolean hasOrigin, boolean synchronousAllowed, Supplier<JsonCodec> jsonCodec, Fetcher fetcher, Timers timers,
		Executor eventExecutor, Executor handOver, List<XhrListener.Factory> listeners, RequestLog requestLog,
		InFlight inFlight) {

	private static final boolean JACKSON_PRESENT = ClassUtils.isPresent("tools.jackson.databind.json.JsonMapper",
			XhrEnvironment.class.getClassLoader());

	ProgressThrottle newProgressThrottle() {
		return new ProgressThrottle(this.timers, this.progressInterval);
	}

	/**
	 * Return what reads and writes JSON.
	 * @throws IllegalStateException if Jackson is not on the class path
	 */
	JsonCodec json() {
		Assert.state(JACKSON_PRESENT, "JSON needs Jackson 3 on the class path: tools.jackson.core:jackson-databind");
		return this.jsonCodec.get();
	}

}
