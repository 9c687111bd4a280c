package io.github.springxhr;

import io.github.springxhr.XhrInFlight.Transfer;
import io.github.springxhr.http.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * How much of an exchange's request body has been transmitted, and the events that tell
 * of it.
 *
 * @see <a href="https://xhr.spec.whatwg.org/#the-send()-method">XMLHttpRequest Standard,
 * processRequestBodyChunkLength and processRequestEndOfBody</a>
 */
final class UploadProgress {

	private final XhrState state;

	private final XhrEvents events;

	private final XhrEnvironment environment;

	/** Made when something has been transmitted. */
	private @Nullable ProgressThrottle throttle;

	private final long requestBodyLength;

	/** Written by the lane, also read by whoever asks what is in flight. */
	private volatile long requestBodyTransmitted;

	UploadProgress(XhrState state, XhrEvents events, XhrEnvironment environment, @Nullable RequestBody body) {
		this.state = state;
		this.events = events;
		this.environment = environment;
		this.requestBodyLength = (body != null) ? Math.max(0, body.length()) : 0;
	}

	long transmitted() {
		return this.requestBodyTransmitted;
	}

	Transfer transfer() {
		return new Transfer(this.requestBodyTransmitted, this.requestBodyLength);
	}

	void start() {
		if (!this.state.uploadComplete && isObserved()) {
			this.events.uploadProgress(XhrEventType.LOADSTART, this.requestBodyTransmitted, this.requestBodyLength);
		}
	}

	void add(int bytesLength) {
		this.requestBodyTransmitted += bytesLength;
		if (isDue() && isObserved() && !this.state.uploadComplete) {
			this.events.uploadProgress(XhrEventType.PROGRESS, this.requestBodyTransmitted, this.requestBodyLength);
		}
	}

	private boolean isDue() {
		if (this.throttle == null) {
			this.throttle = this.environment.newProgressThrottle();
		}
		return this.throttle.pass();
	}

	/**
	 * The body has been transmitted.
	 * <p>
	 * Deviation: the upload is complete after the last {@code progress}, not before it.
	 * So {@code abort()} in a listener of that event ends the upload by {@code abort},
	 * where the standard has a {@code load} follow.
	 * @param exchange is asked whether it is still running after an event
	 */
	void complete(Exchange exchange) {
		if (this.state.uploadComplete) {
			return;
		}
		if (isObserved()) {
			this.events.uploadProgress(XhrEventType.PROGRESS, this.requestBodyTransmitted, this.requestBodyLength);
		}
		if (!exchange.isRunning()) {
			return;
		}
		this.state.uploadComplete = true;
		if (isObserved()) {
			this.events.uploadProgress(XhrEventType.LOAD, this.requestBodyTransmitted, this.requestBodyLength);
			this.events.uploadProgress(XhrEventType.LOADEND, this.requestBodyTransmitted, this.requestBodyLength);
		}
	}

	/**
	 * The server has answered in full before it had read all of the body.
	 * <p>
	 * Deviation: the standard leaves the upload object without an end then.
	 */
	void abandon() {
		if (!this.state.uploadComplete) {
			this.state.uploadComplete = true;
			if (this.state.uploadListener) {
				fail(XhrEventType.ERROR);
			}
		}
	}

	/** A synchronous request has no upload events. */
	private boolean isObserved() {
		return this.state.uploadListener && !this.state.synchronous;
	}

	void fail(XhrEventType event) {
		this.events.uploadProgress(event, 0, 0);
		this.events.uploadProgress(XhrEventType.LOADEND, 0, 0);
	}

}
