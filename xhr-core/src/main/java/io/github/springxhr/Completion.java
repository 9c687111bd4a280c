package io.github.springxhr;

import org.jspecify.annotations.Nullable;

/**
 * Told once when an exchange has ended, after its last event.
 */
@FunctionalInterface
interface Completion {

	/** Tells nobody. */
	Completion NONE = (failure) -> {
	};

	/**
	 * The exchange has ended.
	 * @param failure why it failed, or {@code null}
	 */
	void completed(@Nullable XhrException failure);

}
