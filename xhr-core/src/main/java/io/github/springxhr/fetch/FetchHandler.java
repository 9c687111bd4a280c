package io.github.springxhr.fetch;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.springxhr.fetch.ConnectionInfo.Setup;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.Internal;
import io.github.springxhr.http.Response;
import io.github.springxhr.http.Url;
import org.jspecify.annotations.Nullable;

/**
 * The callbacks of a fetch, under the standard's names.
 *
 * <h2>Concurrency</h2> Called on an I/O thread, one at a time: no method may block.
 *
 * @since 0.1.0
 * @see <a href="https://fetch.spec.whatwg.org/#fetch-method">Fetch Standard, fetching</a>
 */
@Internal
public interface FetchHandler {

	/**
	 * Return what travels with each hop for others on its way to see. Called on any
	 * thread.
	 * @return keys and values
	 */
	default Map<Object, Object> context() {
		return Map.of();
	}

	/**
	 * A redirect is followed.
	 */
	default void processRedirect() {
	}

	/**
	 * Permission for the request, which it needs, is there or was asked for.
	 * @param known whether it need not be asked for
	 * @param failure why it was not given, or {@code null}
	 */
	default void processPreflight(boolean known, @Nullable FetchFailure failure) {
	}

	/**
	 * A hop is sent once more, by a filter of the application.
	 */
	default void processRetry() {
	}

	/**
	 * A hop of the fetch is about to be sent.
	 * @param urlList the URLs so far; the last is that of the hop
	 */
	void processRequestUrlList(List<Url> urlList);

	/**
	 * A hop of the fetch, or a preflight, is about to be sent.
	 * @param preflight whether it is a preflight
	 * @param request what is sent
	 * @return follows the hop, or {@code null} if nobody does
	 */
	default @Nullable HopFollower processHop(boolean preflight, NetworkRequest request) {
		return null;
	}

	/**
	 * A connection is being made for a hop of the fetch.
	 * @param soFar tells, in any thread, how long its steps have taken so far
	 */
	default void processConnecting(Supplier<Setup> soFar) {
	}

	/**
	 * A hop of the fetch has its connection.
	 * @param connection what is known of it
	 */
	void processConnection(ConnectionInfo connection);

	/**
	 * Bytes of the request's body were transmitted.
	 * @param bytesLength how many
	 */
	void processRequestBodyChunkLength(int bytesLength);

	/**
	 * All of the request's body was transmitted.
	 */
	void processRequestEndOfBody();

	/**
	 * There is a response, or there will be none.
	 * @param response the response; a network error is the last callback
	 */
	void processResponse(Response response);

	/**
	 * A piece of the response's body was received.
	 * @param chunk the piece, to be released by the handler
	 */
	void processBodyChunk(BodyChunk chunk);

	/**
	 * The response's body is complete.
	 */
	void processEndOfBody();

	/**
	 * The response's body will not be complete.
	 * @param failure why
	 */
	void processBodyError(FetchFailure failure);

}
