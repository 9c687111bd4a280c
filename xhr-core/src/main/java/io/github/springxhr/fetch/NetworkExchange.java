package io.github.springxhr.fetch;

/**
 * The handle of an exchange in flight. Both methods can be called from any thread, and do
 * nothing once the exchange has ended.
 *
 * @since 0.1.0
 */
public interface NetworkExchange {

	/**
	 * Ask for more chunks of the response's body. None is delivered that was not asked
	 * for.
	 * @param chunks how many more, 1 or more
	 */
	void request(long chunks);

	/**
	 * Give up the exchange: the handler hears no more of it.
	 */
	void cancel();

}
