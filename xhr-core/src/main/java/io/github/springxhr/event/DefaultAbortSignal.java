package io.github.springxhr.event;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;

import org.jspecify.annotations.Nullable;

/**
 * The signal of the DOM Standard.
 * <p>
 * It keeps the signals it depends on alive. What will abort it (they, or a timer) keeps
 * it alive only while something waits for it: a listener, an algorithm, or a signal that
 * depends on it and for which something waits.
 *
 * <h2>Concurrency</h2> {@link #lock} guards the sets and the counter; a lock of a signal
 * that depends on others is never taken while the lock of one of those is held. Nothing
 * foreign runs under a lock.
 */
final class DefaultAbortSignal extends AbstractEventTarget implements AbortSignal {

	private static final String ABORT = "abort";

	private final Object lock = new Object();

	private final SignalReference reference;

	private final Set<Runnable> algorithms = new LinkedHashSet<>(4);

	private final Set<SignalReference> dependentSignals = new LinkedHashSet<>(4);

	private final Set<DefaultAbortSignal> sourceSignals = new LinkedHashSet<>(4);

	private int purgeAlgorithmsAt = 32;

	private int purgeDependentsAt = 32;

	private int awaitedDependents;

	private boolean awaited;

	private volatile @Nullable Throwable reason;

	DefaultAbortSignal() {
		this(null);
	}

	DefaultAbortSignal(@Nullable ReferenceQueue<DefaultAbortSignal> queue) {
		this.reference = new SignalReference(this, queue);
	}

	static Throwable abortError() {
		return new CancellationException("The operation was aborted");
	}

	/**
	 * See <a href="https://dom.spec.whatwg.org/#create-a-dependent-abort-signal">create a
	 * dependent abort signal</a>.
	 */
	static DefaultAbortSignal dependentOn(List<AbortSignal> signals) {
		DefaultAbortSignal result = new DefaultAbortSignal();
		for (AbortSignal signal : signals) {
			Throwable why = signal.getReason();
			if (why != null) {
				result.reason = why;
				return result;
			}
		}
		for (AbortSignal signal : signals) {
			DefaultAbortSignal source = (DefaultAbortSignal) signal;
			if (source.sourceSignals.isEmpty()) {
				result.sourceSignals.add(source);
			}
			result.sourceSignals.addAll(source.sourceSignals);
		}
		result.sourceSignals.forEach((source) -> source.addDependent(result));
		return result;
	}

	SignalReference reference() {
		return this.reference;
	}

	@Override
	public @Nullable Throwable getReason() {
		return this.reason;
	}

	@Override
	public void throwIfAborted() {
		Throwable why = this.reason;
		if (why instanceof RuntimeException exception) {
			throw exception;
		}
		if (why instanceof Error error) {
			throw error;
		}
		if (why != null) {
			CancellationException exception = new CancellationException(why.getMessage());
			exception.initCause(why);
			throw exception;
		}
	}

	@Override
	public @Nullable EventListener<Event> getOnabort() {
		return getHandler(ABORT);
	}

	@Override
	public void setOnabort(@Nullable EventListener<Event> handler) {
		setHandler(ABORT, handler);
	}

	boolean addAlgorithm(Runnable algorithm) {
		synchronized (this.lock) {
			if (this.reason != null) {
				return false;
			}
			if (this.algorithms.size() >= this.purgeAlgorithmsAt) {
				this.algorithms.removeIf((known) -> known instanceof Reference<?> weak && weak.refersTo(null));
				this.purgeAlgorithmsAt = Math.max(32, 2 * this.algorithms.size());
			}
			this.algorithms.add(algorithm);
		}
		listenersChanged();
		return true;
	}

	void removeAlgorithm(Runnable algorithm) {
		synchronized (this.lock) {
			this.algorithms.remove(algorithm);
		}
		listenersChanged();
	}

	int algorithmCount() {
		synchronized (this.lock) {
			return this.algorithms.size();
		}
	}

	/**
	 * See <a href="https://dom.spec.whatwg.org/#abortsignal-signal-abort">signal
	 * abort</a>.
	 */
	void signalAbort(Throwable reason) {
		Objects.requireNonNull(reason, "reason");
		List<DefaultAbortSignal> toAbort = new ArrayList<>();
		toAbort.add(this);
		if (!setReason(reason)) {
			return;
		}
		for (SignalReference dependent : takeDependents()) {
			DefaultAbortSignal signal = dependent.get();
			if (signal != null && signal.setReason(reason)) {
				toAbort.add(signal);
			}
		}
		toAbort.forEach(DefaultAbortSignal::runAbortSteps);
	}

	/**
	 * See <a href="https://dom.spec.whatwg.org/#run-the-abort-steps">run the abort
	 * steps</a>.
	 */
	private void runAbortSteps() {
		Runnable algorithm;
		while ((algorithm = nextAlgorithm()) != null) {
			try {
				algorithm.run();
			}
			catch (Throwable ex) {
				report("An abort algorithm failed", ex);
			}
		}
		if (hasListeners(ABORT)) {
			fire(new Event(ABORT));
		}
		listenersChanged();
	}

	private @Nullable Runnable nextAlgorithm() {
		synchronized (this.lock) {
			Iterator<Runnable> iterator = this.algorithms.iterator();
			if (!iterator.hasNext()) {
				return null;
			}
			Runnable next = iterator.next();
			iterator.remove();
			return next;
		}
	}

	private boolean setReason(Throwable reason) {
		synchronized (this.lock) {
			if (this.reason != null) {
				return false;
			}
			this.reason = reason;
			return true;
		}
	}

	private void addDependent(DefaultAbortSignal dependent) {
		Throwable why;
		synchronized (this.lock) {
			why = this.reason;
			if (why == null) {
				if (this.dependentSignals.size() >= this.purgeDependentsAt) {
					this.dependentSignals.removeIf((known) -> known.refersTo(null));
					this.purgeDependentsAt = Math.max(32, 2 * this.dependentSignals.size());
				}
				this.dependentSignals.add(dependent.reference);
			}
		}
		if (why != null) {
			dependent.setReason(why);
		}
	}

	private Set<SignalReference> takeDependents() {
		synchronized (this.lock) {
			Set<SignalReference> taken = new LinkedHashSet<>(this.dependentSignals);
			this.dependentSignals.clear();
			return taken;
		}
	}

	@Override
	void listenersChanged() {
		awaited(0);
	}

	/**
	 * Find out anew whether something waits for this signal.
	 * @param change the change in the number of dependent signals for which something
	 * waits
	 */
	private void awaited(int change) {
		boolean now;
		synchronized (this.lock) {
			this.awaitedDependents += change;
			now = this.reason == null
					&& (this.awaitedDependents > 0 || !this.algorithms.isEmpty() || hasListeners(ABORT));
			if (now == this.awaited) {
				return;
			}
			this.awaited = now;
			this.reference.pinned = now ? this : null;
		}
		for (DefaultAbortSignal source : this.sourceSignals) {
			source.awaited(now ? 1 : -1);
		}
	}

	@Override
	protected void listenerFailed(Event event, Throwable failure) {
		report("A listener of the event 'abort' failed", failure);
	}

	private static void report(String message, Throwable failure) {
		System.getLogger(AbortSignal.class.getName()).log(System.Logger.Level.WARNING, message, failure);
	}

}
