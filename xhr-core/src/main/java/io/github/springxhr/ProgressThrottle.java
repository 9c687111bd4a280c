package io.github.springxhr;

/**
 * Lets progress through at an interval, the first of it at once.
 *
 * @see <a href="https://xhr.spec.whatwg.org/#the-send()-method">send(), "roughly
 * 50ms"</a>
 */
final class ProgressThrottle {

	private final long intervalNanos;

	private final Timers timers;

	private boolean passedBefore;

	private long lastPassed;

	ProgressThrottle(Timers timers, long intervalNanos) {
		this.timers = timers;
		this.intervalNanos = intervalNanos;
	}

	boolean pass() {
		long now = this.timers.nanoTime();
		if (this.passedBefore && now - this.lastPassed < this.intervalNanos) {
			return false;
		}
		this.passedBefore = true;
		this.lastPassed = now;
		return true;
	}

}
