package io.github.springxhr.observation;

import java.util.concurrent.TimeUnit;

import io.github.springxhr.XhrListener.ExchangeListener;
import io.github.springxhr.XhrListener.Result;
import io.micrometer.core.instrument.Clock;

/**
 * Measures one exchange; records it when it has ended.
 */
final class ExchangeMeasurement implements ExchangeListener {

	private final MethodMeters meters;

	private final Clock clock;

	private final long sentNanos;

	private long nanosToHeaders;

	private boolean headersReceived;

	ExchangeMeasurement(MethodMeters meters, Clock clock) {
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
	public void ended(Result result) {
		this.meters.requestSize().record(result.requestBytes());
		if (this.headersReceived) {
			this.meters.responseSize().record(result.responseBytes());
			this.meters.timeToHeaders(result.outcome()).record(this.nanosToHeaders, TimeUnit.NANOSECONDS);
		}
	}

}
