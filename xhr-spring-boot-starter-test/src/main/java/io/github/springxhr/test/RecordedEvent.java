package io.github.springxhr.test;

import io.github.springxhr.XhrEventType;

/**
 * An event that was fired at a request or its upload, as a value.
 *
 * @param target where it was fired
 * @param type which event it was
 * @param readyState the request's state at that moment
 * @param loaded the bytes transferred so far; 0 for {@code readystatechange}
 * @param total the bytes to transfer; 0 if not known, and for {@code readystatechange}
 * @param lengthComputable whether {@code total} is known
 * @since 0.1.0
 */
public record RecordedEvent(Target target, XhrEventType type, int readyState, long loaded, long total,
		boolean lengthComputable) {

	/**
	 * Return the event as a literal.
	 * @return such as {@code "readystatechange 1"} or
	 * {@code "upload.progress(5,12,true)"}
	 */
	@Override
	public String toString() {
		String name = this.target.prefix + this.type.eventName();
		return (this.type == XhrEventType.READYSTATECHANGE) ? name + " " + this.readyState
				: name + "(" + this.loaded + "," + this.total + "," + this.lengthComputable + ")";
	}

	boolean isOfRequest(XhrEventType type) {
		return this.target == Target.REQUEST && this.type == type;
	}

	/**
	 * Where an event is fired.
	 */
	public enum Target {

		/** The request itself. */
		REQUEST(""),

		/** The request's upload: the events of its body. */
		UPLOAD("upload.");

		private final String prefix;

		Target(String prefix) {
			this.prefix = prefix;
		}

	}

}
