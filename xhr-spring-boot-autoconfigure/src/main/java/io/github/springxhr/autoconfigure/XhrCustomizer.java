package io.github.springxhr.autoconfigure;

import io.github.springxhr.XhrFactoryBuilder;

/**
 * Has the last word about a client: it is called when everything else, the properties
 * first of all, has been applied. Each bean of this type is called for the default client
 * and for every named one, in the order of
 * {@link org.springframework.core.annotation.Order @Order}.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface XhrCustomizer {

	/**
	 * Set up a client.
	 * @param client the name of the client, as the configuration spells it;
	 * {@code "default"} for the one of {@code xhr.*}
	 * @param builder its builder. Credentials cannot be set if the properties have set
	 * some
	 */
	void customize(String client, XhrFactoryBuilder builder);

}
