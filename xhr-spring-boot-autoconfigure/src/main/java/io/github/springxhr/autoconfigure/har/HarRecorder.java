package io.github.springxhr.autoconfigure.har;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrEventType;
import io.github.springxhr.XhrListener;
import org.jspecify.annotations.Nullable;

/**
 * Writes each request that ends into the log.
 */
final class HarRecorder implements XhrListener.Factory {

	private final HarLog log;

	HarRecorder(HarLog log) {
		this.log = log;
	}

	@Override
	public XhrListener create(String client, XMLHttpRequest request) {
		return new RequestRecorder(client, request);
	}

	/**
	 * Follows one request object, which may be sent many times.
	 */
	private final class RequestRecorder implements XhrListener {

		private final String client;

		private final XMLHttpRequest request;

		private @Nullable ExchangeRecorder exchange;

		RequestRecorder(String client, XMLHttpRequest request) {
			this.client = client;
			this.request = request;
		}

		@Override
		public void eventFired(boolean upload, XhrEventType type, long loaded, long total) {
			if (this.exchange != null) {
				this.exchange.eventFired(upload, type, loaded, total);
			}
		}

		@Override
		public ExchangeListener sent(Sending sending) {
			this.exchange = new ExchangeRecorder(HarRecorder.this.log, this.client, this.request, sending);
			return this.exchange;
		}

	}

}
