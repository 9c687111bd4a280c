package io.github.springxhr.observation;

import java.util.concurrent.TimeUnit;

import io.github.springxhr.XhrListener.ExchangeListener;
import io.github.springxhr.XhrListener.Preflight;
import io.github.springxhr.XhrListener.Result;
import io.micrometer.core.instrument.Clock;

/**
 * Measures one exchange; records it when it has ended.
 */
final class ExchangeMeasurement implements ExchangeListener {

	private final ClientMeters client;

	private final MethodMeters meters;

	private final Clock clock;

	private final long sentNanos;

	private long nanosToHeaders;

	private boolean headersReceived;

	ExchangeMeasurement(ClientMeters client, MethodMeters meters, Clock clock) {
		this.client = client;
		this.meters = meters;
		this.clock = clock;
		this.sentNanos = clock.monotonicTime();
	}

	@Override
	public void headersReceived(int status) {
		this.nanosToHeaders = this.clock.monotonicTime() - this.sentNanos;
		this.headersReceived = true;
	}

	@Override
	public void redirected() {
		this.client.redirected();
	}

	@Override
	public void preflight(Preflight preflight) {
		this.client.preflight(preflight);
	}

	@Override
	public void retried() {
		this.client.retried();
	}

	@Override
	public void ended(Result result) {
		if (result.failure() != null) {
			this.client.failed(result.failure().kind());
		}
		this.meters.requestSize().record(result.requestBytes());
		if (this.headersReceived) {
			this.meters.responseSize().record(result.responseBytes());
			this.meters.timeToHeaders(result.outcome()).record(this.nanosToHeaders, TimeUnit.NANOSECONDS);
		}
	}

}
