package io.github.springxhr.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * Configuration properties of how a client speaks TLS.
 *
 * @since 0.1.0
 */
public class XhrSslProperties {

	/**
	 * Name of the SSL bundle that says whom to trust, and what the client proves itself
	 * with. Not inherited by named clients.
	 */
	private @Nullable String bundle;

	public @Nullable String getBundle() {
		return this.bundle;
	}

	public void setBundle(@Nullable String bundle) {
		this.bundle = bundle;
	}

}
