package io.github.springxhr.event;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.DOMException;

/**
 * The event listener list of a target and the dispatch of events to it. Not API: public
 * for the sibling packages of this library.
 *
 * <h2>Concurrency</h2> The list may be read and changed from any thread. An event is
 * dispatched to the listeners that were there when its dispatch began, less those removed
 * since.
 *
 * @since 0.1.0
 */
public abstract class AbstractEventTarget implements EventTarget {

	private final RegistrationList registrations = new RegistrationList();

	@Override
	public final <E extends Event> void addEventListener(String type, @Nullable EventListener<E> listener) {
		addEventListener(type, listener, ListenerOptions.DEFAULTS);
	}

	@Override
	public final <E extends Event> void addEventListener(String type, @Nullable EventListener<E> listener,
			ListenerOptions options) {
		AbortSignal signal = options.signal();
		if (listener == null || (signal != null && signal.isAborted())) {
			return;
		}
		Registration registration = (signal != null)
				? new Registration.ForSignal(type, listener, options.once(), signal)
				: new Registration(type, listener, options.once());
		if (this.registrations.addIfAbsent(registration)) {
			registration.added(this);
			listenersChanged();
		}
	}

	@Override
	public final void removeEventListener(String type, @Nullable EventListener<?> listener) {
		for (Registration registration : this.registrations.entries()) {
			if (registration != null && !(registration instanceof Registration.ForHandler)
					&& registration.isFor(type, listener)) {
				remove(registration);
			}
		}
	}

	@Override
	public boolean dispatchEvent(Event event) {
		return dispatch(event, false);
	}

	/**
	 * Return whether anything listens at this target.
	 * @return {@code true} if there is a listener or a handler for any type
	 */
	public final boolean hasListeners() {
		return RegistrationList.count(this.registrations.entries()) > 0;
	}

	/**
	 * Return whether anything listens for a type, so that an event object is made for
	 * listeners only.
	 * @param type the name of the event
	 * @return {@code true} if there is a listener or a handler
	 */
	public final boolean hasListeners(String type) {
		for (Registration registration : this.registrations.entries()) {
			if (registration != null && registration.type.equals(type)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Dispatch an event of the life cycle.
	 * @param event the event
	 */
	public final void fire(Event event) {
		dispatch(event, true);
	}

	/**
	 * Set the event handler for a type. It keeps the place among the listeners that it
	 * got when it was first set, until it is set to {@code null}.
	 * @param type the name of the event
	 * @param handler the handler, or {@code null} to remove it
	 * @see <a href=
	 * "https://html.spec.whatwg.org/multipage/webappapis.html#event-handler-idl-attributes">HTML
	 * Standard, event handler IDL attributes</a>
	 */
	protected final void setHandler(String type, @Nullable EventListener<?> handler) {
		synchronized (this.registrations) {
			Registration existing = findHandler(type);
			if (existing == null && handler != null) {
				this.registrations.add(new Registration.ForHandler(type, handler));
			}
			else if (existing != null && handler != null) {
				existing.listener = handler;
			}
			else if (existing != null) {
				remove(existing);
			}
		}
		listenersChanged();
	}

	private @Nullable Registration findHandler(String type) {
		for (Registration registration : this.registrations.entries()) {
			if (registration instanceof Registration.ForHandler && registration.type.equals(type)) {
				return registration;
			}
		}
		return null;
	}

	/**
	 * Return the event handler for a type.
	 * @param <E> the class of the events
	 * @param type the name of the event
	 * @return the handler, or {@code null} if there is none
	 */
	@SuppressWarnings("unchecked")
	protected final <E extends Event> @Nullable EventListener<E> getHandler(String type) {
		Registration registration = findHandler(type);
		return (registration != null) ? (EventListener<E>) registration.listener : null;
	}

	/**
	 * Called with what a listener threw.
	 * @param event the event the listener was called with
	 * @param failure what it threw
	 */
	protected abstract void listenerFailed(Event event, Throwable failure);

	private boolean dispatch(Event event, boolean trusted) {
		if (event.isDispatching()) {
			throw new DOMException(DOMException.INVALID_STATE_ERR,
					"InvalidStateError: the event '" + event.getType() + "' is being dispatched already");
		}
		event.beginDispatch(this, trusted);
		try {
			@Nullable Registration[] entries = this.registrations.entries();
			// what is added on the way is not seen
			int count = RegistrationList.count(entries);
			for (int i = 0; i < count; i++) {
				Registration registration = entries[i];
				if (registration != null && registration.type.equals(event.getType())
						&& !event.isImmediatePropagationStopped()) {
					invoke(registration, event);
				}
			}
		}
		finally {
			event.endDispatch();
		}
		return !event.isDefaultPrevented();
	}

	@SuppressWarnings("unchecked")
	private void invoke(Registration registration, Event event) {
		if (registration.removed) {
			return;
		}
		if (registration.once) {
			remove(registration);
		}
		try {
			((EventListener<Event>) registration.listener).handleEvent(event);
		}
		catch (Throwable ex) {
			listenerFailed(event, ex);
		}
	}

	final void remove(Registration registration) {
		registration.removed = true;
		this.registrations.remove(registration);
		registration.takenOff();
		listenersChanged();
	}

	/**
	 * Called after a listener or a handler has been added or removed.
	 */
	void listenersChanged() {
	}

}
