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
	 * be sent until {@link #close()}. Does not block.
	 */
	void shutdownBegins();

	/**
	 * Wait until no request is in flight, as long as there is shutdown timeout left, and
	 * abort what is left then. Requests can still be sent until {@link #close()}. Event
	 * loops that others own may be shut down afterwards.
	 */
	void drain();

	/**
	 * Tell that the application runs on after all.
	 */
	void shutdownCancelled();

}
