package io.github.springxhr;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.springxhr.event.Event;
import io.github.springxhr.event.ProgressEvent;

/**
 * Listens to all events of a request and writes them down as a list of literals, such as
 * {@code readystatechange 1} and {@code upload.progress(5,12,true)}.
 */
public final class EventLog {

	private final List<String> entries = Collections.synchronizedList(new ArrayList<>());

	private final CountDownLatch loadend = new CountDownLatch(1);

	private EventLog() {
	}

	/**
	 * Listen to the request only, so that it fires no upload events.
	 */
	public static EventLog ofRequest(XMLHttpRequest request) {
		EventLog log = new EventLog();
		for (XhrEventType type : XhrEventType.values()) {
			request.addEventListener(type.eventName(), (event) -> log.add("", request, event));
		}
		return log;
	}

	/**
	 * Listen to the request and its upload.
	 */
	public static EventLog of(XMLHttpRequest request) {
		EventLog log = ofRequest(request);
		for (XhrEventType type : XhrEventType.values()) {
			request.getUpload().addEventListener(type.eventName(), (event) -> log.add("upload.", request, event));
		}
		return log;
	}

	private void add(String prefix, XMLHttpRequest request, Event event) {
		this.entries
			.add(prefix + ((event instanceof ProgressEvent) ? event : event.getType() + " " + request.getReadyState()));
		if (prefix.isEmpty() && event.getType().equals("loadend")) {
			this.loadend.countDown();
		}
	}

	/**
	 * Write something else down, to show where in the order it happened.
	 */
	public void note(String text) {
		this.entries.add(text);
	}

	/**
	 * Return what was written down so far.
	 */
	public List<String> entries() {
		synchronized (this.entries) {
			return List.copyOf(this.entries);
		}
	}

	/**
	 * Return what was written down, without repeated progress, whose number is timing.
	 */
	public List<String> withoutIntermediateProgress() {
		List<String> kept = new ArrayList<>();
		for (String entry : entries()) {
			boolean progress = entry.equals("readystatechange 3") || entry.contains("progress(");
			if (!progress) {
				kept.add(entry);
			}
		}
		return kept;
	}

	public void clear() {
		this.entries.clear();
	}

	/**
	 * Wait for the request's first {@code loadend}.
	 */
	public EventLog awaitEnd() throws InterruptedException {
		if (!this.loadend.await(10, TimeUnit.SECONDS)) {
			throw new AssertionError("no loadend in 10 seconds, but " + entries());
		}
		return this;
	}

}
