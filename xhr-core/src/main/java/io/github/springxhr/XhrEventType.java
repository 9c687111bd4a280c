package io.github.springxhr;

import java.util.Locale;

/**
 * The events of a request.
 *
 * @since 0.1.0
 * @see <a href="https://xhr.spec.whatwg.org/#events">XMLHttpRequest Standard, event
 * summary</a>
 */
public enum XhrEventType {

	/** {@code readyState} has changed, or more of the body has come in. */
	READYSTATECHANGE,

	/** The fetch begins. */
	LOADSTART,

	/** Bytes were transferred. */
	PROGRESS,

	/** The request was aborted. */
	ABORT,

	/** The request failed. */
	ERROR,

	/** The request succeeded: there is a response, be its status 404. */
	LOAD,

	/** The time that {@code timeout} allows has passed. */
	TIMEOUT,

	/** The request has come to its end, in whichever way. */
	LOADEND;

	private final String eventName = name().toLowerCase(Locale.ROOT);

	/**
	 * Return the name of the event.
	 * @return such as {@code "loadstart"}
	 */
	public String eventName() {
		return this.eventName;
	}

}
