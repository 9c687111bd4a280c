package io.github.springxhr.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.client.AuthorizationCodeReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.AuthorizedClientServiceReactiveOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.ClientCredentialsReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.DelegatingReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.RefreshTokenReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.ReactiveOAuth2AccessTokenResponseClient;
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

	private final ObjectProvider<ReactiveOAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest>> responseClients;

	private final SingletonSupplier<ReactiveOAuth2AuthorizedClientManager> manager = SingletonSupplier
		.of(this::manager);

	ReactiveAuthorizedClients(ObjectProvider<ReactiveClientRegistrationRepository> registrations,
			ObjectProvider<ReactiveOAuth2AuthorizedClientService> service,
			ObjectProvider<ReactiveOAuth2AuthorizedClientManager> managers,
			ObjectProvider<ReactiveOAuth2AuthorizedClientProvider> providers,
			ObjectProvider<ReactiveOAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest>> responseClients) {
		this.registrations = registrations;
		this.service = service;
		this.managers = managers;
		this.providers = providers;
		this.responseClients = responseClients;
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
		own.setAuthorizedClientProvider(provider());
		return own;
	}

	/**
	 * Ask the application's providers first, then the standard ones, except those that
	 * the application has in its own settings.
	 */
	private ReactiveOAuth2AuthorizedClientProvider provider() {
		List<ReactiveOAuth2AuthorizedClientProvider> all = new ArrayList<>(this.providers.orderedStream().toList());
		Set<Class<?>> own = all.stream().map(Object::getClass).collect(Collectors.toSet());
		Stream
			.of(new AuthorizationCodeReactiveOAuth2AuthorizedClientProvider(),
					new RefreshTokenReactiveOAuth2AuthorizedClientProvider(), clientCredentials())
			.filter((standard) -> !own.contains(standard.getClass()))
			.forEach(all::add);
		return new DelegatingReactiveOAuth2AuthorizedClientProvider(all);
	}

	private ReactiveOAuth2AuthorizedClientProvider clientCredentials() {
		ClientCredentialsReactiveOAuth2AuthorizedClientProvider provider = new ClientCredentialsReactiveOAuth2AuthorizedClientProvider();
		this.responseClients.ifAvailable(provider::setAccessTokenResponseClient);
		return provider;
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
