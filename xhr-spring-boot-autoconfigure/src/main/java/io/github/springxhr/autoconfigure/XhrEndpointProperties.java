package io.github.springxhr.autoconfigure;

import java.util.LinkedHashSet;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Configuration properties of {@link XhrEndpoint}.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("management.endpoint.xhr")
public class XhrEndpointProperties {

	/**
	 * When to show base URLs, origins and the URIs of requests. Header values and
	 * credentials are never shown.
	 */
	private Show showValues = Show.ALWAYS;

	/**
	 * Roles used to determine whether a user is authorized to be shown these values. When
	 * empty, all authenticated users are authorized.
	 */
	private final Set<String> roles = new LinkedHashSet<>();

	public Show getShowValues() {
		return this.showValues;
	}

	public void setShowValues(Show showValues) {
		this.showValues = showValues;
	}

	public Set<String> getRoles() {
		return this.roles;
	}

}
