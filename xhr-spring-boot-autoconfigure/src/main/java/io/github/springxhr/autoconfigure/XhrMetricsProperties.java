package io.github.springxhr.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the meters.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("management.metrics.xhr")
public class XhrMetricsProperties {

	/**
	 * Whether to time the phases of requests, such as resolving and connecting, as
	 * "xhr.phase".
	 */
	private boolean phases;

	/**
	 * Maximum number of URI templates a client has as values of the tag "uri". Requests
	 * of more are not recorded in "xhr.requests".
	 */
	private int maxUriTags = 100;

	public boolean isPhases() {
		return this.phases;
	}

	public void setPhases(boolean phases) {
		this.phases = phases;
	}

	public int getMaxUriTags() {
		return this.maxUriTags;
	}

	public void setMaxUriTags(int maxUriTags) {
		this.maxUriTags = maxUriTags;
	}

}
