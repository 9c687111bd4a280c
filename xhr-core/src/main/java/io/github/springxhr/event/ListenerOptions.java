package io.github.springxhr.event;

/**
 * How a listener is kept.
 *
 * @param once whether the listener is removed when it is called
 * @since 0.1.0
 * @see <a href="https://dom.spec.whatwg.org/#dictdef-addeventlisteneroptions">DOM
 * Standard, AddEventListenerOptions</a>
 */
public record ListenerOptions(boolean once) {

	static final ListenerOptions DEFAULTS = new ListenerOptions(false);

	/**
	 * Return options for a listener that is called once at most.
	 * @return the options
	 */
	public static ListenerOptions callOnce() {
		return new ListenerOptions(true);
	}

}
