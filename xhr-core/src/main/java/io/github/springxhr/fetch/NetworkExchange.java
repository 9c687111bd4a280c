package io.github.springxhr.fetch;

/**
 * The handle of an exchange in flight. Its methods can be called from any thread; to ask
 * for more or to cancel does nothing once the exchange has ended.
 *
 * @since 0.1.0
 */
public interface NetworkExchange {

	/**
	 * Ask for more chunks of the response's body. None is delivered that was not asked
	 * for, nor within this call: it may come while the handler is told of a chunk, and
	 * the next one is told of when that has returned.
	 * @param chunks how many more, 1 or more
	 */
	void request(long chunks);

	/**
	 * Give up the exchange: the handler hears no more of it.
	 */
	void cancel();

	/**
	 * Run a task when the handler has been told all that has been read, so that the news
	 * of one read are dealt with together. Called by the handler while it is told
	 * something.
	 * @param task the task; run at once unless the exchange knows of a better moment
	 */
	default void afterReading(Runnable task) {
		task.run();
	}

}
