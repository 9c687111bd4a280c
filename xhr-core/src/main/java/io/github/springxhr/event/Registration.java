package io.github.springxhr.event;

import java.lang.ref.WeakReference;

import org.jspecify.annotations.Nullable;

/**
 * An entry of the event listener list; two are equal if the standard would not add the
 * second.
 *
 * @see <a href="https://dom.spec.whatwg.org/#concept-event-listener">DOM Standard, event
 * listener</a>
 */
class Registration {

	final String type;

	final boolean once;

	volatile EventListener<?> listener;

	volatile boolean removed;

	Registration(String type, EventListener<?> listener, boolean once) {
		this.type = type;
		this.listener = listener;
		this.once = once;
	}

	final boolean isFor(String type, @Nullable EventListener<?> listener) {
		return this.type.equals(type) && this.listener == listener;
	}

	/**
	 * Called when this entry has been added to the list.
	 */
	void added(AbstractEventTarget target) {
	}

	/**
	 * Called when this entry has been taken off the list.
	 */
	void takenOff() {
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other || (other instanceof Registration registration && !(other instanceof ForHandler)
				&& registration.isFor(this.type, this.listener));
	}

	@Override
	public int hashCode() {
		return this.type.hashCode();
	}

	/**
	 * The entry of an event handler, whose callback can change in place.
	 */
	static final class ForHandler extends Registration {

		ForHandler(String type, EventListener<?> handler) {
			super(type, handler, false);
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return this == other;
		}

		@Override
		public int hashCode() {
			return System.identityHashCode(this);
		}

	}

	/**
	 * An entry that a signal removes.
	 */
	static final class ForSignal extends Registration {

		private final AbortSignal signal;

		private volatile @Nullable AbortSteps abortSteps;

		ForSignal(String type, EventListener<?> listener, boolean once, AbortSignal signal) {
			super(type, listener, once);
			this.signal = signal;
		}

		@Override
		void added(AbstractEventTarget target) {
			AbortSteps steps = new AbortSteps(this, target);
			this.abortSteps = steps;
			if (!AbortAlgorithms.add(this.signal, steps)) {
				steps.run();
			}
			else if (this.removed) {
				// Whoever removed it may have done so before the steps were there.
				AbortAlgorithms.remove(this.signal, steps);
			}
		}

		@Override
		void takenOff() {
			AbortSteps steps = this.abortSteps;
			if (steps != null) {
				AbortAlgorithms.remove(this.signal, steps);
			}
		}

	}

	/**
	 * Removes an entry when its signal is aborted. The signal may live as long as the
	 * application: it does not keep the target and the listener alive.
	 */
	static final class AbortSteps extends WeakReference<Registration> implements Runnable {

		private final WeakReference<AbstractEventTarget> target;

		AbortSteps(Registration registration, AbstractEventTarget target) {
			super(registration);
			this.target = new WeakReference<>(target);
		}

		@Override
		public void run() {
			Registration registration = get();
			AbstractEventTarget eventTarget = this.target.get();
			if (registration != null && eventTarget != null) {
				eventTarget.remove(registration);
			}
		}

	}

}
