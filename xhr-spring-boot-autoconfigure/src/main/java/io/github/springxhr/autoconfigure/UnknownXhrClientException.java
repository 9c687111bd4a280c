package io.github.springxhr.autoconfigure;

import java.util.Set;

/**
 * An interface is marked as one of a client that there is not.
 */
final class UnknownXhrClientException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String client;

	UnknownXhrClientException(Class<?> type, String client, Set<String> names) {
		super("@XhrExchange(\"" + client + "\") on " + type.getName() + " names no XHR client; the named clients are "
				+ names);
		this.client = client;
	}

	String getClient() {
		return this.client;
	}

}
