package io.github.springxhr.autoconfigure;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.InMemoryReactiveOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.ReactiveOAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is removed from the service that keeps tokens.
 */
class AuthorizedClientsTests {

	private static final ClientRegistration REGISTRATION = ClientRegistration.withRegistrationId("shop")
		.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
		.clientId("me")
		.tokenUri("https://login.example/token")
		.build();

	private static final OAuth2AuthorizedClient KEPT = new OAuth2AuthorizedClient(REGISTRATION, "orders",
			new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "kept", Instant.EPOCH,
					Instant.EPOCH.plusSeconds(60)));

	private final DefaultListableBeanFactory beans = new DefaultListableBeanFactory();

	@ParameterizedTest
	@CsvSource({ "kept, true", "another, false" })
	void onlyTheTokenThatWasRefusedIsRemoved(String refused, boolean removed) {
		OAuth2AuthorizedClientService service = new InMemoryOAuth2AuthorizedClientService(
				new InMemoryClientRegistrationRepository(REGISTRATION));
		service.saveAuthorizedClient(KEPT, new TestingAuthenticationToken("orders", "n/a"));
		this.beans.registerSingleton("service", service);
		blocking().remove("shop", "orders", refused).block();
		assertThat((Object) service.loadAuthorizedClient("shop", "orders") == null).isEqualTo(removed);
	}

	@ParameterizedTest
	@CsvSource({ "kept, true", "another, false" })
	void onlyTheTokenThatWasRefusedIsRemovedFromAReactiveService(String refused, boolean removed) {
		ReactiveOAuth2AuthorizedClientService service = new InMemoryReactiveOAuth2AuthorizedClientService(
				new InMemoryReactiveClientRegistrationRepository(List.of(REGISTRATION)));
		service.saveAuthorizedClient(KEPT, new TestingAuthenticationToken("orders", "n/a")).block();
		this.beans.registerSingleton("service", service);
		reactive().remove("shop", "orders", refused).block();
		assertThat(service.loadAuthorizedClient("shop", "orders").hasElement().block()).isNotEqualTo(removed);
	}

	private BlockingAuthorizedClients blocking() {
		return new BlockingAuthorizedClients(this.beans.getBeanProvider(ClientRegistrationRepository.class),
				this.beans.getBeanProvider(OAuth2AuthorizedClientService.class),
				this.beans.getBeanProvider(OAuth2AuthorizedClientManager.class),
				this.beans.getBeanProvider(OAuth2AuthorizedClientProvider.class),
				this.beans.getBeanProvider(ResolvableType.forClassWithGenerics(OAuth2AccessTokenResponseClient.class,
						OAuth2ClientCredentialsGrantRequest.class)));
	}

	private ReactiveAuthorizedClients reactive() {
		return new ReactiveAuthorizedClients(this.beans.getBeanProvider(ReactiveClientRegistrationRepository.class),
				this.beans.getBeanProvider(ReactiveOAuth2AuthorizedClientService.class),
				this.beans.getBeanProvider(ReactiveOAuth2AuthorizedClientManager.class),
				this.beans.getBeanProvider(ReactiveOAuth2AuthorizedClientProvider.class),
				this.beans.getBeanProvider(ResolvableType.forClassWithGenerics(
						ReactiveOAuth2AccessTokenResponseClient.class, OAuth2ClientCredentialsGrantRequest.class)));
	}

}
