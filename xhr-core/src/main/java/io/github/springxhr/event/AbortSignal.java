package io.github.springxhr.event;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

/**
 * Tells those who carry out an activity that it is to be aborted. A signal is aborted
 * once at most; it then fires the event {@code abort}. All methods can be called from any
 * thread.
 * <p>
 * The reason is any {@link Throwable}. Where the standard has an {@code AbortError} it is
 * a {@link CancellationException}, and where it has a {@code TimeoutError} a
 * {@link java.util.concurrent.TimeoutException}.
 * <p>
 * A listener that throws is logged by the {@link System.Logger} named as this type; the
 * others are called nevertheless.
 *
 * @since 0.1.0
 * @see AbortController
 * @see <a href="https://dom.spec.whatwg.org/#interface-AbortSignal">DOM Standard,
 * AbortSignal</a>
 */
public sealed interface AbortSignal extends EventTarget permits DefaultAbortSignal {

	/**
	 * Return a signal that is aborted already, with a {@link CancellationException} as
	 * the reason.
	 * @return the signal
	 */
	static AbortSignal abort() {
		return abort(DefaultAbortSignal.abortError());
	}

	/**
	 * Return a signal that is aborted already.
	 * @param reason why
	 * @return the signal
	 */
	static AbortSignal abort(Throwable reason) {
		DefaultAbortSignal signal = new DefaultAbortSignal();
		signal.signalAbort(reason);
		return signal;
	}

	/**
	 * Return a signal that is aborted when a time has passed, with a
	 * {@link java.util.concurrent.TimeoutException} as the reason. What listens to it is
	 * called in a thread of {@link java.util.concurrent.ForkJoinPool#commonPool()}. A
	 * signal to which nothing listens can be garbage collected before.
	 * @param timeout the time from now; 0 or more
	 * @return the signal
	 * @throws IllegalArgumentException if the time is negative
	 * @see <a href="https://dom.spec.whatwg.org/#dom-abortsignal-timeout">DOM Standard,
	 * timeout()</a>
	 */
	static AbortSignal timeout(Duration timeout) {
		return SignalTimeouts.start(timeout);
	}

	/**
	 * Return a signal that is aborted as soon as one of several is, with its reason.
	 * @param signals the signals; if one is aborted already, so is the result; if there
	 * are none, it never will be
	 * @return the signal
	 */
	static AbortSignal any(AbortSignal... signals) {
		return any(List.of(signals));
	}

	/**
	 * Return a signal that is aborted as soon as one of several is, with its reason.
	 * Signals that live long do not keep the result alive unless something listens to it.
	 * @param signals the signals; if one is aborted already, so is the result; if there
	 * are none, it never will be
	 * @return the signal
	 * @see <a href="https://dom.spec.whatwg.org/#create-a-dependent-abort-signal">DOM
	 * Standard, create a dependent abort signal</a>
	 */
	static AbortSignal any(Collection<? extends AbortSignal> signals) {
		return DefaultAbortSignal.dependentOn(List.copyOf(signals));
	}

	/**
	 * Return whether the activity is to be aborted.
	 * @return {@code true} from the moment of the abort on
	 */
	default boolean isAborted() {
		return getReason() != null;
	}

	/**
	 * Return why the activity is to be aborted.
	 * @return the reason, or {@code null} if this signal is not aborted
	 */
	@Nullable Throwable getReason();

	/**
	 * Do nothing unless this signal is aborted; else throw the reason, always the same
	 * object. A checked exception is thrown as the cause of a new
	 * {@link CancellationException}.
	 * @throws RuntimeException if this signal is aborted
	 */
	void throwIfAborted();

	/**
	 * Return the handler of {@code abort}.
	 * @return the handler, or {@code null}
	 */
	@Nullable EventListener<Event> getOnabort();

	/**
	 * Set the handler of {@code abort}.
	 * @param handler the handler, or {@code null}
	 */
	void setOnabort(@Nullable EventListener<Event> handler);

}
