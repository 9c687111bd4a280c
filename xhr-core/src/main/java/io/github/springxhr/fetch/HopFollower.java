package io.github.springxhr.fetch;

import java.util.function.Supplier;

import io.github.springxhr.fetch.ConnectionInfo.Setup;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.Internal;

/**
 * Is told what happens to one hop of a fetch, a preflight for instance, whatever becomes
 * of it.
 *
 * <h2>Concurrency</h2> Called on an I/O thread: no method may block.
 *
 * @since 0.1.0
 */
@Internal
public interface HopFollower {

	/**
	 * A connection is being made.
	 * @param soFar what is known of it at the moment it is asked
	 */
	void connecting(Supplier<Setup> soFar);

	/**
	 * There is a connection.
	 * @param connection what is known of it
	 */
	void connected(ConnectionInfo connection);

	/**
	 * Some of the request's body has been written.
	 * @param written how many bytes in all
	 */
	void requestBodyWritten(long written);

	/**
	 * All of the request's body has been written.
	 */
	void requestBodyEnd();

	/**
	 * The head of the response has been received.
	 * @param status the status code
	 * @param statusMessage the reason phrase; empty if there is none
	 * @param headers the headers
	 */
	void responseHead(int status, String statusMessage, HeaderList headers);

	/**
	 * A chunk of the response's body has been received.
	 * @param bytes how many bytes, as they were sent
	 */
	void bodyChunk(int bytes);

	/**
	 * Nothing more will come. Not called if the hop was given up.
	 */
	void ended();

}
