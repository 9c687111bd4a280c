package io.github.springxhr.autoconfigure;

import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

/**
 * There is no token. Has no cause, whose message may be what the server of tokens says,
 * or hold a secret.
 */
final class TokenUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** As the standard of OAuth 2.0 and its registry have them. */
	private static final Pattern ERROR_CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

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
			return ERROR_CODE.matcher(code).matches() ? code : "refused";
		}
		if (failure instanceof TimeoutException) {
			return "the server did not answer within " + OAuth2Authorization.LIMIT.toSeconds() + " seconds";
		}
		return failure.getClass().getName();
	}

}
