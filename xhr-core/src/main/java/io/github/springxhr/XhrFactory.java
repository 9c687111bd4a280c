package io.github.springxhr;

import java.util.List;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Makes {@link XMLHttpRequest requests} that share a base URL, credentials, limits and a
 * connection pool, as the requests of a web page do. Thread-safe; meant to be a
 * singleton.
 *
 * @since 0.1.0
 */
public interface XhrFactory extends AutoCloseable {

	/**
	 * Make a request.
	 * @return a new request in the state {@link XMLHttpRequest#UNSENT}
	 */
	XMLHttpRequest create();

	/**
	 * Make a request with options.
	 * @param options what is decided before the request is opened
	 * @return a new request in the state {@link XMLHttpRequest#UNSENT}
	 */
	XMLHttpRequest create(XhrOptions options);

	/**
	 * Return the name of the factory, which metrics are tagged with.
	 * @return the name; {@code "default"} unless it was set
	 */
	String getName();

	/**
	 * Return the requests that have been sent and have not ended, for whoever operates
	 * the application. They go on meanwhile.
	 * @return what is in flight, in the order of their ids, which is about the order in
	 * which they were sent; empty if the implementation does not keep track
	 */
	default List<XhrInFlight> getInFlight() {
		return List.of();
	}

	/**
	 * Abort a request in flight, as {@link XMLHttpRequest#abort()} does. If its listeners
	 * are running in another thread, this stops the network at once and returns, and the
	 * events follow.
	 * @param id the id of {@link #getInFlight()}
	 * @return whether it was in flight; {@code false} if it has ended, was opened anew or
	 * never was
	 */
	default boolean abort(long id) {
		return false;
	}

	/**
	 * Abort the requests in flight and close the connections. A request that is sent
	 * later fails.
	 */
	@Override
	void close();

	/**
	 * Begin to build a factory.
	 * @param webClientBuilder what its requests are built with; it is copied by
	 * {@link XhrFactoryBuilder#build()} and not changed. Its connector is not used.
	 * @return a builder
	 */
	static XhrFactoryBuilder builder(WebClient.Builder webClientBuilder) {
		return new XhrFactoryBuilder(webClientBuilder);
	}

}
