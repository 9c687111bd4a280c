package io.github.springxhr.webclient;

import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * Where a transport has its connections from.
 */
interface ConnectionSource extends AutoCloseable {

	/** Return what sends requests over them. */
	ClientHttpConnector connector();

	@Override
	void close();

}
