package io.github.springxhr.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.util.Assert;

/**
 * Where the server of a client is. A bean of this type takes the place of the client's
 * {@code base-url}; everything else that is configured for it stays, and headers,
 * credentials and tokens go to the origin of this base URL.
 *
 * @since 0.1.0
 */
public interface XhrClientConnectionDetails extends ConnectionDetails {

	/**
	 * Return which client it is about.
	 * @return the name of the client, as the configuration spells it; {@code "default"}
	 * for the one of {@code xhr.*}
	 */
	String getClient();

	/**
	 * Return what relative URLs are resolved against. Asked when the application starts.
	 * @return an absolute URL, as {@code xhr.base-url} takes it, or {@code null} for none
	 */
	@Nullable String getBaseUrl();

	/**
	 * Make details that are known already.
	 * @param client the name of the client
	 * @param baseUrl its base URL
	 * @return the details
	 */
	static XhrClientConnectionDetails of(String client, String baseUrl) {
		Assert.hasText(client, "client must not be empty");
		Assert.hasText(baseUrl, "baseUrl must not be empty");
		return new XhrClientConnectionDetails() {

			@Override
			public String getClient() {
				return client;
			}

			@Override
			public String getBaseUrl() {
				return baseUrl;
			}

		};
	}

}
