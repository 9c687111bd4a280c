package io.github.springxhr;

/**
 * Lets progress through about every 50 ms, the first of it at once.
 *
 * @see <a href="https://xhr.spec.whatwg.org/#the-send()-method">send(), "roughly
 * 50ms"</a>
 */
final class ProgressThrottle {

	private static final long INTERVAL_NANOS = 50_000_000;

	private final Timers timers;

	private boolean passedBefore;

	private long lastPassed;

	ProgressThrottle(Timers timers) {
		this.timers = timers;
	}

	boolean pass() {
		long now = this.timers.nanoTime();
		if (this.passedBefore && now - this.lastPassed < INTERVAL_NANOS) {
			return false;
		}
		this.passedBefore = true;
		this.lastPassed = now;
		return true;
	}

}
