package io.github.springxhr.autoconfigure;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;

/**
 * The beans of an application that get and keep tokens: its reactive ones, or its
 * blocking ones.
 */
interface AuthorizedClients {

	/**
	 * Find a registration. Called when the application starts, and may block.
	 */
	@Nullable ClientRegistration registration(String registrationId);

	/**
	 * Whether the application has a manager of its own that works outside of a web
	 * request.
	 */
	boolean hasManager();

	/**
	 * Get a token, new if need be. Never blocks the thread that subscribes.
	 */
	Mono<OAuth2AuthorizedClient> authorize(OAuth2AuthorizeRequest request);

	/**
	 * Forget a token if it is still the one that is kept. Never blocks the thread that
	 * subscribes.
	 */
	Mono<Void> remove(String registrationId, String principalName, String token);

}
