package io.github.springxhr.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.client.AuthorizedClientServiceReactiveOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultReactiveOAuth2AuthorizedClientManager;
import org.springframework.util.function.SingletonSupplier;

/**
 * The reactive beans.
 */
final class ReactiveAuthorizedClients implements AuthorizedClients {

	/** A repository may ask a server. */
	private static final Duration START_LIMIT = Duration.ofSeconds(30);

	private final ObjectProvider<ReactiveClientRegistrationRepository> registrations;

	private final ObjectProvider<ReactiveOAuth2AuthorizedClientService> service;

	private final ObjectProvider<ReactiveOAuth2AuthorizedClientManager> managers;

	private final ObjectProvider<ReactiveOAuth2AuthorizedClientProvider> providers;

	private final SingletonSupplier<ReactiveOAuth2AuthorizedClientManager> manager = SingletonSupplier
		.of(this::manager);

	ReactiveAuthorizedClients(ObjectProvider<ReactiveClientRegistrationRepository> registrations,
			ObjectProvider<ReactiveOAuth2AuthorizedClientService> service,
			ObjectProvider<ReactiveOAuth2AuthorizedClientManager> managers,
			ObjectProvider<ReactiveOAuth2AuthorizedClientProvider> providers) {
		this.registrations = registrations;
		this.service = service;
		this.managers = managers;
		this.providers = providers;
	}

	@Override
	public @Nullable ClientRegistration registration(String registrationId) {
		ReactiveClientRegistrationRepository available = this.registrations.getIfAvailable();
		return (available != null) ? available.findByRegistrationId(registrationId).block(START_LIMIT) : null;
	}

	@Override
	public boolean hasManager() {
		return usableManager() != null;
	}

	/**
	 * Find the application's manager, unless it is the one that needs a web request to
	 * keep tokens with.
	 */
	private @Nullable ReactiveOAuth2AuthorizedClientManager usableManager() {
		ReactiveOAuth2AuthorizedClientManager available = this.managers.getIfAvailable();
		return (available instanceof DefaultReactiveOAuth2AuthorizedClientManager) ? null : available;
	}

	private ReactiveOAuth2AuthorizedClientManager manager() {
		ReactiveOAuth2AuthorizedClientManager available = usableManager();
		if (available != null) {
			return available;
		}
		AuthorizedClientServiceReactiveOAuth2AuthorizedClientManager own = new AuthorizedClientServiceReactiveOAuth2AuthorizedClientManager(
				this.registrations.getObject(), this.service.getObject());
		own.setAuthorizedClientProvider(
				this.providers.getIfUnique(() -> ReactiveOAuth2AuthorizedClientProviderBuilder.builder()
					.authorizationCode()
					.refreshToken()
					.clientCredentials()
					.build()));
		return own;
	}

	@Override
	public Mono<OAuth2AuthorizedClient> authorize(OAuth2AuthorizeRequest request) {
		return Mono.defer(() -> this.manager.obtain().authorize(request));
	}

	@Override
	public Mono<Void> remove(String registrationId, String principalName, String token) {
		return Mono.defer(() -> {
			ReactiveOAuth2AuthorizedClientService available = this.service.getIfAvailable();
			return (available != null) ? remove(available, registrationId, principalName, token) : Mono.empty();
		});
	}

	private static Mono<Void> remove(ReactiveOAuth2AuthorizedClientService service, String registrationId,
			String principalName, String token) {
		return service.loadAuthorizedClient(registrationId, principalName)
			.filter((client) -> client.getAccessToken().getTokenValue().equals(token))
			.flatMap((client) -> service.removeAuthorizedClient(registrationId, principalName));
	}

}
