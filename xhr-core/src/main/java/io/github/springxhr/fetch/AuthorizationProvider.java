package io.github.springxhr.fetch;

import java.util.concurrent.CompletionStage;

/**
 * Has the value of {@code Authorization} for the origins that may see it, such as a token
 * that expires and has to be fetched.
 *
 * <h2>Concurrency</h2> Called from any thread, by many requests at a time: no method may
 * block.
 *
 * @since 0.1.0
 */
public interface AuthorizationProvider {

	/**
	 * Return the value for a request that is about to be sent.
	 * @return is completed with the whole value, such as {@code "Bearer t0ken"}; if it
	 * fails, so does the request. It is given up when the request ends before
	 */
	CompletionStage<String> authorization();

	/**
	 * The server has refused a value by a status of 401. The request ends with that
	 * response; the next one should not be given the same value.
	 * @param value the value
	 */
	default void refused(String value) {
	}

	/**
	 * Return what it is called where the settings of a client are shown.
	 * @return a few words, never a secret
	 */
	default String description() {
		return "provider";
	}

}
