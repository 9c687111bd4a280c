package io.github.springxhr;

import java.time.Duration;

import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.HeaderList;
import org.jspecify.annotations.Nullable;

/**
 * One request that went over the network for an exchange: the request itself, one before
 * a redirect was followed or a challenge answered, or a CORS preflight.
 *
 * @param preflight whether it was a CORS preflight
 * @param method the method
 * @param url the URL, without credentials and query
 * @param started when it was started, from the start of the fetch in {@code send()}
 * @param requestHeaders the headers that were sent, without what a filter of the
 * application added; they may hold secrets
 * @param requestBytes the bytes of the request's body that were sent
 * @param status the status code, or 0 if there was no response
 * @param statusText the reason phrase; empty if there was none
 * @param responseHeaders the headers that were received, also those that the caller does
 * not get to see; they may hold secrets
 * @param responseBytes the bytes of the response's body that were received, before they
 * were decoded
 * @param redirectUrl where a redirect leads, without credentials and query, or
 * {@code null} if it was none
 * @param failure why the exchange failed, if this is its last hop, or {@code null}
 * @param channel the connection, and the times from the start of the hop
 * @since 0.1.0
 */
public record XhrHop(boolean preflight, String method, String url, Duration started, HeaderList requestHeaders,
		long requestBytes, int status, String statusText, HeaderList responseHeaders, long responseBytes,
		@Nullable String redirectUrl, @Nullable FetchFailure failure, XhrChannel channel) {

	/**
	 * Copy the headers, which can be changed.
	 */
	public XhrHop {
		requestHeaders = requestHeaders.copy();
		responseHeaders = responseHeaders.copy();
	}

	@Override
	public HeaderList requestHeaders() {
		return this.requestHeaders.copy();
	}

	@Override
	public HeaderList responseHeaders() {
		return this.responseHeaders.copy();
	}

	/**
	 * Return what it was, without headers.
	 */
	@Override
	public String toString() {
		return (this.preflight ? "preflight " : "") + this.method + " " + this.url + " " + this.status;
	}

}
