package io.github.springxhr.reliability;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;

import io.github.springxhr.EventLog;
import io.github.springxhr.XMLHttpRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A cell whose caller is told by events.
 */
final class AsynchronousCell extends Cell {

	/** Ten times the slack that a request has past its deadline. */
	private static final Duration DEADLINE = Duration.ofMillis(2500);

	/** Null once the caller has let go of it. */
	private XMLHttpRequest xhr;

	private EventLog log;

	/** What the request was like during loadend. */
	private volatile Outcome last;

	private String expected;

	private long due;

	/** How long after its deadline the request has ended; none if it had none. */
	Duration late;

	AsynchronousCell(Fault fault, Position position, Transport transport, Caller caller) {
		super(fault, position, transport, caller);
	}

	@Override
	void exchange(String url, String expected) throws Exception {
		start(url);
		if (this.caller != Caller.NONE || this.fault.letsGo) {
			awaitFault();
		}
		if (this.fault.letsGo) {
			letGo();
		}
		if (this.caller == Caller.NONE) {
			target().open("fault");
			this.log.awaitEnd();
			this.expected = expected;
		}
		else {
			act();
		}
	}

	private void start(String url) {
		this.xhr = this.factory.create();
		this.xhr.addEventListener("loadend", (event) -> {
			this.ended = System.nanoTime();
			this.last = Outcome.of((XMLHttpRequest) event.getCurrentTarget());
		});
		this.log = EventLog.of(this.xhr);
		open(this.xhr, url, true);
		if (this.caller == Caller.NONE && !this.fault.letsGo) {
			target().open("fault");
		}
		send(this.xhr);
	}

	private void awaitFault() {
		if (this.fault.begun != null) {
			await(() -> this.fault.begun.apply(this));
		}
		else {
			target().await("reached");
		}
		if (bodyArrives()) {
			// the server may know before the client does
			await(() -> hasLogged("upload.load("));
		}
	}

	/** Whether the caller has been told of an event. */
	boolean hasLogged(String event) {
		return this.log.entries().stream().anyMatch((entry) -> entry.startsWith(event));
	}

	/**
	 * Leaves the request to itself: neither the events that were written down nor the
	 * listeners have a reference to it that does not come from the request. What keeps it
	 * alive is the library: the factory has a list of what is in flight, and the
	 * connection has handlers that lead to it. A request that was opened and not sent has
	 * neither; once that one has been collected, ours would have been, too.
	 */
	private void letGo() {
		WeakReference<XMLHttpRequest> inFlight = new WeakReference<>(this.xhr);
		this.xhr = null;
		WeakReference<XMLHttpRequest> unsent = unsent();
		await(() -> {
			System.gc();
			return unsent.refersTo(null);
		});
		assertThat(inFlight.refersTo(null)).as("collected in flight").isFalse();
		if (this.caller != Caller.NONE) {
			// who aborts has the request
			this.xhr = inFlight.get();
		}
	}

	private WeakReference<XMLHttpRequest> unsent() {
		XMLHttpRequest request = this.factory.create();
		EventLog.of(request);
		request.open("GET", targetUrl("/unsent"));
		return new WeakReference<>(request);
	}

	private void act() throws InterruptedException {
		this.due = System.nanoTime();
		if (this.caller == Caller.ABORT) {
			this.xhr.abort();
			target().open("fault");
		}
		else {
			this.xhr.getUpload().addEventListener("timeout", (event) -> target().open("fault"));
			this.xhr.addEventListener("timeout", (event) -> target().open("fault"));
			this.xhr.setTimeout(1);
		}
		this.log.awaitEnd();
		this.late = Duration.ofNanos(this.ended - this.due);
		assertThat(this.late).as("deadline").isLessThan(DEADLINE);
		target().open("fault");
		this.expected = (this.caller == Caller.ABORT) ? "abort ABORT" : "timeout TIMEOUT";
	}

	/**
	 * Whether the whole body has got to a server when the fault happens. The hop before
	 * reads it.
	 */
	private boolean bodyArrives() {
		return hasBody() && (this.position == Position.REDIRECT
				|| (!this.fault.partialUpload && this.scene.delivered() > 0 && this.position != Position.PREFLIGHT));
	}

	private boolean hasBody() {
		return !"HEAD".equals(this.fault.method) && (this.position != Position.REUSED || this.fault.upload != null);
	}

	@Override
	void assertEnded() {
		List<String> events = this.log.entries();
		String terminal = this.expected.substring(0, this.expected.indexOf(' '));
		if (this.xhr != null) {
			// abort() changes the state after the last event
			await(() -> this.xhr.getReadyState() == ((this.caller == Caller.ABORT) ? 0 : 4));
			this.last = Outcome.of(this.xhr);
		}
		String story = events + " " + this.last.failure();
		assertThat(this.expected.split(" or ")).as(story).contains(this.last.toText(end()));
		assertThat(events.stream().filter(AsynchronousCell::isTerminal)).as(story)
			.singleElement()
			.asString()
			.startsWith(terminal + "(");
		assertThat(events.stream().filter((event) -> event.startsWith("loadend("))).as(story).hasSize(1);
		assertThat(events.get(events.size() - 1)).as(story).startsWith("loadend(");
		assertThat(this.last.readyState()).isEqualTo((this.caller == Caller.ABORT) ? 0 : 4);
		if (!terminal.equals("load")) {
			this.last.assertEmpty();
		}
		assertUpload(events, terminal, story);
	}

	private String end() {
		String end = this.log.entries().stream().filter(AsynchronousCell::isTerminal).findFirst().orElse("nothing(");
		return end.substring(0, end.indexOf('('));
	}

	private void assertUpload(List<String> events, String terminal, String story) {
		List<String> upload = events.stream().filter((event) -> event.startsWith("upload.")).toList();
		if (!hasBody()) {
			assertThat(upload).as(story).isEmpty();
			return;
		}
		List<String> ends = upload.stream().filter((event) -> isTerminal(event.substring("upload.".length()))).toList();
		assertThat(ends).as(story).hasSize(1);
		assertThat(upload.stream().filter((event) -> event.startsWith("upload.loadend("))).as(story).hasSize(1);
		assertThat(upload.get(0)).as(story).startsWith("upload.loadstart(");
		assertThat(upload.get(upload.size() - 1)).as(story).startsWith("upload.loadend(");
		boolean sent = terminal.equals("load") || bodyArrives();
		if (!this.fault.partialUpload || this.position == Position.REDIRECT) {
			assertThat(ends.get(0)).as(story).startsWith("upload." + (sent ? "load" : terminal) + "(");
		}
	}

	private static boolean isTerminal(String event) {
		return event.startsWith("load(") || event.startsWith("error(") || event.startsWith("abort(")
				|| event.startsWith("timeout(");
	}

}
