package io.github.springxhr.event;

/**
 * An event that tells how much of a body has been transferred.
 *
 * @since 0.1.0
 * @see <a href="https://xhr.spec.whatwg.org/#interface-progressevent">XMLHttpRequest
 * Standard, ProgressEvent</a>
 */
public final class ProgressEvent extends Event {

	private final boolean lengthComputable;

	private final long loaded;

	private final long total;

	/**
	 * Create a progress event.
	 * @param type the name of the event; case-sensitive
	 * @param lengthComputable whether {@code total} is known
	 * @param loaded the number of bytes transferred so far
	 * @param total the number of bytes to transfer; 0 if not known
	 */
	public ProgressEvent(String type, boolean lengthComputable, long loaded, long total) {
		super(type);
		this.lengthComputable = lengthComputable;
		this.loaded = loaded;
		this.total = total;
	}

	/**
	 * Create the event that "fire a progress event" creates: the length is computable if
	 * {@code total} is not 0.
	 * @param type the name of the event
	 * @param loaded the number of bytes transferred so far
	 * @param total the number of bytes to transfer; 0 if not known
	 * @return the event
	 * @see <a href="https://xhr.spec.whatwg.org/#concept-event-fire-progress">Fire a
	 * progress event</a>
	 */
	public static ProgressEvent of(String type, long loaded, long total) {
		return new ProgressEvent(type, total != 0, loaded, total);
	}

	/**
	 * Return whether {@link #getTotal()} is known.
	 * @return {@code true} if the total is known
	 */
	public boolean isLengthComputable() {
		return this.lengthComputable;
	}

	/**
	 * Return how much was transferred so far.
	 * @return bytes, 0 or more
	 */
	public long getLoaded() {
		return this.loaded;
	}

	/**
	 * Return how much there is to transfer.
	 * @return bytes; 0 if not known
	 */
	public long getTotal() {
		return this.total;
	}

	@Override
	public String toString() {
		return getType() + "(" + this.loaded + "," + this.total + "," + this.lengthComputable + ")";
	}

}
