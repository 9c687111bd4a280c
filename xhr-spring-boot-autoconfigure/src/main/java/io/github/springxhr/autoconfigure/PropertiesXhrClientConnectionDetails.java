package io.github.springxhr.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Where the properties say that the server of a client is.
 *
 * @param client the name of the client
 * @param properties its properties
 */
record PropertiesXhrClientConnectionDetails(String client,
		XhrClientProperties properties) implements XhrClientConnectionDetails {

	@Override
	public String getClient() {
		return this.client;
	}

	@Override
	public @Nullable String getBaseUrl() {
		return this.properties.getBaseUrl();
	}

}
