package io.github.springxhr.event;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened at an {@link EventTarget}. Events here neither bubble nor are
 * captured, as no target has a parent.
 *
 * @since 0.1.0
 * @see <a href="https://dom.spec.whatwg.org/#interface-event">DOM Standard, Event</a>
 */
public class Event {

	private final String type;

	private final boolean cancelable;

	private final long timeStamp = System.currentTimeMillis();

	private @Nullable EventTarget target;

	private @Nullable EventTarget currentTarget;

	private boolean trusted;

	private boolean defaultPrevented;

	private boolean dispatching;

	private boolean immediatePropagationStopped;

	/**
	 * Create an event that cannot be canceled.
	 * @param type the name of the event, such as {@code "load"}; case-sensitive
	 */
	public Event(String type) {
		this(type, false);
	}

	/**
	 * Create an event.
	 * @param type the name of the event; case-sensitive
	 * @param cancelable whether {@link #preventDefault()} has an effect
	 */
	public Event(String type, boolean cancelable) {
		this.type = type;
		this.cancelable = cancelable;
	}

	/**
	 * Return the name of the event.
	 * @return the name, such as {@code "load"}
	 */
	public final String getType() {
		return this.type;
	}

	/**
	 * Return the object the event was dispatched to.
	 * @return the target, or {@code null} before the event is dispatched
	 */
	public final @Nullable EventTarget getTarget() {
		return this.target;
	}

	/**
	 * Return the object whose listener is running.
	 * @return the target while listeners run, else {@code null}
	 */
	public final @Nullable EventTarget getCurrentTarget() {
		return this.currentTarget;
	}

	/**
	 * Return when the event was created.
	 * @return milliseconds since 1970-01-01T00:00:00Z
	 */
	public final long getTimeStamp() {
		return this.timeStamp;
	}

	/**
	 * Return whether the event was fired by the request itself, not by
	 * {@link EventTarget#dispatchEvent(Event)}.
	 * @return {@code true} for an event of the request's life cycle
	 */
	public final boolean isTrusted() {
		return this.trusted;
	}

	/**
	 * Return whether {@link #preventDefault()} has an effect.
	 * @return {@code true} if the event can be canceled
	 */
	public final boolean isCancelable() {
		return this.cancelable;
	}

	/**
	 * Cancel the event, if it can be canceled.
	 */
	public final void preventDefault() {
		if (this.cancelable) {
			this.defaultPrevented = true;
		}
	}

	/**
	 * Return whether the event was canceled.
	 * @return {@code true} if {@link #preventDefault()} took effect
	 */
	public final boolean isDefaultPrevented() {
		return this.defaultPrevented;
	}

	/**
	 * Keep the listeners that come after the running one from being called.
	 */
	public final void stopImmediatePropagation() {
		this.immediatePropagationStopped = true;
	}

	final boolean isImmediatePropagationStopped() {
		return this.immediatePropagationStopped;
	}

	final boolean isDispatching() {
		return this.dispatching;
	}

	final void beginDispatch(EventTarget target, boolean trusted) {
		this.dispatching = true;
		this.target = target;
		this.currentTarget = target;
		this.trusted = trusted;
	}

	final void endDispatch() {
		this.dispatching = false;
		this.currentTarget = null;
		this.immediatePropagationStopped = false;
	}

}
