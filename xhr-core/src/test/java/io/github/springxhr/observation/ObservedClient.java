package io.github.springxhr.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestEventTarget;
import io.github.springxhr.XhrEventType;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.XhrListener;
import io.github.springxhr.XhrListener.ExchangeListener;
import io.github.springxhr.XhrListener.Result;
import io.github.springxhr.XhrListener.Sending;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.jspecify.annotations.Nullable;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * A client with all meters and observations. Its last listener tells when an exchange has
 * been recorded, which is after the listeners of {@code loadend} have run.
 */
final class ObservedClient implements AutoCloseable {

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final TestObservationRegistry observations = TestObservationRegistry.create();

	private final SimpleTracer tracer = new SimpleTracer();

	private final BlockingQueue<Result> ends = new LinkedBlockingQueue<>();

	private final XhrFactory factory;

	ObservedClient() {
		this(WebClient.builder());
	}

	ObservedClient(@Nullable XhrObservationConvention convention) {
		this(convention, false, (builder) -> builder);
	}

	/**
	 * Create a client.
	 * @param nested whether WebClient is observed too
	 */
	ObservedClient(@Nullable XhrObservationConvention convention, boolean nested,
			UnaryOperator<XhrFactoryBuilder> settings) {
		this(convention, nested, WebClient.builder(), settings);
	}

	ObservedClient(WebClient.Builder builder) {
		this(null, false, builder, (settings) -> settings);
	}

	private ObservedClient(@Nullable XhrObservationConvention convention, boolean nested, WebClient.Builder builder,
			UnaryOperator<XhrFactoryBuilder> settings) {
		this.observations.observationConfig()
			.observationHandler(new DefaultMeterObservationHandler(this.meters))
			.observationHandler(new DefaultTracingObservationHandler(this.tracer));
		if (nested) {
			builder.observationRegistry(this.observations);
		}
		this.factory = settings.apply(XhrFactory.builder(builder))
			.name("test")
			.listener(new XhrMetricsListenerFactory(this.meters))
			.listener(new XhrObservationListenerFactory(this.observations, convention))
			.listener((client, request) -> new EndListener())
			.build();
	}

	SimpleMeterRegistry meters() {
		return this.meters;
	}

	SimpleTracer tracer() {
		return this.tracer;
	}

	TestObservationRegistry observations() {
		return this.observations;
	}

	XMLHttpRequest open(String method, String url) {
		XMLHttpRequest request = this.factory.create();
		request.open(method, url);
		return request;
	}

	XMLHttpRequest create() {
		return this.factory.create();
	}

	void get(String url) throws InterruptedException {
		open("GET", url).send();
		awaitRecorded();
	}

	static Sending sending(String method, @Nullable String uriTemplate, boolean background) {
		return new Sending(method, uriTemplate, background, () -> {
			throw new AssertionError("nobody asks for the channel");
		});
	}

	/**
	 * Wait until one more exchange has been recorded.
	 */
	Result awaitRecorded() throws InterruptedException {
		Result result = this.ends.poll(10, TimeUnit.SECONDS);
		if (result == null) {
			throw new AssertionError("no exchange was recorded in 10 seconds");
		}
		return result;
	}

	/**
	 * Return the tags of the one request that was timed.
	 */
	Map<String, String> requestTags() {
		List<Timer> timers = new ArrayList<>(this.meters.find("xhr.requests").timers());
		if (timers.size() != 1 || timers.get(0).count() != 1) {
			throw new AssertionError("not one request, but " + timers);
		}
		return tags(timers.get(0));
	}

	/**
	 * Return the events that were counted, such as {@code upload.load}.
	 */
	Map<String, Integer> countedEvents() {
		Map<String, Integer> counts = new TreeMap<>();
		for (Counter counter : this.meters.find("xhr.events").tag("client", "test").counters()) {
			if (counter.count() > 0) {
				counts.put(counter.getId().getTag("target") + "." + counter.getId().getTag("type"),
						(int) counter.count());
			}
		}
		return counts;
	}

	/**
	 * Return what was recorded, events apart, such as
	 * {@code xhr.redirects{client=test}=2}.
	 */
	List<String> recorded() {
		List<String> recorded = new ArrayList<>();
		for (Meter meter : this.meters.getMeters()) {
			String name = meter.getId().getName();
			double count = count(meter);
			if (count > 0 && !name.equals("xhr.events")) {
				String tags = new TreeMap<>(tags(meter)).toString().replace(", ", ",");
				recorded.add(name + tags + "=" + (long) count);
			}
		}
		return recorded;
	}

	private static double count(Meter meter) {
		return meter.match((gauge) -> 0.0, Counter::count, (timer) -> (double) timer.count(),
				(summary) -> (double) summary.count(), (longTask) -> (double) longTask.activeTasks(), (other) -> 0.0,
				(other) -> 0.0, (other) -> 0.0, (other) -> 0.0);
	}

	Set<String> meterNames() {
		return this.meters.getMeters()
			.stream()
			.map((meter) -> meter.getId().getName())
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * Count what the listeners of a request and its upload see.
	 */
	static Map<String, Integer> countSeenEvents(XMLHttpRequest request) {
		Map<String, Integer> counts = new TreeMap<>();
		countSeenEvents("request", request, counts);
		countSeenEvents("upload", request.getUpload(), counts);
		return counts;
	}

	private static void countSeenEvents(String name, XMLHttpRequestEventTarget target, Map<String, Integer> counts) {
		for (XhrEventType type : XhrEventType.values()) {
			target.addEventListener(type.eventName(),
					(event) -> counts.merge(name + "." + event.getType(), 1, Integer::sum));
		}
	}

	static Map<String, String> tags(Meter meter) {
		return meter.getId().getTags().stream().collect(Collectors.toMap(Tag::getKey, Tag::getValue));
	}

	@Override
	public void close() {
		this.factory.close();
	}

	private final class EndListener implements XhrListener {

		@Override
		public ExchangeListener sent(Sending sending) {
			return new ExchangeListener() {

				@Override
				public void ended(Result result) {
					ObservedClient.this.ends.add(result);
				}

			};
		}

	}

}
