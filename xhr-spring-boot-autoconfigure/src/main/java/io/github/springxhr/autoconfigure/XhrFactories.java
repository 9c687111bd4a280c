package io.github.springxhr.autoconfigure;

import java.util.Set;

import io.github.springxhr.XhrFactory;

/**
 * Looks up the clients that are configured by {@code xhr.clients.<name>.*}. One that is
 * known when the code is written is better injected, with
 * {@code @Qualifier("<name>") XhrFactory}. Thread-safe.
 *
 * @since 0.1.0
 */
public interface XhrFactories {

	/**
	 * Return a named client.
	 * @param name its name, as it is spelled in the configuration
	 * @return the client
	 * @throws IllegalArgumentException if there is none of that name
	 */
	XhrFactory get(String name);

	/**
	 * Return the names of the clients.
	 * @return the names, in the order of the configuration
	 */
	Set<String> names();

}
