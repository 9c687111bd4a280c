package io.github.springxhr.event;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * How a listener is kept.
 *
 * @param once whether the listener is removed when it is called
 * @param signal removes the listener when it is aborted; a listener is not added at all
 * if it is aborted already; {@code null} for none
 * @since 0.1.0
 * @see <a href="https://dom.spec.whatwg.org/#dictdef-addeventlisteneroptions">DOM
 * Standard, AddEventListenerOptions</a>
 */
public record ListenerOptions(boolean once, @Nullable AbortSignal signal) {

	static final ListenerOptions DEFAULTS = new ListenerOptions(false, null);

	/**
	 * Return options for a listener that is called once at most.
	 * @return the options
	 */
	public static ListenerOptions callOnce() {
		return new ListenerOptions(true, null);
	}

	/**
	 * Return options for a listener that stays until a signal is aborted.
	 * @param signal the signal
	 * @return the options
	 */
	public static ListenerOptions withSignal(AbortSignal signal) {
		return new ListenerOptions(false, Objects.requireNonNull(signal, "signal"));
	}

}
