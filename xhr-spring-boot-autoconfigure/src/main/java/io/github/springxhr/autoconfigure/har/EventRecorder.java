package io.github.springxhr.autoconfigure.har;

import java.util.ArrayList;
import java.util.List;

import io.github.springxhr.XhrEventType;

/**
 * The events of one exchange: a dozen at most, as of repeated progress there is the first
 * and the last one only.
 */
final class EventRecorder {

	private final long started = System.nanoTime();

	private final List<Har.Event> events = new ArrayList<>();

	void add(boolean upload, XhrEventType type, long loaded, long total) {
		String target = upload ? "upload" : "request";
		Har.Event event = new Har.Event(type.eventName(), target, HarTimings.millis(System.nanoTime() - this.started),
				loaded, total);
		int last = lastOf(target);
		if (type == XhrEventType.PROGRESS && isProgress(last) && isProgress(previousOf(target, last))) {
			this.events.remove(last);
		}
		this.events.add(event);
	}

	private boolean isProgress(int index) {
		return index >= 0 && this.events.get(index).type().equals(XhrEventType.PROGRESS.eventName());
	}

	private int lastOf(String target) {
		return previousOf(target, this.events.size());
	}

	private int previousOf(String target, int end) {
		for (int index = end - 1; index >= 0; index--) {
			if (this.events.get(index).target().equals(target)) {
				return index;
			}
		}
		return -1;
	}

	List<Har.Event> list() {
		return List.copyOf(this.events);
	}

}
