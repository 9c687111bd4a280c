package io.github.springxhr.autoconfigure;

/**
 * Which thread fires the events that come from the network.
 *
 * @since 0.1.0
 */
public enum EventExecution {

	/**
	 * One of a pool that all clients share, or a virtual thread if Spring Boot uses them.
	 */
	WORKER,

	/** The thread of the connection, which no listener may block. */
	DIRECT

}
