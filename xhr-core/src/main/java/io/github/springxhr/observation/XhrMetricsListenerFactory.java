package io.github.springxhr.observation;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrListener;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.util.Assert;

/**
 * Counts the events of requests and measures their parts. The meters are:
 * <ul>
 * <li>{@code xhr.events}: counter of the events fired, whether or not somebody listened;
 * tags {@code client}, {@code target} ({@code request} or {@code upload}) and
 * {@code type}, the name of the event;</li>
 * <li>{@code xhr.time.to.headers}: timer from {@code send()} to the head of the response;
 * tags {@code client}, {@code method} and {@code outcome}. It is recorded when the
 * exchange ends, which is when the outcome is known, and only if there was a head;</li>
 * <li>{@code xhr.request.size}: summary of the bytes of the request's body that were
 * sent, 0 if there was no body; tags {@code client} and {@code method};</li>
 * <li>{@code xhr.response.size}: summary of the bytes of the response's body that were
 * received, if there was a head; tags {@code client} and {@code method}.</li>
 * </ul>
 * No tag can take a value outside of a closed set, the name of the client apart.
 *
 * <h2>Concurrency</h2> Serves any number of requests at a time. Meters are looked up once
 * and then kept: one that is removed from the registry does not come back.
 *
 * @since 0.1.0
 */
public final class XhrMetricsListenerFactory implements XhrListener.Factory {

	private final MeterRegistry registry;

	private final ConcurrentMap<String, ClientMeters> clients = new ConcurrentHashMap<>();

	/**
	 * Create a factory.
	 * @param registry keeps the meters
	 */
	public XhrMetricsListenerFactory(MeterRegistry registry) {
		Assert.notNull(registry, "registry must not be null");
		this.registry = registry;
	}

	@Override
	public XhrListener create(String client, XMLHttpRequest request) {
		ClientMeters meters = this.clients.get(client);
		return (meters != null) ? meters
				: this.clients.computeIfAbsent(client, (name) -> new ClientMeters(this.registry, name));
	}

}
