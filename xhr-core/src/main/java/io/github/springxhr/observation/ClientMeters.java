package io.github.springxhr.observation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.github.springxhr.XhrEventType;
import io.github.springxhr.XhrListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

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

	ClientMeters(MeterRegistry registry, String client) {
		this.registry = registry;
		this.client = client;
		this.requestEvents = eventCounters("request", EnumSet.allOf(XhrEventType.class));
		this.uploadEvents = eventCounters("upload", EnumSet.complementOf(EnumSet.of(XhrEventType.READYSTATECHANGE)));
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
		return new ExchangeMeasurement(meters, this.registry.config().clock());
	}

}
