package io.github.springxhr.autoconfigure;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the message says of what the server of tokens said.
 */
class TokenUnavailableExceptionTests {

	@ParameterizedTest
	@CsvSource({ "invalid_request, invalid_request", "invalid_client, invalid_client", "invalid_grant, invalid_grant",
			"unauthorized_client, unauthorized_client", "unsupported_grant_type, unsupported_grant_type",
			"invalid_scope, invalid_scope", "access_denied, access_denied",
			"unsupported_response_type, unsupported_response_type", "server_error, server_error",
			"temporarily_unavailable, temporarily_unavailable",
			"client_authorization_required, client_authorization_required",
			"invalid_token_response, invalid_token_response", "s3cret, refused", "Invalid_client, refused",
			"invalid_client_s3cret, refused", "two words, refused" })
	void onlyTheCodesOfTheStandardAreShown(String code, String shown) {
		OAuth2AuthorizationException failure = new OAuth2AuthorizationException(
				new OAuth2Error(code, "s3cret of the server", null));
		assertThat(TokenUnavailableException.of("shop", failure))
			.hasMessage("there is no token of the registration 'shop': " + shown)
			.hasNoCause();
	}

}
