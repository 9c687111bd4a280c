package io.github.springxhr.autoconfigure;

import io.github.springxhr.XhrFactoryBuilder;

/**
 * Gives a builder what the application has besides the properties.
 */
@FunctionalInterface
interface BuilderSettings {

	/**
	 * Set up a builder.
	 * @param builder the builder
	 */
	void applyTo(XhrFactoryBuilder builder);

	/**
	 * Return whether this says which addresses may be connected to.
	 */
	default boolean filtersAddresses() {
		return false;
	}

}
