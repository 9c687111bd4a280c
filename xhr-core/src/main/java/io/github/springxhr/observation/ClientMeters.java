package io.github.springxhr.observation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

import io.github.springxhr.XhrChannel.Phases;
import io.github.springxhr.XhrEventType;
import io.github.springxhr.XhrListener;
import io.github.springxhr.http.FailureKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * The meters of one client, which all its requests share: it has no state of a request.
 * The counters of the events exist from its first request on, at zero, as a rate cannot
 * see the step of a counter that appears.
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

	private final ConcurrentMap<FailureKind, Counter> failures = new ConcurrentHashMap<>();

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
		connections(pools, "active", Connections::active);
		connections(pools, "idle", Connections::idle);
		connections(pools, "pending", Connections::pending);
		this.requestEvents = eventCounters("request", EnumSet.allOf(XhrEventType.class));
		this.uploadEvents = eventCounters("upload", EnumSet.complementOf(EnumSet.of(XhrEventType.READYSTATECHANGE)));
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
		measured.forEach(
				(name, duration) -> this.phases
					.computeIfAbsent(name,
							(key) -> Timer.builder("xhr.phase")
								.description("Parts of the last hop of a request")
								.tags("client", this.client, "phase", key)
								.register(this.registry))
					.record(duration));
	}

	void failed(FailureKind kind) {
		this.failures.computeIfAbsent(kind, (key) -> counter("xhr.failures", "Requests that failed", "kind", key.tag()))
			.increment();
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
