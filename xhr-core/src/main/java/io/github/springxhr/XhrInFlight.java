package io.github.springxhr;

import java.time.Duration;
import java.util.List;

/**
 * What can be told of a request that has been sent and has not ended, at the moment it
 * was asked for. Holds no secrets: neither headers nor bodies, and of a URL neither user
 * name, password, query nor fragment.
 *
 * @param id a number that no other request of the same factory has
 * @param method the method
 * @param uri the template the request was opened with, else its URL without user name,
 * password, query and fragment
 * @param readyState the state, 0 to 4
 * @param background whether the request does not hold up the shutdown
 * @param upload how much of the request's body has been transmitted
 * @param download how much of the response's body has been received
 * @param age the time since the request was sent
 * @since 0.1.0
 * @see XhrFactory#getInFlight()
 */
public record XhrInFlight(long id, String method, String uri, int readyState, boolean background, Transfer upload,
		Transfer download, Duration age) {

	private static final List<String> STATES = List.of("UNSENT", "OPENED", "HEADERS_RECEIVED", "LOADING", "DONE");

	/**
	 * Return the name of the state.
	 * @return the name of the constant of {@link XMLHttpRequest}
	 * @see <a href=
	 * "https://xhr.spec.whatwg.org/#dom-xmlhttprequest-readystate">readyState</a>
	 */
	public String stateName() {
		return STATES.get(this.readyState);
	}

	/**
	 * How far a body has got.
	 *
	 * @param loaded bytes, counted as in the progress events
	 * @param total bytes, or 0 if there is no body or its length is unknown
	 */
	public record Transfer(long loaded, long total) {

	}

}
