package io.github.springxhr.reliability;

import java.util.List;
import java.util.Map;

import io.github.springxhr.EventLog;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A cell whose caller waits in {@code send()}: what an asynchronous request fires, it
 * throws.
 */
final class SynchronousCell extends Cell {

	private static final Map<String, String> ENDS = Map.of("NetworkError", "error", "TimeoutError", "timeout",
			"AbortError", "abort");

	private XMLHttpRequest xhr;

	private EventLog log;

	private Throwable thrown;

	private String expected;

	SynchronousCell(Fault fault, Position position, Transport transport) {
		super(fault, position, transport, Caller.NONE);
	}

	@Override
	void exchange(String url, String expected) {
		this.expected = expected;
		this.xhr = this.factory.create();
		this.log = EventLog.of(this.xhr);
		open(this.xhr, url, false);
		// what open() fires
		this.log.clear();
		target().open("fault");
		this.thrown = catchThrowable(() -> send(this.xhr));
		this.ended = System.nanoTime();
	}

	@Override
	void assertEnded() {
		Outcome outcome = Outcome.of(this.xhr);
		List<String> fired = this.log.entries().stream().map((event) -> event.replaceFirst("\\(.*", "")).toList();
		String story = fired + " " + this.thrown;
		assertThat(this.expected.split(" or ")).as(story).contains(outcome.toText(end()));
		assertThat(outcome.readyState()).as(story).isEqualTo(XMLHttpRequest.DONE);
		if (this.thrown == null) {
			assertThat(fired).containsExactly("readystatechange 4", "load", "loadend");
			return;
		}
		assertThat(fired).as(story).isEmpty();
		outcome.assertEmpty();
	}

	private String end() {
		if (this.thrown == null) {
			return "load";
		}
		assertThat(this.thrown).isInstanceOf(XhrException.class);
		return ENDS.get(((XhrException) this.thrown).getName());
	}

	@Override
	public String toString() {
		return this.fault.toString();
	}

}
