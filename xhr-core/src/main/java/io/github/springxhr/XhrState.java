package io.github.springxhr;

import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.RequestBody;
import io.github.springxhr.http.Response;
import io.github.springxhr.http.Url;
import io.github.springxhr.mime.MimeType;
import org.jspecify.annotations.Nullable;

/**
 * The concepts that the standard associates with a request, by the standard's names.
 *
 * <h2>Concurrency</h2> Written by the lane only. What the getters of the request read is
 * volatile; the rest is read by the lane as well.
 *
 * @see <a href="https://xhr.spec.whatwg.org/#interface-xmlhttprequest">XMLHttpRequest
 * Standard, associated concepts</a>
 */
final class XhrState {

	/** For each state, a bit for each state that may follow it. */
	private static final int[] LEGAL_EDGES = { 1 << XMLHttpRequest.OPENED,
			1 << XMLHttpRequest.HEADERS_RECEIVED | 1 << XMLHttpRequest.DONE,
			1 << XMLHttpRequest.LOADING | 1 << XMLHttpRequest.OPENED | 1 << XMLHttpRequest.DONE,
			1 << XMLHttpRequest.OPENED | 1 << XMLHttpRequest.DONE,
			1 << XMLHttpRequest.OPENED | 1 << XMLHttpRequest.UNSENT };

	private volatile int state = XMLHttpRequest.UNSENT;

	boolean sendInvoked;

	volatile int timeout;

	/** Whether the timeout was set on the object, and is not the client's. */
	boolean timeoutSet;

	String requestMethod = "GET";

	@Nullable Url requestUrl;

	@Nullable String uriTemplate;

	final HeaderList authorRequestHeaders = new HeaderList();

	@Nullable RequestBody requestBody;

	volatile boolean synchronous;

	volatile boolean crossOriginCredentials;

	/** Mozilla's: whether the request does not hold up the shutdown. */
	volatile boolean background;

	volatile XhrOptions options = XhrOptions.DEFAULTS;

	/** Whether {@code open()} was called, after which the options are settled. */
	boolean openedBefore;

	volatile XMLHttpRequestResponseType responseType = XMLHttpRequestResponseType.EMPTY;

	volatile @Nullable MimeType overrideMimeType;

	boolean uploadComplete;

	boolean uploadListener;

	boolean timedOut;

	volatile Response response = Response.NONE;

	/**
	 * The received bytes and the response object; {@code null} if there is no response.
	 */
	volatile @Nullable ResponseContent content;

	/**
	 * Stands for the standard's fetch controller: the exchange {@code send()} made last.
	 */
	volatile @Nullable Exchange exchange;

	int state() {
		return this.state;
	}

	boolean hasOwnTimeout() {
		return this.timeoutSet && this.timeout != 0;
	}

	/**
	 * Change the state.
	 * @throws IllegalStateException if the standard has no such change: a bug
	 */
	void transitionTo(int next) {
		if ((LEGAL_EDGES[this.state] & 1 << next) == 0) {
			throw new IllegalStateException("Illegal transition from state " + this.state + " to " + next);
		}
		this.state = next;
	}

}
