package io.github.springxhr.autoconfigure.har;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.util.Assert;

/**
 * Configuration properties of {@link XhrHarEndpoint}.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("management.endpoint.xhrhar")
public class XhrHarProperties {

	/**
	 * How many entries are kept, one for each redirect and preflight too; the oldest one
	 * makes way.
	 */
	private int maxEntries = 100;

	public int getMaxEntries() {
		return this.maxEntries;
	}

	public void setMaxEntries(int maxEntries) {
		Assert.isTrue(maxEntries > 0, "the number of entries to keep must be 1 or more");
		this.maxEntries = maxEntries;
	}

}
