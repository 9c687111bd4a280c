package io.github.springxhr;

import java.util.concurrent.atomic.AtomicInteger;

import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A task that only one thread at a time may run. It counts with a plain field, which
 * whoever guards it makes visible to the next, and takes its time.
 */
final class Guarded implements Runnable {

	/** Some hundred nanoseconds, as it takes another thread to come in. */
	private static final int SPINS = 10;

	private final AtomicInteger inside = new AtomicInteger();

	private final AtomicInteger overlaps = new AtomicInteger();

	private int runs;

	@Override
	public void run() {
		if (this.inside.incrementAndGet() != 1) {
			this.overlaps.incrementAndGet();
		}
		int before = this.runs;
		for (int i = 0; i < SPINS; i++) {
			Thread.onSpinWait();
		}
		this.runs = before + 1;
		this.inside.decrementAndGet();
	}

	int runs() {
		return this.runs;
	}

	int overlaps() {
		return this.overlaps.get();
	}

	void write(II_Result result) {
		result.r1 = this.runs;
		result.r2 = this.overlaps.get();
	}

}
