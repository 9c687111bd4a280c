package io.github.springxhr.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import io.github.springxhr.fetch.AuthorizationProvider;
import reactor.core.publisher.Mono;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

/**
 * Has the token of one registration for one client.
 *
 * <h2>Concurrency</h2> The lock guards {@link #lookups} and is held while looking
 * something up there only.
 */
final class OAuth2Authorization implements AuthorizationProvider {

	/**
	 * Users whose requests share a lookup; beyond it, the oldest one may get a second.
	 */
	static final int MAX_PRINCIPALS = 1_000;

	private final ClientRegistration registration;

	private final Supplier<AuthorizedClients> clients;

	private final Authentication client;

	private final Map<String, TokenLookups> lookups = new LinkedHashMap<>();

	OAuth2Authorization(String clientName, ClientRegistration registration, Supplier<AuthorizedClients> clients) {
		this.registration = registration;
		this.clients = clients;
		this.client = new AnonymousAuthenticationToken("xhr", clientName,
				AuthorityUtils.createAuthorityList("ROLE_CLIENT"));
	}

	@Override
	public CompletionStage<String> authorization() {
		Authentication principal = principal();
		return lookups(principal.getName()).get(Mono.defer(() -> token(principal)));
	}

	/**
	 * Find in whose name the token is: the client's own, unless the grant is a user's.
	 */
	private Authentication principal() {
		if (this.registration.getAuthorizationGrantType().equals(AuthorizationGrantType.CLIENT_CREDENTIALS)) {
			return this.client;
		}
		Authentication current = SecurityContextHolder.getContext().getAuthentication();
		return (current != null) ? current : this.client;
	}

	private Mono<String> token(Authentication principal) {
		String id = this.registration.getRegistrationId();
		return this.clients.get()
			.authorize(OAuth2AuthorizeRequest.withClientRegistrationId(id).principal(principal).build())
			.map((authorized) -> "Bearer " + authorized.getAccessToken().getTokenValue())
			.switchIfEmpty(Mono.error(() -> new TokenUnavailableException(id, "its grant is not supported")));
	}

	private TokenLookups lookups(String principalName) {
		synchronized (this.lookups) {
			TokenLookups existing = this.lookups.get(principalName);
			if (existing != null) {
				return existing;
			}
			if (this.lookups.size() >= MAX_PRINCIPALS) {
				this.lookups.remove(this.lookups.keySet().iterator().next());
			}
			TokenLookups made = new TokenLookups(this.registration.getRegistrationId());
			this.lookups.put(principalName, made);
			return made;
		}
	}

	@Override
	public String description() {
		return "oauth2 (" + this.registration.getRegistrationId() + ")";
	}

	@Override
	public void refused(String value) {
		Map<String, TokenLookups> all;
		synchronized (this.lookups) {
			all = new LinkedHashMap<>(this.lookups);
		}
		String token = value.substring("Bearer ".length());
		for (Map.Entry<String, TokenLookups> entry : all.entrySet()) {
			if (entry.getValue().isLast(value)) {
				entry.getValue()
					.run(Mono.defer(() -> this.clients.get()
						.remove(this.registration.getRegistrationId(), entry.getKey(), token)));
			}
		}
	}

}
