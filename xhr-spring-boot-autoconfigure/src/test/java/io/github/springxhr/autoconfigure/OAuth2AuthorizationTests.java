package io.github.springxhr.autoconfigure;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whose tokens are looked up and removed, with servers that are driven by hand.
 */
class OAuth2AuthorizationTests {

	private static final ClientRegistration REGISTRATION = ClientRegistration.withRegistrationId("shop")
		.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
		.clientId("me")
		.redirectUri("{baseUrl}/login")
		.authorizationUri("https://login.example/")
		.tokenUri("https://login.example/token")
		.build();

	private final Recording clients = new Recording();

	private final OAuth2Authorization authorization = new OAuth2Authorization("orders", REGISTRATION,
			() -> this.clients);

	@AfterEach
	void clear() {
		SecurityContextHolder.clearContext();
	}

	@Test
	void onlyTheUserWhoseTokenWasRefusedLosesIt() {
		as("jane");
		as("john");
		this.authorization.refused("Bearer of-jane-1");
		assertThat(this.clients.removed).containsExactly("shop jane of-jane-1");
	}

	@Test
	void aTokenThatIsNoLongerTheLastOneIsNotRemoved() {
		as("jane");
		as("jane");
		this.authorization.refused("Bearer of-jane-1");
		assertThat(this.clients.removed).isEmpty();
		this.authorization.refused("Bearer of-jane-2");
		assertThat(this.clients.removed).containsExactly("shop jane of-jane-2");
	}

	@Test
	void theOldestUserIsForgottenFirstWhenThereAreTooMany() {
		for (int i = 0; i < OAuth2Authorization.MAX_PRINCIPALS; i++) {
			as("user" + i);
		}
		this.authorization.refused("Bearer of-user0-1");
		assertThat(this.clients.removed).containsExactly("shop user0 of-user0-1");
		as("one-more");
		this.authorization.refused("Bearer of-user0-1");
		assertThat(this.clients.removed).hasSize(1);
		this.authorization.refused("Bearer of-user1-" + 2);
		this.authorization.refused("Bearer of-one-more-" + (OAuth2Authorization.MAX_PRINCIPALS + 1));
		assertThat(this.clients.removed).hasSize(3);
	}

	@Test
	void aUserIsNotGivenTheTokenOfAnother() {
		Sinks.One<OAuth2AuthorizedClient> answer = Sinks.one();
		this.clients.next = answer.asMono();
		CompletableFuture<String> ofJane = as("jane");
		this.clients.next = null;
		assertThat(as("john")).isCompletedWithValue("Bearer of-john-2");
		assertThat(ofJane).isNotDone();
		answer.tryEmitValue(authorized("jane", "late"));
		assertThat(ofJane).isCompletedWithValue("Bearer late");
	}

	private CompletableFuture<String> as(String user) {
		SecurityContextHolder.getContext().setAuthentication(new TestingAuthenticationToken(user, "n/a"));
		return this.authorization.authorization().toCompletableFuture();
	}

	private static OAuth2AuthorizedClient authorized(String user, String token) {
		return new OAuth2AuthorizedClient(REGISTRATION, user, new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER,
				token, Instant.EPOCH, Instant.EPOCH.plus(Duration.ofDays(1))));
	}

	private static final class Recording implements AuthorizedClients {

		private final List<String> removed = new ArrayList<>();

		private @Nullable Mono<OAuth2AuthorizedClient> next;

		private int count;

		@Override
		public @Nullable ClientRegistration registration(String registrationId) {
			return REGISTRATION;
		}

		@Override
		public boolean hasManager() {
			return true;
		}

		@Override
		public Mono<OAuth2AuthorizedClient> authorize(OAuth2AuthorizeRequest request) {
			this.count++;
			String user = Objects.requireNonNull(request.getPrincipal()).getName();
			return (this.next != null) ? this.next : Mono.just(authorized(user, "of-" + user + "-" + this.count));
		}

		@Override
		public Mono<Void> remove(String registrationId, String principalName, String token) {
			return Mono.fromRunnable(() -> this.removed.add(registrationId + " " + principalName + " " + token));
		}

	}

}
