package io.github.springxhr.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.client.AuthorizationCodeOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.ClientCredentialsOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.DelegatingOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.RefreshTokenOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizedClientManager;
import org.springframework.util.function.SingletonSupplier;

/**
 * The blocking beans, which are called on threads that may block.
 */
final class BlockingAuthorizedClients implements AuthorizedClients {

	private final ObjectProvider<ClientRegistrationRepository> registrations;

	private final ObjectProvider<OAuth2AuthorizedClientService> service;

	private final ObjectProvider<OAuth2AuthorizedClientManager> managers;

	private final ObjectProvider<OAuth2AuthorizedClientProvider> providers;

	private final ObjectProvider<OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest>> responseClients;

	private final SingletonSupplier<OAuth2AuthorizedClientManager> manager = SingletonSupplier.of(this::manager);

	BlockingAuthorizedClients(ObjectProvider<ClientRegistrationRepository> registrations,
			ObjectProvider<OAuth2AuthorizedClientService> service,
			ObjectProvider<OAuth2AuthorizedClientManager> managers,
			ObjectProvider<OAuth2AuthorizedClientProvider> providers,
			ObjectProvider<OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest>> responseClients) {
		this.registrations = registrations;
		this.service = service;
		this.managers = managers;
		this.providers = providers;
		this.responseClients = responseClients;
	}

	@Override
	public @Nullable ClientRegistration registration(String registrationId) {
		ClientRegistrationRepository available = this.registrations.getIfAvailable();
		return (available != null) ? available.findByRegistrationId(registrationId) : null;
	}

	@Override
	public boolean hasManager() {
		return usableManager() != null;
	}

	/**
	 * Find the application's manager, unless it is the one that needs a web request to
	 * keep tokens with, which Spring Security defines in every web application.
	 */
	private @Nullable OAuth2AuthorizedClientManager usableManager() {
		OAuth2AuthorizedClientManager available = this.managers.getIfAvailable();
		return (available instanceof DefaultOAuth2AuthorizedClientManager) ? null : available;
	}

	private OAuth2AuthorizedClientManager manager() {
		OAuth2AuthorizedClientManager available = usableManager();
		if (available != null) {
			return available;
		}
		AuthorizedClientServiceOAuth2AuthorizedClientManager own = new AuthorizedClientServiceOAuth2AuthorizedClientManager(
				this.registrations.getObject(), this.service.getObject());
		own.setAuthorizedClientProvider(provider());
		return own;
	}

	/**
	 * Ask the application's providers first, then the standard ones, except those that
	 * the application has in its own settings.
	 */
	private OAuth2AuthorizedClientProvider provider() {
		List<OAuth2AuthorizedClientProvider> all = new ArrayList<>(this.providers.orderedStream().toList());
		Set<Class<?>> own = all.stream().map(Object::getClass).collect(Collectors.toSet());
		Stream
			.of(new AuthorizationCodeOAuth2AuthorizedClientProvider(), new RefreshTokenOAuth2AuthorizedClientProvider(),
					clientCredentials())
			.filter((standard) -> !own.contains(standard.getClass()))
			.forEach(all::add);
		return new DelegatingOAuth2AuthorizedClientProvider(all);
	}

	private OAuth2AuthorizedClientProvider clientCredentials() {
		ClientCredentialsOAuth2AuthorizedClientProvider provider = new ClientCredentialsOAuth2AuthorizedClientProvider();
		this.responseClients.ifAvailable(provider::setAccessTokenResponseClient);
		return provider;
	}

	@Override
	public Mono<OAuth2AuthorizedClient> authorize(OAuth2AuthorizeRequest request) {
		return Mono.fromCallable(() -> this.manager.obtain().authorize(request))
			.subscribeOn(Schedulers.boundedElastic());
	}

	@Override
	public Mono<Void> remove(String registrationId, String principalName, String token) {
		return Mono.<Void>fromRunnable(() -> {
			OAuth2AuthorizedClientService available = this.service.getIfAvailable();
			if (available != null) {
				OAuth2AuthorizedClient client = available.loadAuthorizedClient(registrationId, principalName);
				if (client != null && client.getAccessToken().getTokenValue().equals(token)) {
					available.removeAuthorizedClient(registrationId, principalName);
				}
			}
		}).subscribeOn(Schedulers.boundedElastic());
	}

}
