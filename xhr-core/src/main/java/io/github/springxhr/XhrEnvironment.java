package io.github.springxhr;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.github.springxhr.fetch.Fetcher;
import io.github.springxhr.http.Url;
import org.jspecify.annotations.Nullable;

/**
 * What a factory lends to its requests: the standard's relevant settings object.
 *
 * @param name the name of the factory
 * @param baseUrl what relative URLs are resolved against, or {@code null}
 * @param timeout the initial timeout of a request in milliseconds, 0 for none
 * @param windowRules whether the rules of a window apply to synchronous requests
 * @param synchronousAllowed whether requests may be synchronous
 * @param jsonCodec makes the JSON codec when it is first used, as Jackson is optional
 * @param fetcher fetches
 * @param timers the clock
 * @param eventExecutor runs what the transport posts
 * @param handOver runs what was posted while a caller was inside a lane
 * @param listeners make the listeners of each request
 * @param inFlight the exchanges that have been sent and not ended
 */
record XhrEnvironment(String name, @Nullable Url baseUrl, int timeout, boolean windowRules, boolean synchronousAllowed,
		Supplier<JsonCodec> jsonCodec, Fetcher fetcher, Timers timers, Executor eventExecutor, Executor handOver,
		List<XhrListener.Factory> listeners, InFlight inFlight) {

	JsonCodec json() {
		return this.jsonCodec.get();
	}

}
