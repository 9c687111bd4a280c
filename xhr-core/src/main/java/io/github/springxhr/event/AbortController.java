package io.github.springxhr.event;

/**
 * The handle by which an activity is aborted; those who carry the activity out are given
 * its {@link #getSignal() signal}. All methods can be called from any thread.
 *
 * @since 0.1.0
 * @see <a href="https://dom.spec.whatwg.org/#interface-abortcontroller">DOM Standard,
 * AbortController</a>
 */
public final class AbortController {

	private final DefaultAbortSignal signal = new DefaultAbortSignal();

	/**
	 * Create a controller with a signal of its own.
	 */
	public AbortController() {
	}

	/**
	 * Return the signal.
	 * @return always the same
	 */
	public AbortSignal getSignal() {
		return this.signal;
	}

	/**
	 * Abort the signal with a {@link java.util.concurrent.CancellationException} as the
	 * reason. Does nothing if it is aborted already.
	 */
	public void abort() {
		if (!this.signal.isAborted()) {
			abort(DefaultAbortSignal.abortError());
		}
	}

	/**
	 * Abort the signal. Whatever has been waiting for it is told in the thread of the
	 * caller, before this method returns. Does nothing if it is aborted already.
	 * @param reason why
	 */
	public void abort(Throwable reason) {
		this.signal.signalAbort(reason);
	}

}
