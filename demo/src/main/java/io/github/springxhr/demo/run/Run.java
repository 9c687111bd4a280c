package io.github.springxhr.demo.run;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrEventType;
import io.github.springxhr.event.Event;
import io.github.springxhr.event.ProgressEvent;

import org.springframework.util.unit.DataSize;

/**
 * One run of a scenario: a request with a listener for each event there is.
 *
 * <h2>Concurrency</h2> A request calls its listeners one after the other, so what is
 * written in them alone needs no lock. {@link #abort()} comes from any thread.
 */
final class Run {

	private final Scenario scenario;

	private final XMLHttpRequest request;

	private final RunStream stream;

	private int sequence;

	private long start;

	Run(Scenario scenario, XMLHttpRequest request, RunStream stream) {
		this.scenario = scenario;
		this.request = request;
		this.stream = stream;
	}

	/**
	 * Send the request. The listeners come first: {@code open()} fires an event already,
	 * and the upload's events are fired only if someone listens when it is sent.
	 */
	void start() {
		for (XhrEventType type : XhrEventType.values()) {
			this.request.addEventListener(type.eventName(), (Event event) -> show("request", event));
			if (type != XhrEventType.READYSTATECHANGE) {
				this.request.getUpload().addEventListener(type.eventName(), (Event event) -> show("upload", event));
			}
		}
		if (this.scenario.abortAt() > 0) {
			this.request.setOnprogress(this::abortInTheMiddle);
		}
		this.request.setOnloadend((event) -> this.stream.putLast("end", this::result));
		this.start = System.nanoTime();
		this.request.open(this.scenario.method(), this.scenario.url());
		send();
	}

	private void send() {
		DataSize bodySize = this.scenario.bodySize();
		if (bodySize != null) {
			this.request.setRequestHeader("Content-Type", "application/octet-stream");
			this.request.send(new byte[Math.toIntExact(bodySize.toBytes())]);
		}
		else {
			this.request.send(this.scenario.body());
		}
	}

	private void show(String target, Event event) {
		long elapsed = System.nanoTime() - this.start;
		this.stream.put("xhr", ShownEvent.of(++this.sequence, elapsed, target, event, this.request));
	}

	private void abortInTheMiddle(ProgressEvent event) {
		if (event.getLoaded() >= this.scenario.abortAt() * event.getTotal()) {
			this.request.abort();
		}
	}

	void abort() {
		this.request.abort();
	}

	/**
	 * Look at the request after its last event. Dispatching an event that nobody listens
	 * to waits for its turn, and so for an {@code abort()} to have set the state to
	 * UNSENT, which it does after its last event.
	 */
	private RunResult result() {
		this.request.dispatchEvent(new Event("after"));
		return RunResult.of(this.request);
	}

}
