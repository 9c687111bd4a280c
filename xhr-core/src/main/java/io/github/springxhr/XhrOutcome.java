package io.github.springxhr;

import java.util.Locale;

import io.github.springxhr.http.FailureKind;

/**
 * How an exchange ended: a closed set, fit for a metric's tag.
 *
 * @since 0.1.0
 */
public enum XhrOutcome {

	/** A complete response with a status of 200 to 299, or above 599. */
	SUCCESS,

	/** A complete response with a status of 300 to 399. */
	REDIRECTION,

	/** A complete response with a status of 400 to 499. */
	CLIENT_ERROR,

	/** A complete response with a status of 500 to 599. */
	SERVER_ERROR,

	/** {@code abort()} was called, or the factory was closed. */
	ABORT,

	/** The time that {@code timeout} allows has passed. */
	TIMEOUT,

	/** There was no response, or it was not complete. */
	NETWORK_ERROR,

	/** The server does not share its response with the client's origin. */
	CORS_ERROR,

	/** {@code open()} was called while the request was in flight. */
	SUPERSEDED;

	private final String tag = name().toLowerCase(Locale.ROOT);

	/**
	 * Return the outcome in the form in which it is a metric's tag.
	 * @return the name in lower case
	 */
	public String tag() {
		return this.tag;
	}

	static XhrOutcome ofFailure(FailureKind kind) {
		return switch (kind) {
			case ABORT -> ABORT;
			case TIMEOUT -> TIMEOUT;
			case CORS -> CORS_ERROR;
			default -> NETWORK_ERROR;
		};
	}

	/**
	 * Return the outcome of a response that is complete.
	 * @param status its status code
	 * @return the outcome
	 */
	public static XhrOutcome ofStatus(int status) {
		return switch (status / 100) {
			case 3 -> REDIRECTION;
			case 4 -> CLIENT_ERROR;
			case 5 -> SERVER_ERROR;
			default -> SUCCESS;
		};
	}

}
