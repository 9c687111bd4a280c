package io.github.springxhr.event;

/**
 * Called when an event is fired. An exception that it throws is reported to the factory's
 * listener-error sink; it harms neither the request nor the other listeners.
 *
 * @param <E> the class of the events it takes
 * @since 0.1.0
 * @see <a href="https://dom.spec.whatwg.org/#callbackdef-eventlistener">DOM Standard,
 * EventListener</a>
 */
@FunctionalInterface
public interface EventListener<E extends Event> {

	/**
	 * Handle the event.
	 * @param event the event
	 * @throws Exception if the listener fails
	 */
	void handleEvent(E event) throws Exception;

}
