package io.github.springxhr.demo.run;

import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestResponseType;
import io.github.springxhr.XhrEventType;
import io.github.springxhr.XhrException;
import io.github.springxhr.demo.run.Spec.Abort;
import io.github.springxhr.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * One request, with a listener for each event there is.
 *
 * <h2>Concurrency</h2> A request calls its listeners one after the other, so what is
 * written in them alone needs no lock. {@link #abort()} comes from any thread.
 */
final class Run {

	/** For an abort after which no last event comes. */
	private static final int SETTLE = 100;

	private final Spec spec;

	private final XMLHttpRequest request;

	private final Consumer<Message> page;

	private final ScheduledExecutorService scheduler;

	private final AtomicBoolean ending = new AtomicBoolean();

	private final AtomicBoolean abortedByListener = new AtomicBoolean();

	private final long start = System.nanoTime();

	private volatile @Nullable String thrown;

	Run(Spec spec, XMLHttpRequest request, Consumer<Message> page, ScheduledExecutorService scheduler) {
		this.spec = spec;
		this.request = request;
		this.page = page;
		this.scheduler = scheduler;
	}

	/**
	 * Send the request. The listeners come first: {@code open()} fires an event already,
	 * and the upload's events are fired only if someone listens when it is sent.
	 */
	void start(@Nullable Object body) {
		listen();
		try {
			if (!this.spec.async()) {
				// with an origin a synchronous request has no timeout, not even the
				// client's
				this.request.setTimeout(0);
			}
			this.request.open(this.spec.method(), this.spec.url(), this.spec.async(), this.spec.user(),
					this.spec.password());
			scheduleAbort();
			prepare();
			Bodies.send(this.request, body);
		}
		catch (XhrException ex) {
			this.thrown = ex.getName();
			end();
		}
	}

	private void listen() {
		for (XhrEventType type : XhrEventType.values()) {
			this.request.addEventListener(type.eventName(), (Event event) -> show("request", event));
			if (this.spec.uploadListeners() && type != XhrEventType.READYSTATECHANGE) {
				this.request.getUpload().addEventListener(type.eventName(), (Event event) -> show("upload", event));
			}
		}
	}

	private void prepare() {
		for (List<String> header : this.spec.headers()) {
			this.request.setRequestHeader(header.get(0), header.get(1));
		}
		if (!this.spec.responseType().isEmpty()) {
			this.request.setResponseType(type(this.spec.responseType()));
		}
		if (this.spec.timeout() > 0) {
			this.request.setTimeout(this.spec.timeout());
		}
		this.request.setWithCredentials(this.spec.withCredentials());
		if (this.spec.overrideMimeType() != null) {
			this.request.overrideMimeType(this.spec.overrideMimeType());
		}
	}

	private static XMLHttpRequestResponseType type(String value) {
		for (XMLHttpRequestResponseType type : XMLHttpRequestResponseType.values()) {
			if (type.getValue().equals(value)) {
				return type;
			}
		}
		throw new IllegalArgumentException(value);
	}

	private void show(String target, Event event) {
		ShownEvent shown = ShownEvent.of(System.nanoTime() - this.start, target, event, this.request);
		this.page.accept(new Message("xhr", shown));
		Abort abort = this.spec.abort();
		if (abort != null && abort.matches(shown) && this.abortedByListener.compareAndSet(false, true)) {
			abort();
		}
		if (target.equals("request") && shown.type().equals("loadend")) {
			end();
		}
	}

	private void scheduleAbort() {
		Abort abort = this.spec.abort();
		if (abort != null && abort.afterMs() != null) {
			this.scheduler.schedule(() -> {
				if (!this.ending.get()) {
					abort();
				}
			}, abort.afterMs(), TimeUnit.MILLISECONDS);
		}
	}

	void abort() {
		this.request.abort();
		this.scheduler.schedule(() -> {
			if (this.request.getReadyState() == XMLHttpRequest.UNSENT) {
				end();
			}
		}, SETTLE, TimeUnit.MILLISECONDS);
	}

	private void end() {
		if (this.ending.compareAndSet(false, true)) {
			this.scheduler.execute(this::tellOutcome);
		}
	}

	/**
	 * Look at the request after its last event. Dispatching an event that nobody listens
	 * to waits for its turn, and so for an {@code abort()} to have set the state to
	 * UNSENT, which it does after its last event; and for {@code send()} to have thrown.
	 */
	private void tellOutcome() {
		if (!this.spec.async() && this.thrown == null) {
			this.scheduler.schedule(this::tell, SETTLE, TimeUnit.MILLISECONDS);
		}
		else {
			tell();
		}
	}

	private void tell() {
		this.request.dispatchEvent(new Event("after"));
		this.page.accept(new Message("end", Outcome.of(this.request, this.thrown)));
	}

}
