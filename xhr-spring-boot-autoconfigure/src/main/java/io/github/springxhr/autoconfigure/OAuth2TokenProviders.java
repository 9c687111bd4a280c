package io.github.springxhr.autoconfigure;

import java.util.Objects;
import java.util.stream.Stream;

import io.github.springxhr.fetch.AuthorizationProvider;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.util.function.SingletonSupplier;

/**
 * Has the tokens that Spring Security's OAuth2 client gets.
 */
final class OAuth2TokenProviders implements TokenProviders {

	private final ReactiveAuthorizedClients reactive;

	private final BlockingAuthorizedClients blocking;

	OAuth2TokenProviders(ReactiveAuthorizedClients reactive, BlockingAuthorizedClients blocking) {
		this.reactive = reactive;
		this.blocking = blocking;
	}

	@Override
	public AuthorizationProvider of(String clientName, String registrationId) {
		ClientRegistration ofReactive = this.reactive.registration(registrationId);
		ClientRegistration registration = (ofReactive != null) ? ofReactive
				: this.blocking.registration(registrationId);
		if (registration == null) {
			throw new IllegalArgumentException("there is no such registration of an OAuth2 client");
		}
		AuthorizedClients otherwise = (ofReactive != null) ? this.reactive : this.blocking;
		return new OAuth2Authorization(clientName, registration, SingletonSupplier.of(() -> clients(otherwise)));
	}

	/**
	 * Choose the application's own manager, else what knows the registration. Called at
	 * the first request, as a manager may be in need of a client itself.
	 */
	private AuthorizedClients clients(AuthorizedClients otherwise) {
		return Objects.requireNonNull(Stream.of(this.reactive, this.blocking)
			.filter(AuthorizedClients::hasManager)
			.findFirst()
			.orElse(otherwise));
	}

}
