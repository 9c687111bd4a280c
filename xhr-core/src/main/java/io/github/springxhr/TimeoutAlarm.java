package io.github.springxhr;

import io.github.springxhr.Timers.Alarm;
import org.jspecify.annotations.Nullable;

/**
 * The alarm of a fetch: rings when the request's timeout, which may change meanwhile, has
 * passed since the fetch began.
 *
 * <h2>Concurrency</h2> Used by the lane only; rings in the thread of the timers.
 *
 * @see <a href="https://xhr.spec.whatwg.org/#the-timeout-attribute">XMLHttpRequest
 * Standard, timeout</a>
 */
final class TimeoutAlarm {

	private static final long NANOS_PER_MILLI = 1_000_000;

	private final Timers timers;

	private final Runnable onPassed;

	private final long startNanos;

	private @Nullable Alarm alarm;

	/**
	 * Create an alarm, which is not set yet.
	 * @param startNanos when the fetch began, by the timers
	 */
	TimeoutAlarm(Timers timers, Runnable onPassed, long startNanos) {
		this.timers = timers;
		this.onPassed = onPassed;
		this.startNanos = startNanos;
	}

	/**
	 * Set the alarm for what is left of the timeout.
	 * @param timeout milliseconds from the start, or 0 for none
	 */
	void set(int timeout) {
		cancel();
		if (timeout != 0) {
			long left = timeout * NANOS_PER_MILLI - (this.timers.nanoTime() - this.startNanos);
			this.alarm = this.timers.schedule(this.onPassed, Math.max(0, left));
		}
	}

	void cancel() {
		if (this.alarm != null) {
			this.alarm.cancel();
			this.alarm = null;
		}
	}

}
