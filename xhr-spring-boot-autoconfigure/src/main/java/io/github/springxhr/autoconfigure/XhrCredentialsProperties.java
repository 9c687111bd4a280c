package io.github.springxhr.autoconfigure;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Configuration properties of a client's credentials: basic, bearer or OAuth2. Not
 * inherited by named clients.
 *
 * @since 0.1.0
 */
public class XhrCredentialsProperties {

	private final Basic basic = new Basic();

	private final Bearer bearer = new Bearer();

	private final OAuth2 oauth2 = new OAuth2();

	/**
	 * Origins besides that of the base URL that may see the credentials, each a scheme,
	 * host and port. Not inherited by named clients.
	 */
	private List<String> origins = new ArrayList<>();

	public Basic getBasic() {
		return this.basic;
	}

	public Bearer getBearer() {
		return this.bearer;
	}

	public OAuth2 getOauth2() {
		return this.oauth2;
	}

	public List<String> getOrigins() {
		return this.origins;
	}

	public void setOrigins(List<String> origins) {
		this.origins = origins;
	}

	/**
	 * User name and password.
	 */
	public static class Basic {

		/**
		 * User name to send to the origin of the base URL, without a colon. Not inherited
		 * by named clients.
		 */
		private @Nullable String username;

		/**
		 * Password to send to the origin of the base URL. Not inherited by named clients.
		 */
		private @Nullable String password;

		public @Nullable String getUsername() {
			return this.username;
		}

		public void setUsername(@Nullable String username) {
			this.username = username;
		}

		public @Nullable String getPassword() {
			return this.password;
		}

		public void setPassword(@Nullable String password) {
			this.password = password;
		}

	}

	/**
	 * Token.
	 */
	public static class Bearer {

		/**
		 * Token to send to the origin of the base URL. Not inherited by named clients.
		 */
		private @Nullable String token;

		public @Nullable String getToken() {
			return this.token;
		}

		public void setToken(@Nullable String token) {
			this.token = token;
		}

	}

	/**
	 * Token that Spring Security's OAuth2 client gets.
	 */
	public static class OAuth2 {

		/**
		 * Id of the registration below spring.security.oauth2.client.registration whose
		 * token is sent to the origin of the base URL. Not inherited by named clients.
		 */
		private @Nullable String registrationId;

		public @Nullable String getRegistrationId() {
			return this.registrationId;
		}

		public void setRegistrationId(@Nullable String registrationId) {
			this.registrationId = registrationId;
		}

	}

}
