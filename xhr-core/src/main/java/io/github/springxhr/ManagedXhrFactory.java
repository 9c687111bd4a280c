package io.github.springxhr;

import io.github.springxhr.http.Internal;

/**
 * What a factory made by {@link XhrFactoryBuilder} can do for whoever manages it.
 *
 * @since 0.1.0
 */
@Internal
public interface ManagedXhrFactory extends XhrFactory {

	/**
	 * Describe the settings that are in force.
	 * @return the settings, without secrets
	 */
	XhrClientDescription describe();

	/**
	 * Tell that the application is about to stop: abort the background requests, and let
	 * the shutdown timeout begin to run. Factories that are told together and closed one
	 * after the other so take the time of the one that waits longest. Requests can still
	 * be sent until {@link #close()}, but not by a listener as its own is aborted. Waits
	 * for nothing, but such listeners may run in this thread. May be called again.
	 */
	void shutdownBegins();

	/**
	 * Wait until no request is in flight but those in the background, and the listeners
	 * of the others have been told, as long as there is shutdown timeout left.
	 * @return whether there was a request to wait for, and time; listeners may have sent
	 * others by then, of this factory or of another
	 */
	boolean drain();

	/**
	 * Abort what is in flight, and close the connections. What a listener sends at that
	 * fails; others can still be sent until {@link #close()}. Event loops that others own
	 * may be shut down afterwards.
	 */
	void disconnect();

	/**
	 * Tell that the application runs on after all.
	 */
	void shutdownCancelled();

}
