package io.github.springxhr.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestEventTarget;
import io.github.springxhr.XhrEventType;
import io.github.springxhr.event.Event;
import io.github.springxhr.event.ProgressEvent;
import io.github.springxhr.test.RecordedEvent.Target;
import org.assertj.core.api.AssertProvider;

/**
 * Records the events of a request in the order in which they are fired. Make it before
 * {@code open()} to see them all.
 *
 * <h2>Concurrency</h2> All methods can be called from any thread. A recorder is one
 * listener among others: when it has seen an event, listeners that were added after it
 * have not yet.
 *
 * @since 0.1.0
 */
public final class XhrEventRecorder implements AssertProvider<XhrEventRecorderAssert> {

	private final XMLHttpRequest request;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition ended = this.lock.newCondition();

	/** Guarded by the lock. */
	private final List<RecordedEvent> events = new ArrayList<>();

	private XhrEventRecorder(XMLHttpRequest request) {
		this.request = request;
	}

	/**
	 * Record the events of a request and of its upload.
	 * @param request the request
	 * @return the recorder, which has begun to record
	 */
	public static XhrEventRecorder of(XMLHttpRequest request) {
		XhrEventRecorder recorder = ofRequestOnly(request);
		recorder.listen(Target.UPLOAD, request.getUpload());
		return recorder;
	}

	/**
	 * Record the events of a request, but not those of its upload. Listening to an upload
	 * is not without effect: its events are fired only then, and across origins the
	 * request needs a CORS preflight for it.
	 * @param request the request
	 * @return the recorder, which has begun to record
	 */
	public static XhrEventRecorder ofRequestOnly(XMLHttpRequest request) {
		XhrEventRecorder recorder = new XhrEventRecorder(request);
		recorder.listen(Target.REQUEST, request);
		return recorder;
	}

	private void listen(Target target, XMLHttpRequestEventTarget source) {
		for (XhrEventType type : XhrEventType.values()) {
			source.addEventListener(type.eventName(), (event) -> add(target, type, event));
		}
	}

	private void add(Target target, XhrEventType type, Event event) {
		int readyState = this.request.getReadyState();
		RecordedEvent recorded = (event instanceof ProgressEvent progress) ? new RecordedEvent(target, type, readyState,
				progress.getLoaded(), progress.getTotal(), progress.isLengthComputable())
				: new RecordedEvent(target, type, readyState, 0, 0, false);
		this.lock.lock();
		try {
			this.events.add(recorded);
			if (isEnd(recorded)) {
				this.ended.signalAll();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return the request whose events are recorded.
	 * @return the request
	 */
	public XMLHttpRequest request() {
		return this.request;
	}

	/**
	 * Return what was recorded so far.
	 * @return a copy
	 */
	public List<RecordedEvent> events() {
		this.lock.lock();
		try {
			return List.copyOf(this.events);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return what was recorded so far as literals.
	 * @return such as {@code "readystatechange 1"} and
	 * {@code "upload.progress(5,12,true)"}
	 */
	public List<String> entries() {
		return events().stream().map(RecordedEvent::toString).toList();
	}

	/**
	 * Return what was recorded so far as literals, without repeated progress, whose
	 * number depends on timing. Of events that follow each other and are
	 * {@code readystatechange 3} or {@code progress}, the first
	 * {@code readystatechange 3} stays, and the last {@code progress} of the request and
	 * of its upload.
	 * @return the literals
	 */
	public List<String> mergedEntries() {
		return MergedProgress.of(events()).stream().map(RecordedEvent::toString).toList();
	}

	/**
	 * Wait for the end of the request: its {@code loadend}, not that of its upload.
	 * Returns at once if one has been recorded since the recorder was made or cleared.
	 * @param timeout how long to wait
	 * @return this recorder
	 * @throws AssertionError if the request has not ended by then, with what was recorded
	 * @throws IllegalStateException if the thread is interrupted, which it is then still
	 */
	public XhrEventRecorder awaitEnd(Duration timeout) {
		if (!hasEnded(timeout)) {
			throw new AssertionError(Report.of(this.request, entries())
				.text("Expecting the request to end within " + timeout.toMillis() + " ms"));
		}
		return this;
	}

	private boolean hasEnded(Duration timeout) {
		this.lock.lock();
		try {
			long remaining = TimeUnit.NANOSECONDS.convert(timeout);
			while (this.events.stream().noneMatch(XhrEventRecorder::isEnd)) {
				if (remaining <= 0) {
					return false;
				}
				remaining = this.ended.awaitNanos(remaining);
			}
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while waiting for the end of a request", ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	private static boolean isEnd(RecordedEvent event) {
		return event.isOfRequest(XhrEventType.LOADEND);
	}

	/**
	 * Forget what was recorded, for the next request of the same object.
	 */
	public void clear() {
		this.lock.lock();
		try {
			this.events.clear();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Return assertions on the events, so that AssertJ's own {@code assertThat} finds
	 * them.
	 */
	@Override
	public XhrEventRecorderAssert assertThat() {
		return new XhrEventRecorderAssert(this);
	}

	@Override
	public String toString() {
		return entries().toString();
	}

}
