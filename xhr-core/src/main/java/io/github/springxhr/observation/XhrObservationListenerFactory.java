package io.github.springxhr.observation;

import java.util.Map;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrEventType;
import io.github.springxhr.XhrException;
import io.github.springxhr.XhrListener;
import io.github.springxhr.XhrOutcome;
import io.github.springxhr.http.FetchFailure;
import io.micrometer.observation.NullObservation;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.contextpropagation.ObservationThreadLocalAccessor;
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
 * <p>
 * The observation is current while the request's listeners run. It is the parent of what
 * WebClient observes of each hop. With Micrometer Tracing, its span has the events of the
 * request and the upload as its own: each that is fired once, and the first and the last
 * {@code progress}. They go to the span directly, as Micrometer would make a counter of
 * each event of an observation.
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
		this.convention = (convention != null) ? new SafeConvention(convention) : null;
	}

	@Override
	public @Nullable XhrListener create(String client, XMLHttpRequest request) {
		return this.registry.isNoop() ? null : new RequestListener(client);
	}

	private @Nullable ObservedExchange start(String client, XhrListener.Sending sending, RequestListener request) {
		XhrObservationContext context = new XhrObservationContext(client, sending);
		Observation observation = XhrObservationDocumentation.REQUESTS.observation(this.convention, DEFAULT_CONVENTION,
				() -> context, this.registry);
		if (observation.isNoop()) {
			return null;
		}
		start(observation, context, request.current);
		return new ObservedExchange(request, observation, context, SpanEvents.of(context));
	}

	/**
	 * Start an observation. That of a request which is sent again by its own listener is
	 * no child of the one before, but its sibling: one that polls would otherwise be
	 * nested without end.
	 */
	private void start(Observation observation, XhrObservationContext context, @Nullable ObservedExchange before) {
		if (before == null) {
			observation.start();
			return;
		}
		context.setParentObservation(before.observed.getParentObservation());
		Observation.Scope nothing = new NullObservation(this.registry).openScope();
		try {
			observation.start();
		}
		finally {
			nothing.close();
		}
	}

	/**
	 * Opens an observation for each exchange of a request.
	 */
	private final class RequestListener implements XhrListener {

		private final String client;

		/** The exchange in whose scope the request is. */
		private @Nullable ObservedExchange current;

		RequestListener(String client) {
			this.client = client;
		}

		@Override
		public @Nullable ExchangeListener sent(Sending sending) {
			return start(this.client, sending, this);
		}

		/**
		 * The last events of an exchange can be fired after a listener has begun the next
		 * one; they belong to the one whose scope is open.
		 */
		@Override
		public void eventFired(boolean upload, XhrEventType type, long loaded, long total) {
			ObservedExchange exchange = this.current;
			if (exchange != null) {
				exchange.events.fired(upload, type);
			}
		}

		Scope open(ObservedExchange exchange) {
			ObservedExchange before = this.current;
			Observation.Scope scope = exchange.observation.openScope();
			this.current = exchange;
			return () -> {
				this.current = before;
				scope.close();
			};
		}

	}

	/**
	 * An exchange under observation.
	 *
	 * @param request the listener of its request
	 * @param observation the observation, which is started
	 * @param observed its context
	 * @param events the events of its span
	 */
	private record ObservedExchange(RequestListener request, Observation observation, XhrObservationContext observed,
			SpanEvents events) implements XhrListener.ExchangeListener {

		@Override
		public XhrListener.Scope open() {
			return this.request.open(this);
		}

		@Override
		public Map<Object, Object> context() {
			return Map.of(ObservationThreadLocalAccessor.KEY, this.observation);
		}

		@Override
		public void headersReceived(int status) {
			this.observed.setStatus(status);
		}

		@Override
		public void ended(XhrListener.Result result) {
			this.observed.setResult(result);
			this.events.ended();
			FetchFailure failure = result.failure();
			try {
				if (failure != null && result.outcome() != XhrOutcome.ABORT) {
					String name = (result.outcome() == XhrOutcome.TIMEOUT) ? "TimeoutError" : "NetworkError";
					this.observation.error(new XhrException(name, failure.withoutValues().toString()));
				}
			}
			finally {
				this.observation.stop();
				this.observed.forgetAncestors();
			}
		}

	}

}
