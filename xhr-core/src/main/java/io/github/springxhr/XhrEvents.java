package io.github.springxhr;

import io.github.springxhr.event.Event;
import io.github.springxhr.event.ProgressEvent;

/**
 * Fires the events of a request. An event object is made only if somebody listens.
 *
 * @see <a href="https://xhr.spec.whatwg.org/#concept-event-fire-progress">XMLHttpRequest
 * Standard, fire a progress event</a>
 */
final class XhrEvents {

	private final XhrEventTarget request;

	private final XhrEventTarget upload;

	private final XhrListener listener;

	XhrEvents(XhrEventTarget request, XhrEventTarget upload, XhrListener listener) {
		this.request = request;
		this.upload = upload;
		this.listener = listener;
	}

	void readyStateChange() {
		this.listener.eventFired(false, XhrEventType.READYSTATECHANGE, 0, 0);
		String name = XhrEventType.READYSTATECHANGE.eventName();
		if (this.request.hasListeners(name)) {
			this.request.fire(new Event(name));
		}
	}

	void progress(XhrEventType type, long transmitted, long length) {
		this.listener.eventFired(false, type, transmitted, length);
		fire(this.request, type, transmitted, length);
	}

	void uploadProgress(XhrEventType type, long transmitted, long length) {
		this.listener.eventFired(true, type, transmitted, length);
		fire(this.upload, type, transmitted, length);
	}

	boolean hasUploadListeners() {
		return this.upload.hasListeners();
	}

	private static void fire(XhrEventTarget target, XhrEventType type, long transmitted, long length) {
		if (target.hasListeners(type.eventName())) {
			target.fire(ProgressEvent.of(type.eventName(), transmitted, length));
		}
	}

}
