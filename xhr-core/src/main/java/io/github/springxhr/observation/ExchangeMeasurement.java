package io.github.springxhr.observation;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.springxhr.XhrChannel;
import io.github.springxhr.XhrListener.ExchangeListener;
import io.github.springxhr.XhrListener.Preflight;
import io.github.springxhr.XhrListener.Result;
import io.micrometer.core.instrument.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Measures one exchange; records it when it has ended.
 */
final class ExchangeMeasurement implements ExchangeListener {

	private final ClientMeters client;

	private final MethodMeters meters;

	private final Clock clock;

	/** Has the phases, if they are measured. */
	private final @Nullable Supplier<XhrChannel> channel;

	private final long sentNanos;

	private long nanosToHeaders;

	private boolean headersReceived;

	ExchangeMeasurement(ClientMeters client, MethodMeters meters, Clock clock, @Nullable Supplier<XhrChannel> channel) {
		this.client = client;
		this.meters = meters;
		this.clock = clock;
		this.channel = channel;
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

	/**
	 * Record the time to the headers while the span is current, for its exemplars.
	 */
	@Override
	public void ending(Result result) {
		if (this.headersReceived) {
			this.meters.timeToHeaders(result.outcome()).record(this.nanosToHeaders, TimeUnit.NANOSECONDS);
		}
	}

	@Override
	public void ended(Result result) {
		if (result.failure() != null) {
			this.client.failed(result.failure().kind());
		}
		if (this.channel != null) {
			this.client.phases(this.channel.get().timings().phases());
		}
		this.meters.requestSize().record(result.requestBytes());
		if (this.headersReceived) {
			this.meters.responseSize().record(result.responseBytes());
		}
	}

}
