package io.github.springxhr.webclient;

import java.net.UnknownHostException;

import io.github.springxhr.http.Internal;

/**
 * A service has no instance that a request could be sent to.
 *
 * @since 0.1.0
 */
@Internal
public final class NoInstanceException extends UnknownHostException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create an exception.
	 * @param serviceId the name of the service
	 */
	public NoInstanceException(String serviceId) {
		super("the service '" + serviceId + "' has no instance");
	}

}
