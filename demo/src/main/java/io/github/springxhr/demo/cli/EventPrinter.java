package io.github.springxhr.demo.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestEventTarget;
import io.github.springxhr.XhrEventType;
import io.github.springxhr.event.Event;
import io.github.springxhr.event.EventListener;
import io.github.springxhr.event.ProgressEvent;
import org.jspecify.annotations.Nullable;

/**
 * Prints the events of a request as they are fired. A run of {@code progress} events,
 * whose number is a matter of timing, is one line in the end; while it lasts it is a bar
 * on a terminal, and elsewhere a line a second.
 *
 * <h2>Concurrency</h2> Called from the request's listeners only, which run one at a time.
 */
final class EventPrinter {

	private static final String CLEAR = "\r\u001B[K";

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final PrintStream out;

	private final boolean terminal;

	private final long start = System.nanoTime();

	private @Nullable Run run;

	private long lastLine;

	EventPrinter(PrintStream out, boolean terminal) {
		this.out = out;
		this.terminal = terminal;
	}

	void listenTo(XMLHttpRequest request) {
		EventListener<Event> listener = (event) -> print("request", event, request);
		request.setOnreadystatechange(listener);
		listen(request, listener);
		listen(request.getUpload(), (event) -> print("upload", event, request));
	}

	private static void listen(XMLHttpRequestEventTarget target, EventListener<Event> listener) {
		for (XhrEventType type : XhrEventType.values()) {
			if (type != XhrEventType.READYSTATECHANGE) {
				target.addEventListener(type.eventName(), listener);
			}
		}
	}

	private void print(String target, Event event, XMLHttpRequest request) {
		long now = System.nanoTime() - this.start;
		if (event instanceof ProgressEvent progress) {
			if (event.getType().equals("progress")) {
				progress(target, progress, now);
				return;
			}
			endRun();
			line(now, target, event.getType(), Progress.bytes(progress.getLoaded())
					+ (progress.isLengthComputable() ? " of " + Progress.bytes(progress.getTotal()) : ""));
		}
		else if (request.getReadyState() != XMLHttpRequest.LOADING || this.run == null) {
			endRun();
			line(now, target, event.getType(), String.valueOf(request.getReadyState()));
		}
	}

	private void progress(String target, ProgressEvent event, long now) {
		if (this.run == null || !this.run.target.equals(target)) {
			endRun();
			this.run = new Run(target, this.lastLine);
		}
		this.run.add(event, now);
		if (this.terminal) {
			this.out.print(CLEAR + target + " " + this.run.progress().bar());
			this.out.flush();
		}
		else if (now - this.run.printed >= SECOND) {
			this.run.printed = now;
			line(now, target, "progress", this.run.progress().text());
		}
	}

	private void endRun() {
		Run ended = this.run;
		if (ended != null) {
			this.run = null;
			line(ended.last, ended.target, "progress",
					ended.progress().text() + ((ended.count > 1) ? "  (" + ended.count + " events)" : ""));
		}
	}

	private void line(long nanos, String target, String type, String detail) {
		this.lastLine = nanos;
		this.out.println((this.terminal ? CLEAR : "")
				+ String.format(Locale.ROOT, "%9.3f s  %-7s  %-16s  %s", nanos / 1e9, target, type, detail));
	}

	/** Consecutive progress events of one target. */
	private static final class Run {

		private final String target;

		private final long began;

		private long printed;

		private long last;

		private long loaded;

		private long total;

		private int count;

		Run(String target, long began) {
			this.target = target;
			this.began = began;
			this.printed = began;
		}

		void add(ProgressEvent event, long now) {
			this.loaded = event.getLoaded();
			this.total = event.isLengthComputable() ? event.getTotal() : 0;
			this.last = now;
			this.count++;
		}

		Progress progress() {
			return new Progress(this.loaded, this.total, Duration.ofNanos(this.last - this.began));
		}

	}

}
