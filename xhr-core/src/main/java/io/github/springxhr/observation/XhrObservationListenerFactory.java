package io.github.springxhr.observation;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrException;
import io.github.springxhr.XhrListener;
import io.github.springxhr.XhrOutcome;
import io.github.springxhr.http.FetchFailure;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Observes each request from {@code send()} to {@code loadend}, as
 * {@link XhrObservationDocumentation#REQUESTS} says. The observation that is current in
 * the thread that calls {@code send()} becomes its parent.
 * <p>
 * A request that failed or timed out has an error: an {@link XhrException} with the
 * message of the {@link FetchFailure} and without its cause, whose text may hold URLs. A
 * request that its caller aborted or opened anew has none, as that was meant.
 *
 * @since 0.1.0
 */
public final class XhrObservationListenerFactory implements XhrListener.Factory {

	private static final XhrObservationConvention DEFAULT_CONVENTION = new DefaultXhrObservationConvention();

	private final ObservationRegistry registry;

	private final @Nullable XhrObservationConvention convention;

	/**
	 * Create a factory.
	 * @param registry is told of the observations; nothing is done if it is a no-op
	 * @param convention names the observation and its keys, or {@code null} for what the
	 * registry is configured with, else {@link DefaultXhrObservationConvention}
	 */
	public XhrObservationListenerFactory(ObservationRegistry registry, @Nullable XhrObservationConvention convention) {
		Assert.notNull(registry, "registry must not be null");
		this.registry = registry;
		this.convention = convention;
	}

	@Override
	public XhrListener create(String client, XMLHttpRequest request) {
		return new RequestListener(client);
	}

	private @Nullable ObservedExchange start(String client, XhrListener.Sending sending) {
		if (this.registry.isNoop()) {
			return null;
		}
		XhrObservationContext context = new XhrObservationContext(client, sending);
		Observation observation = XhrObservationDocumentation.REQUESTS.observation(this.convention, DEFAULT_CONVENTION,
				() -> context, this.registry);
		return observation.isNoop() ? null : new ObservedExchange(observation.start(), context);
	}

	/**
	 * Opens an observation for each exchange of a request.
	 */
	private final class RequestListener implements XhrListener {

		private final String client;

		RequestListener(String client) {
			this.client = client;
		}

		@Override
		public @Nullable ExchangeListener sent(Sending sending) {
			return start(this.client, sending);
		}

	}

	/**
	 * An exchange under observation.
	 *
	 * @param observation the observation, which is started
	 * @param context its context
	 */
	private record ObservedExchange(Observation observation,
			XhrObservationContext context) implements XhrListener.ExchangeListener {

		@Override
		public void headersReceived(int status) {
			this.context.setStatus(status);
		}

		@Override
		public void ended(XhrListener.Result result) {
			this.context.setResult(result);
			FetchFailure failure = result.failure();
			if (failure != null && result.outcome() != XhrOutcome.ABORT) {
				String name = (result.outcome() == XhrOutcome.TIMEOUT) ? "TimeoutError" : "NetworkError";
				this.observation.error(new XhrException(name, failure.toString()));
			}
			this.observation.stop();
		}

	}

}
