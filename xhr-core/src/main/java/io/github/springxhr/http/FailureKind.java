package io.github.springxhr.http;

import java.util.Locale;

/**
 * Why a request failed: a closed set, fit for a metric's tag.
 *
 * @since 0.1.0
 */
public enum FailureKind {

	/** The host name could not be resolved. */
	RESOLVE,

	/** No connection could be made. */
	CONNECT,

	/** The TLS handshake failed. */
	TLS,

	/** No connection became free, or too many requests were waiting for one. */
	POOL,

	/** The connection was closed or reset before the response was complete. */
	CONNECTION_CLOSED,

	/** Nothing was received for longer than the read timeout. */
	READ_TIMEOUT,

	/** The server broke the rules of HTTP. */
	PROTOCOL,

	/** A redirect was malformed, not allowed, or one too many. */
	REDIRECT,

	/** The server does not share the response with the client's origin. */
	CORS,

	/** The response's content coding was broken. */
	DECODE,

	/** The response was larger than the limit. */
	TOO_LARGE,

	/** The response could not be written to a temporary file. */
	STORAGE,

	/** The request's body could not be read or sent. */
	REQUEST_BODY,

	/** The URL has a scheme that cannot be fetched. */
	UNSUPPORTED_SCHEME,

	/** There was no token for the request. */
	AUTHORIZATION,

	/** The client's configuration does not allow it. */
	BLOCKED,

	/** The factory has been closed. */
	CLOSED,

	/** The time that {@code timeout} allows has passed. */
	TIMEOUT,

	/** The request was aborted. */
	ABORT,

	/** Anything else, such as an exception in a filter of the application. */
	OTHER;

	private final String tag = name().toLowerCase(Locale.ROOT);

	/**
	 * Return the kind in the form in which it is a metric's tag.
	 * @return the name in lower case
	 */
	public String tag() {
		return this.tag;
	}

}
