package io.github.springxhr.event;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The timers behind {@link AbortSignal#timeout(Duration)}: those of
 * {@link CompletableFuture}, which run in one daemon thread of the JDK. The timer of a
 * signal that has been garbage collected is stopped when the next one is started.
 */
final class SignalTimeouts {

	private static final ReferenceQueue<DefaultAbortSignal> COLLECTED = new ReferenceQueue<>();

	private SignalTimeouts() {
	}

	static DefaultAbortSignal start(Duration timeout) {
		if (timeout.isNegative()) {
			throw new IllegalArgumentException("A timeout must not be negative: " + timeout);
		}
		stopCollected();
		DefaultAbortSignal signal = new DefaultAbortSignal(COLLECTED);
		SignalReference reference = signal.reference();
		CompletableFuture<Void> timer = new CompletableFuture<>();
		timer.thenRunAsync(() -> timeUp(reference, timeout));
		reference.timer = timer;
		// The value is null: only the completion counts.
		timer.completeOnTimeout(null, nanos(timeout), TimeUnit.NANOSECONDS);
		return signal;
	}

	private static void timeUp(SignalReference reference, Duration timeout) {
		DefaultAbortSignal signal = reference.get();
		if (signal != null) {
			signal.signalAbort(new TimeoutException("Aborted after " + timeout));
		}
	}

	private static void stopCollected() {
		Reference<? extends DefaultAbortSignal> collected;
		while ((collected = COLLECTED.poll()) != null) {
			Future<?> timer = ((SignalReference) collected).timer;
			if (timer != null) {
				timer.cancel(false);
			}
		}
	}

	private static long nanos(Duration timeout) {
		try {
			return timeout.toNanos();
		}
		catch (ArithmeticException ex) {
			return Long.MAX_VALUE;
		}
	}

}
