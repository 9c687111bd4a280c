package io.github.springxhr.webclient;

import java.io.IOException;

/**
 * A host has no address that the client may connect to.
 */
final class AddressBlockedException extends IOException {

	private static final long serialVersionUID = 1L;

	AddressBlockedException(String host) {
		super("the client's configuration does not allow connections to the host '" + host + "'");
	}

}
