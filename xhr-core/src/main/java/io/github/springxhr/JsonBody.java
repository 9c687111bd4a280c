package io.github.springxhr;

import org.jspecify.annotations.Nullable;

/**
 * An object to be sent as JSON, with {@code application/json} as its Content-Type.
 *
 * @param value any object that Jackson can write
 * @since 0.1.0
 */
public record JsonBody(@Nullable Object value) {

	/**
	 * Leaves out the value, which may hold secrets.
	 */
	@Override
	public String toString() {
		return "JsonBody";
	}

}
