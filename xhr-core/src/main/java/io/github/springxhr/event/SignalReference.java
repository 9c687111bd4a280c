package io.github.springxhr.event;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

/**
 * How a signal is known to what will abort it, a timer or another signal: weakly, but
 * strongly while something waits for it.
 */
final class SignalReference extends WeakReference<DefaultAbortSignal> {

	volatile @Nullable DefaultAbortSignal pinned;

	/**
	 * The timer to stop when the signal has been garbage collected.
	 */
	volatile @Nullable Future<?> timer;

	SignalReference(DefaultAbortSignal signal, @Nullable ReferenceQueue<DefaultAbortSignal> queue) {
		super(signal, queue);
	}

}
