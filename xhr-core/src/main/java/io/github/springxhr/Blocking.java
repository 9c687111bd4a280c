package io.github.springxhr;

import reactor.core.scheduler.Schedulers;

/**
 * Knows the threads that must not block.
 */
final class Blocking {

	private Blocking() {
	}

	/**
	 * Return whether the current thread is one of Reactor's non-blocking ones, an event
	 * loop for instance.
	 */
	static boolean isForbidden() {
		return Schedulers.isInNonBlockingThread();
	}

}
