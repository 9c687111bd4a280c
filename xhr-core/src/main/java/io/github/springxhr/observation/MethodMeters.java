package io.github.springxhr.observation;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.github.springxhr.XhrOutcome;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;

/**
 * The meters of one client's requests of one method.
 */
final class MethodMeters {

	private final MeterRegistry registry;

	private final Tags tags;

	private final DistributionSummary requestSize;

	private final DistributionSummary responseSize;

	private final ConcurrentMap<XhrOutcome, Timer> timeToHeaders = new ConcurrentHashMap<>();

	MethodMeters(MeterRegistry registry, String client, MethodTag method) {
		this.registry = registry;
		this.tags = Tags.of("client", client, "method", method.tag());
		this.requestSize = summary("xhr.request.size", "Bytes of the request's body that were sent");
		this.responseSize = summary("xhr.response.size", "Bytes of the response's body that were received");
	}

	private DistributionSummary summary(String name, String description) {
		return DistributionSummary.builder(name)
			.description(description)
			.baseUnit(BaseUnits.BYTES)
			.tags(this.tags)
			.register(this.registry);
	}

	DistributionSummary requestSize() {
		return this.requestSize;
	}

	DistributionSummary responseSize() {
		return this.responseSize;
	}

	Timer timeToHeaders(XhrOutcome outcome) {
		return this.timeToHeaders.computeIfAbsent(outcome,
				(key) -> Timer.builder("xhr.time.to.headers")
					.description("Time from send() to the head of the response")
					.tags(this.tags)
					.tag("outcome", key.tag())
					.register(this.registry));
	}

}
