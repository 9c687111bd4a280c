package io.github.springxhr.webclient;

import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * Where a transport has its connections from.
 */
interface ConnectionSource extends AutoCloseable {

	/** Return what sends requests over them. */
	ClientHttpConnector connector();

	/**
	 * Return whether so many hosts have been connected to that others are to be made.
	 */
	boolean isFull();

	/**
	 * Close what is not in use, and the rest when it is no more.
	 */
	@Override
	void close();

}
