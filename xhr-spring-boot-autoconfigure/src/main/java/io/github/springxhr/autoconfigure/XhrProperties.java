package io.github.springxhr.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of the default client, and of the named ones.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("xhr")
public class XhrProperties extends XhrClientProperties {

	/**
	 * Whether XHR clients are auto-configured.
	 */
	private boolean enabled = true;

	/**
	 * Named clients, each with properties of its own. Limits are inherited from the
	 * default client; its base URL, origin, headers, credentials, cookies and what
	 * weakens it are not.
	 */
	private final Map<String, XhrClientProperties> clients = new LinkedHashMap<>();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Map<String, XhrClientProperties> getClients() {
		return this.clients;
	}

}
