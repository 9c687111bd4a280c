package io.github.springxhr;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where two threads wait for each other for a moment, so that what they do next happens
 * at the same time more often than by chance.
 */
final class Meeting {

	private static final int MAX_SPINS = 1_000;

	private final AtomicInteger arrived = new AtomicInteger();

	void arrive() {
		this.arrived.incrementAndGet();
		for (int i = 0; i < MAX_SPINS && this.arrived.get() < 2; i++) {
			Thread.onSpinWait();
		}
	}

}
