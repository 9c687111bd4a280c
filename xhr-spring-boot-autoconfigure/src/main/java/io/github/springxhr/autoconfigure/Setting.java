package io.github.springxhr.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * A value, and the property it comes from.
 *
 * @param property the full name of the property
 * @param value the value, or {@code null} if it is not set
 * @param <T> the type of the value
 */
record Setting<T>(String property, @Nullable T value) {

	/**
	 * Inherit from another setting what this one leaves open.
	 */
	Setting<T> or(Setting<T> inherited) {
		return (this.value != null) ? this : inherited;
	}

}
