package io.github.springxhr.fetch;

/**
 * Sends one HTTP request and delivers one HTTP response: no redirects, no cookies, no
 * credentials, no content coding, which all belong to the layer above.
 *
 * <h2>Concurrency</h2> Called from any thread. It calls a {@link NetworkHandler} from one
 * thread at a time.
 *
 * @since 0.1.0
 */
public interface NetworkTransport extends AutoCloseable {

	/**
	 * Start an exchange. Returns at once; all that happens, failures included, is told to
	 * the handler.
	 * @param request what to send
	 * @param handler is told what happens
	 * @return the handle of the exchange
	 */
	NetworkExchange start(NetworkRequest request, NetworkHandler handler);

	/**
	 * Return what the connections do at the moment.
	 * @return how many there are
	 */
	default ConnectionUsage connectionUsage() {
		return ConnectionUsage.NONE;
	}

	/**
	 * Close the connections. An exchange that is started later makes another.
	 */
	default void disconnect() {
		// there may be none that are kept
	}

	/**
	 * Close the connections. An exchange that is started later fails.
	 */
	@Override
	void close();

}
