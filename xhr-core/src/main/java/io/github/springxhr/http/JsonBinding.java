package io.github.springxhr.http;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

/**
 * Writes and reads JSON as the requests of a factory do.
 *
 * @since 0.1.0
 */
@Internal
public interface JsonBinding {

	/**
	 * Write an object.
	 * @param value the object
	 * @return JSON in UTF-8
	 */
	byte[] write(@Nullable Object value);

	/**
	 * Bind JSON to a type.
	 * @param bytes the JSON
	 * @param type the type
	 * @return the object, or {@code null} if the bytes are not JSON
	 */
	@Nullable Object read(byte[] bytes, Type type);

}
