package io.github.springxhr.autoconfigure.har;

import java.time.Instant;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrChannel;
import io.github.springxhr.XhrEventType;
import io.github.springxhr.XhrListener.ExchangeListener;
import io.github.springxhr.XhrListener.Result;
import io.github.springxhr.XhrListener.Sending;
import org.jspecify.annotations.Nullable;

/**
 * Follows one exchange. What the request object tells of it is read when the exchange has
 * just ended and no event listener knows yet, as one of them may open the request anew.
 *
 * <h2>Concurrency</h2> Called on the request's own event loop only.
 */
final class ExchangeRecorder implements ExchangeListener {

	private final HarLog log;

	private final String client;

	private final XMLHttpRequest request;

	private final Sending sending;

	private final Instant sent = Instant.now();

	private final EventRecorder events = new EventRecorder();

	private final long sentNanos = System.nanoTime();

	/** The channel so far; all there is of a request that is opened anew. */
	private @Nullable XhrChannel channel;

	private @Nullable Ending ending;

	ExchangeRecorder(HarLog log, String client, XMLHttpRequest request, Sending sending) {
		this.log = log;
		this.client = client;
		this.request = request;
		this.sending = sending;
	}

	@Override
	public void headersReceived(int status) {
		this.channel = this.request.getChannel();
	}

	void eventFired(boolean upload, XhrEventType type, long loaded, long total) {
		if (this.channel == null) {
			this.channel = this.request.getChannel();
		}
		switch (type) {
			case READYSTATECHANGE -> readyStateChanged();
			case LOADSTART, PROGRESS -> this.events.add(upload, type, loaded, total);
			case LOAD, LOADEND, ABORT, ERROR, TIMEOUT -> {
				if (upload || this.ending != null) {
					this.events.add(upload, type, loaded, total);
				}
				// else that of the exchange before, whose listener has sent the request
				// again
			}
		}
	}

	private void readyStateChanged() {
		if (this.ending == null && this.request.getReadyState() == XMLHttpRequest.DONE) {
			this.ending = ending();
		}
	}

	@Override
	public void ended(Result result) {
		Ending end = (this.ending != null) ? this.ending : ending();
		this.log.add(new HarEntry(this.client, this.sending, this.sent, end, result, this.events.list()).toEntry());
	}

	private Ending ending() {
		XhrChannel last = this.request.getChannel();
		return new Ending((last != null) ? last : this.channel, System.nanoTime() - this.sentNanos,
				this.request.getStatusText(), this.request.getAllResponseHeaders());
	}

	/**
	 * What the request object tells when the exchange has ended.
	 *
	 * @param channel what happened on the network
	 * @param age how many nanoseconds after it was sent
	 * @param statusText the reason phrase
	 * @param headers the response's headers, a line each
	 */
	record Ending(@Nullable XhrChannel channel, long age, String statusText, String headers) {

	}

}
