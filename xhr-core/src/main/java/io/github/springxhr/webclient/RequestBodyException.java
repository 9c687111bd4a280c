package io.github.springxhr.webclient;

import java.io.IOException;

/**
 * The request's body could not be read, or was not what had been promised.
 */
final class RequestBodyException extends IOException {

	private static final long serialVersionUID = 1L;

	RequestBodyException(String message) {
		super(message);
	}

	private RequestBodyException(Throwable cause) {
		super("the request's body could not be read", cause);
	}

	static RequestBodyException of(Throwable cause) {
		return (cause instanceof RequestBodyException same) ? same : new RequestBodyException(cause);
	}

}
