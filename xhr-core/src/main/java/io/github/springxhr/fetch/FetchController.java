package io.github.springxhr.fetch;

import io.github.springxhr.http.Internal;

/**
 * Ends a fetch from outside, and paces it. Can be called from any thread.
 *
 * @since 0.1.0
 * @see <a href="https://fetch.spec.whatwg.org/#fetch-controller">Fetch Standard, fetch
 * controller</a>
 */
@Internal
public interface FetchController {

	/**
	 * Stop the network. Callbacks that are under way may still come.
	 */
	void terminate();

	/**
	 * Ask for one more chunk of the response's body. Once for each chunk that has been
	 * delivered, also while it is.
	 */
	void pull();

	/**
	 * Run a task when the handler has been told all that has been read. Called by the
	 * handler while it is told something.
	 * @param task the task
	 */
	void afterReading(Runnable task);

}
