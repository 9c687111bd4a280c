package io.github.springxhr.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * A configuration property has a value that no client can be made with. Its message names
 * the property and never shows a value that may be a secret.
 *
 * @since 0.1.0
 */
public final class InvalidXhrPropertyException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String propertyName;

	private final String reason;

	private final @Nullable String shownValue;

	private final String remedy;

	InvalidXhrPropertyException(String propertyName, String reason, @Nullable String shownValue, String remedy) {
		super("The configuration property '" + propertyName + "' cannot be used: " + reason);
		this.propertyName = propertyName;
		this.reason = reason;
		this.shownValue = shownValue;
		this.remedy = remedy;
	}

	/**
	 * Return the property's full name.
	 * @return the name, such as {@code xhr.clients.orders.base-url}
	 */
	public String getPropertyName() {
		return this.propertyName;
	}

	/**
	 * Return what is wrong with its value.
	 * @return a clause that begins with the setting's name
	 */
	public String getReason() {
		return this.reason;
	}

	@Nullable String getShownValue() {
		return this.shownValue;
	}

	String getRemedy() {
		return this.remedy;
	}

}
