package io.github.springxhr;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * A task that comes to {@link EventWorkers} as their only thread looks into the queue for
 * the last time, and has or has not counted itself out.
 */
public final class EventWorkersStress {

	private EventWorkersStress() {
	}

	/**
	 * The alarm that looks after tasks that wait for long is set already, and never
	 * rings.
	 */
	@JCStressTest
	@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "the task is run")
	@State
	public static class LastLook {

		private static final long PATIENCE_NANOS = 1_000_000_000;

		private static final int MAX_SPINS = 1_000;

		private static final int MAX_DELAY = 16;

		private final EventWorkers workers = new EventWorkers(1, 1, new SilentTimers());

		private final AtomicInteger runs = new AtomicInteger();

		private final int delay = ThreadLocalRandom.current().nextInt(MAX_DELAY);

		private volatile boolean posting;

		public LastLook() {
			this.workers.tryStart();
			// has to wait for the thread that has just been counted: that sets the alarm
			this.workers.execute(this::waitForPoster);
		}

		private void waitForPoster() {
			for (int i = 0; i < MAX_SPINS && !this.posting; i++) {
				Thread.onSpinWait();
			}
		}

		@Actor
		public void worker() {
			this.workers.work();
		}

		@Actor
		public void poster(I_Result result) {
			this.posting = true;
			for (int i = 0; i < this.delay; i++) {
				Thread.onSpinWait();
			}
			this.workers.execute(this.runs::incrementAndGet);
			long begin = System.nanoTime();
			while (this.runs.get() == 0 && System.nanoTime() - begin < PATIENCE_NANOS) {
				Thread.onSpinWait();
			}
			result.r1 = this.runs.get();
			this.workers.shutdown();
		}

	}

	private static final class SilentTimers implements Timers {

		@Override
		public long nanoTime() {
			return 1;
		}

		@Override
		public Alarm schedule(Runnable task, long delayNanos) {
			return () -> {
			};
		}

	}

}
