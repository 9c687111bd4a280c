package io.github.springxhr.observation;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

import io.github.springxhr.XhrChannel.Phases;
import io.github.springxhr.XhrEventType;
import io.github.springxhr.XhrListener;
import io.github.springxhr.XhrOutcome;
import io.github.springxhr.http.FailureKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.noop.NoopMeter;

/**
 * The meters of one client, which all its requests share: it has no state of a request.
 * The counters and gauges exist from when it is built, at zero, as a rate cannot see the
 * step of a counter that appears.
 */
final class ClientMeters implements XhrListener {

	private final MeterRegistry registry;

	private final String client;

	private final Map<XhrEventType, Counter> requestEvents;

	private final Map<XhrEventType, Counter> uploadEvents;

	private final ConcurrentMap<MethodTag, MethodMeters> methods = new ConcurrentHashMap<>();

	private final boolean measuresPhases;

	private final ConcurrentMap<String, Timer> phases = new ConcurrentHashMap<>();

	private final Counter redirects;

	private final Counter retries;

	private final Counter cookiesEvicted;

	private final Map<Preflight, Counter> preflights = new EnumMap<>(Preflight.class);

	private final Map<FailureKind, Counter> failures = new EnumMap<>(FailureKind.class);

	private final boolean recording;

	ClientMeters(MeterRegistry registry, String client, boolean phases, List<Supplier<Connections>> pools) {
		this.registry = registry;
		this.client = client;
		this.measuresPhases = phases;
		this.redirects = counter("xhr.redirects", "Redirects followed");
		this.retries = counter("xhr.retries", "Requests sent once more by a filter");
		this.cookiesEvicted = counter("xhr.cookies.evicted", "Cookies dropped as the store was full");
		for (Preflight result : Preflight.values()) {
			this.preflights.put(result, counter("xhr.preflights", "Permissions by CORS", "result", result.tag()));
		}
		for (FailureKind kind : FailureKind.values()) {
			this.failures.put(kind, counter("xhr.failures", "Requests that failed", "kind", kind.tag()));
		}
		connections(pools, "active", Connections::active);
		connections(pools, "idle", Connections::idle);
		connections(pools, "pending", Connections::pending);
		this.requestEvents = eventCounters("request", EnumSet.allOf(XhrEventType.class));
		this.uploadEvents = eventCounters("upload", EnumSet.complementOf(EnumSet.of(XhrEventType.READYSTATECHANGE)));
		this.recording = counters().anyMatch(this::isTaken) || measurements().anyMatch(this::isTaken);
	}

	private Counter counter(String name, String description, String... tags) {
		return Counter.builder(name)
			.description(description)
			.tag("client", this.client)
			.tags(tags)
			.register(this.registry);
	}

	private void connections(List<Supplier<Connections>> pools, String state, ToIntFunction<Connections> count) {
		Gauge
			.builder("xhr.pool.connections",
					() -> pools.stream().mapToInt((pool) -> count.applyAsInt(pool.get())).sum())
			.description("Connections of all hosts, and requests that wait for one")
			.tags("client", this.client, "state", state)
			.register(this.registry);
	}

	/**
	 * Return whether any meter of the requests is kept, as far as was known when the
	 * client was built.
	 */
	boolean isRecording() {
		return this.recording;
	}

	private Stream<Meter> counters() {
		return Stream
			.of(this.requestEvents.values(), this.uploadEvents.values(), this.preflights.values(),
					this.failures.values(), List.of(this.redirects, this.retries))
			.flatMap(Collection::stream);
	}

	/** What there is from the first request on otherwise. */
	private Stream<Meter> measurements() {
		MethodMeters get = new MethodMeters(this.registry, this.client, MethodTag.GET);
		Stream<Meter> own = Stream.of(get.requestSize(), get.responseSize(), get.timeToHeaders(XhrOutcome.SUCCESS));
		return this.measuresPhases ? Stream.concat(own, Stream.of(phase("headers"))) : own;
	}

	private boolean isTaken(Meter meter) {
		return isTaken(this.registry, meter);
	}

	/** One of many registries may have a filter that the others have not. */
	private static boolean isTaken(MeterRegistry registry, Meter meter) {
		if (registry instanceof CompositeMeterRegistry composite) {
			Set<MeterRegistry> registries = composite.getRegistries();
			return registries.isEmpty() || registries.stream().anyMatch((each) -> isTaken(each, sameIn(each, meter)));
		}
		return !(meter instanceof NoopMeter);
	}

	private static Meter sameIn(MeterRegistry registry, Meter meter) {
		String name = meter.getId().getName();
		List<Tag> tags = meter.getId().getTags();
		return switch (meter.getId().getType()) {
			case COUNTER -> registry.counter(name, tags);
			case TIMER -> registry.timer(name, tags);
			default -> registry.summary(name, tags);
		};
	}

	void cookiesEvicted(long count) {
		this.cookiesEvicted.increment(count);
	}

	void redirected() {
		this.redirects.increment();
	}

	void retried() {
		this.retries.increment();
	}

	void preflight(Preflight result) {
		Counter counter = this.preflights.get(result);
		if (counter != null) {
			counter.increment();
		}
	}

	void phases(Phases measured) {
		measured.forEach((name, duration) -> this.phases.computeIfAbsent(name, this::phase).record(duration));
	}

	private Timer phase(String name) {
		return Timer.builder("xhr.phase")
			.description("Parts of the last hop of a request")
			.tags("client", this.client, "phase", name)
			.register(this.registry);
	}

	void failed(FailureKind kind) {
		Counter counter = this.failures.get(kind);
		if (counter != null) {
			counter.increment();
		}
	}

	private Map<XhrEventType, Counter> eventCounters(String target, Set<XhrEventType> types) {
		Map<XhrEventType, Counter> counters = new EnumMap<>(XhrEventType.class);
		for (XhrEventType type : types) {
			counters.put(type,
					Counter.builder("xhr.events")
						.description("Events fired by requests")
						.tags("client", this.client, "target", target, "type", type.eventName())
						.register(this.registry));
		}
		return counters;
	}

	@Override
	public void eventFired(boolean upload, XhrEventType type, long loaded, long total) {
		Counter counter = (upload ? this.uploadEvents : this.requestEvents).get(type);
		if (counter != null) {
			counter.increment();
		}
	}

	@Override
	public ExchangeListener sent(Sending sending) {
		MethodMeters meters = this.methods.computeIfAbsent(MethodTag.of(sending.method()),
				(tag) -> new MethodMeters(this.registry, this.client, tag));
		return new ExchangeMeasurement(this, meters, this.registry.config().clock(),
				this.measuresPhases ? sending.channel() : null);
	}

}
