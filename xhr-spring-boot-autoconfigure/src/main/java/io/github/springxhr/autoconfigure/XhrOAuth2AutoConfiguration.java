package io.github.springxhr.autoconfigure;

import reactor.netty.http.client.HttpClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.ReactiveOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2ClientCredentialsGrantRequest;
import org.springframework.security.oauth2.client.endpoint.ReactiveOAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * {@link AutoConfiguration Auto-configuration} of tokens from Spring Security's OAuth2
 * client, for {@code xhr.credentials.oauth2}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(before = XhrAutoConfiguration.class)
@ConditionalOnClass({ OAuth2AuthorizedClientManager.class, WebClient.class, HttpClient.class })
@ConditionalOnBooleanProperty(name = "xhr.enabled", matchIfMissing = true)
public final class XhrOAuth2AutoConfiguration {

	@Bean
	ReactiveAuthorizedClients xhrReactiveAuthorizedClients(
			ObjectProvider<ReactiveClientRegistrationRepository> registrations,
			ObjectProvider<ReactiveOAuth2AuthorizedClientService> service,
			ObjectProvider<ReactiveOAuth2AuthorizedClientManager> managers,
			ObjectProvider<ReactiveOAuth2AuthorizedClientProvider> providers,
			ObjectProvider<ReactiveOAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest>> responseClients) {
		return new ReactiveAuthorizedClients(registrations, service, managers, providers, responseClients);
	}

	@Bean
	BlockingAuthorizedClients xhrBlockingAuthorizedClients(ObjectProvider<ClientRegistrationRepository> registrations,
			ObjectProvider<OAuth2AuthorizedClientService> service,
			ObjectProvider<OAuth2AuthorizedClientManager> managers,
			ObjectProvider<OAuth2AuthorizedClientProvider> providers,
			ObjectProvider<OAuth2AccessTokenResponseClient<OAuth2ClientCredentialsGrantRequest>> responseClients) {
		return new BlockingAuthorizedClients(registrations, service, managers, providers, responseClients);
	}

	@Bean
	TokenProviders xhrTokenProviders(ReactiveAuthorizedClients reactive, BlockingAuthorizedClients blocking) {
		return new OAuth2TokenProviders(reactive, blocking);
	}

}
