package io.github.springxhr.autoconfigure.har;

import java.time.Instant;
import java.util.List;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrEventType;
import io.github.springxhr.XhrHop;
import io.github.springxhr.XhrListener.ExchangeListener;
import io.github.springxhr.XhrListener.Result;
import io.github.springxhr.XhrListener.Sending;

/**
 * Follows one exchange.
 *
 * <h2>Concurrency</h2> Called on the request's own event loop only.
 */
final class ExchangeRecorder implements ExchangeListener {

	private final HarLog log;

	private final String client;

	private final XMLHttpRequest request;

	private final Sending sending;

	private Instant sent = Instant.now();

	private final EventRecorder events = new EventRecorder();

	private boolean done;

	private List<XhrHop> hops = List.of();

	ExchangeRecorder(HarLog log, String client, XMLHttpRequest request, Sending sending) {
		this.log = log;
		this.client = client;
		this.request = request;
		this.sending = sending;
	}

	void eventFired(boolean upload, XhrEventType type, long loaded, long total) {
		switch (type) {
			case READYSTATECHANGE -> this.done |= this.request.getReadyState() == XMLHttpRequest.DONE;
			case LOADSTART, PROGRESS -> this.events.add(upload, type, loaded, total);
			case LOAD, LOADEND, ABORT, ERROR, TIMEOUT -> {
				if (upload || this.done) {
					this.events.add(upload, type, loaded, total);
				}
				// else that of the exchange before, whose listener has sent the request
				// again
			}
		}
	}

	@Override
	public void fetching() {
		this.sent = Instant.now();
	}

	@Override
	public boolean wantsHops() {
		return true;
	}

	@Override
	public void hops(List<XhrHop> ended) {
		this.hops = ended;
	}

	@Override
	public void ended(Result result) {
		HarExchange exchange = new HarExchange(this.client, this.sending, this.sent, result, this.events.list());
		this.log.add(exchange.toEntries(this.hops));
	}

}
