package io.github.springxhr.http;

import java.util.Base64;

/**
 * A user name and password as they are sent.
 *
 * @since 0.1.0
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7617">RFC 7617</a>
 */
@Internal
public final class BasicCredentials {

	private BasicCredentials() {
	}

	/**
	 * Return the value of {@code Authorization}.
	 * @param username the user name, which a server reads up to the first colon
	 * @param password the password
	 * @return the value; both are encoded as UTF-8
	 */
	public static String headerValue(String username, String password) {
		return "Basic " + Base64.getEncoder().encodeToString(ScalarValues.utf8Encode(username + ":" + password));
	}

}
