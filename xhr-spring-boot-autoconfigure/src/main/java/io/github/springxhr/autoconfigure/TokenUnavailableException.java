package io.github.springxhr.autoconfigure;

import java.util.Set;
import java.util.concurrent.TimeoutException;

import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

/**
 * There is no token. Has no cause, whose message may be what the server of tokens says,
 * or hold a secret.
 */
final class TokenUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * The codes of OAuth 2.0, and the two that Spring Security finds itself. Anything
	 * else is text of the server.
	 *
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-5.2">RFC 6749</a>
	 */
	private static final Set<String> ERROR_CODES = Set.of("invalid_request", "invalid_client", "invalid_grant",
			"unauthorized_client", "unsupported_grant_type", "invalid_scope", "access_denied",
			"unsupported_response_type", "server_error", "temporarily_unavailable", "client_authorization_required",
			"invalid_token_response");

	TokenUnavailableException(String registrationId, String reason) {
		super("there is no token of the registration '" + registrationId + "': " + reason, null, false, false);
	}

	static TokenUnavailableException of(String registrationId, Throwable failure) {
		return (failure instanceof TokenUnavailableException unavailable) ? unavailable
				: new TokenUnavailableException(registrationId, reason(failure));
	}

	private static String reason(Throwable failure) {
		if (failure instanceof OAuth2AuthorizationException refused) {
			String code = refused.getError().getErrorCode();
			return ERROR_CODES.contains(code) ? code : "refused";
		}
		if (failure instanceof TimeoutException) {
			return "the server did not answer within " + TokenLookups.LIMIT.toSeconds() + " seconds";
		}
		return failure.getClass().getName();
	}

}
