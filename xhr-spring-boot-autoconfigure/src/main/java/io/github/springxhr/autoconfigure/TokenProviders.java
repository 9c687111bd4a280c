package io.github.springxhr.autoconfigure;

import io.github.springxhr.fetch.AuthorizationProvider;

/**
 * Has the tokens of OAuth2 registrations. Names no type of Spring Security, which may be
 * absent.
 */
interface TokenProviders {

	/**
	 * Return what has the tokens of a registration.
	 * @param clientName the name of the client that sends them
	 * @param registrationId the id of the registration
	 * @return the provider, which asks for no token before it is needed
	 * @throws IllegalArgumentException if there is no such registration
	 */
	AuthorizationProvider of(String clientName, String registrationId);

}
