package io.github.springxhr.event;

/**
 * What a signal runs when it is aborted, before its event is fired. Not API: public for
 * the sibling packages of this library.
 *
 * @since 0.1.0
 * @see <a href="https://dom.spec.whatwg.org/#abortsignal-abort-algorithms">DOM Standard,
 * abort algorithms</a>
 */
public final class AbortAlgorithms {

	private AbortAlgorithms() {
	}

	/**
	 * Add an algorithm to a signal, unless it is aborted. It is run once, in the thread
	 * that aborts the signal. Whoever adds one removes it when it has become pointless.
	 * @param signal the signal
	 * @param algorithm the algorithm; should not throw
	 * @return {@code false} if the signal is aborted already: the algorithm will not run
	 * @see <a href="https://dom.spec.whatwg.org/#abortsignal-add">add</a>
	 */
	public static boolean add(AbortSignal signal, Runnable algorithm) {
		return ((DefaultAbortSignal) signal).addAlgorithm(algorithm);
	}

	/**
	 * Remove an algorithm from a signal. Does nothing if it is not there.
	 * @param signal the signal
	 * @param algorithm the algorithm
	 * @see <a href="https://dom.spec.whatwg.org/#abortsignal-remove">remove</a>
	 */
	public static void remove(AbortSignal signal, Runnable algorithm) {
		((DefaultAbortSignal) signal).removeAlgorithm(algorithm);
	}

}
