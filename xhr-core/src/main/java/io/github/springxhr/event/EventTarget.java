package io.github.springxhr.event;

import org.jspecify.annotations.Nullable;

/**
 * An object at which events are fired. All methods can be called from any thread.
 *
 * @since 0.1.0
 * @see <a href="https://dom.spec.whatwg.org/#interface-eventtarget">DOM Standard,
 * EventTarget</a>
 */
public interface EventTarget {

	/**
	 * Add a listener, unless the same one is there for the type already. Listeners are
	 * called in the order in which they were added.
	 * @param <E> the class of the events: {@link ProgressEvent} for all events of a
	 * request but {@code readystatechange}
	 * @param type the name of the event; case-sensitive
	 * @param listener the listener; nothing is added if it is {@code null}
	 */
	<E extends Event> void addEventListener(String type, @Nullable EventListener<E> listener);

	/**
	 * Add a listener, unless the same one is there for the type already.
	 * @param <E> the class of the events
	 * @param type the name of the event; case-sensitive
	 * @param listener the listener; nothing is added if it is {@code null}
	 * @param options how the listener is kept
	 */
	<E extends Event> void addEventListener(String type, @Nullable EventListener<E> listener, ListenerOptions options);

	/**
	 * Remove a listener. Does nothing if it is not there. A listener that is removed
	 * while an event is dispatched is not called for it any more.
	 * @param type the name of the event; case-sensitive
	 * @param listener the listener
	 */
	void removeEventListener(String type, @Nullable EventListener<?> listener);

	/**
	 * Call the listeners for the event's type, in the thread of the caller.
	 * @param event the event
	 * @return {@code false} if a listener canceled the event
	 * @throws org.w3c.dom.DOMException InvalidStateError if the event is being dispatched
	 * already
	 */
	boolean dispatchEvent(Event event);

}
