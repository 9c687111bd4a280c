package io.github.springxhr.observation;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrListener;
import io.github.springxhr.XhrListener.Connections;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

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
 * <li>{@code xhr.request.size}: summary of the size of the request's body, as far as it
 * was sent, 0 if there was no body; one that is sent again, as after a redirect, counts
 * once; tags {@code client} and {@code method};</li>
 * <li>{@code xhr.response.size}: summary of the bytes of the response's body that were
 * received, if there was a head; tags {@code client} and {@code method};</li>
 * <li>{@code xhr.failures}: counter of requests that failed, aborts and timeouts
 * included; tags {@code client} and {@code kind}, that of the failure;</li>
 * <li>{@code xhr.redirects}: counter of redirects that were followed; tag
 * {@code client};</li>
 * <li>{@code xhr.preflights}: counter of permissions that CORS needs; tags {@code client}
 * and {@code result}, which is {@code success}, {@code failure} or {@code cached};</li>
 * <li>{@code xhr.retries}: counter of hops that a filter of the WebClient, such as a load
 * balancer's, has sent once more; tag {@code client};</li>
 * <li>{@code xhr.cookies.evicted}: counter of cookies that were dropped before their time
 * as the client's store in memory was full; tag {@code client};</li>
 * <li>{@code xhr.phase}, if wanted: timer of the parts of the last hop; tags
 * {@code client} and {@code phase}, which is {@code queue}, {@code resolve},
 * {@code connect}, {@code tls}, {@code request}, {@code headers} or {@code body};</li>
 * <li>{@code xhr.pool.connections}: gauge of the connections of all hosts; tags
 * {@code client} and {@code state}, which is {@code active}, {@code idle} or
 * {@code pending}: requests that wait for one.</li>
 * </ul>
 * Counters and gauges are there from when a client is built. If the registry takes none
 * of the meters then, requests are not followed at all. No tag can take a value outside
 * of a closed set, the name of the client apart.
 *
 * <h2>Concurrency</h2> Serves any number of requests at a time. Meters are looked up once
 * and then kept: one that is removed from the registry does not come back.
 *
 * @since 0.1.0
 */
public final class XhrMetricsListenerFactory implements XhrListener.Factory {

	private final MeterRegistry registry;

	private final boolean phases;

	private final ConcurrentMap<String, ClientMeters> clients = new ConcurrentHashMap<>();

	private final ConcurrentMap<String, List<Supplier<Connections>>> connections = new ConcurrentHashMap<>();

	/**
	 * Create a factory.
	 * @param registry keeps the meters
	 */
	public XhrMetricsListenerFactory(MeterRegistry registry) {
		this(registry, false);
	}

	/**
	 * Create a factory.
	 * @param registry keeps the meters
	 * @param phases whether to time the phases of requests, as {@code xhr.phase}
	 */
	public XhrMetricsListenerFactory(MeterRegistry registry, boolean phases) {
		Assert.notNull(registry, "registry must not be null");
		this.registry = registry;
		this.phases = phases;
	}

	@Override
	public @Nullable XhrListener create(String client, XMLHttpRequest request) {
		ClientMeters meters = meters(client);
		return meters.isRecording() ? meters : null;
	}

	private ClientMeters meters(String client) {
		ClientMeters meters = this.clients.get(client);
		return (meters != null) ? meters : this.clients.computeIfAbsent(client,
				(name) -> new ClientMeters(this.registry, name, this.phases, pools(name)));
	}

	@Override
	public void built(String client, Supplier<Connections> connections) {
		pools(client).add(connections);
		meters(client);
	}

	@Override
	public void cookiesEvicted(String client, long count) {
		ClientMeters meters = this.clients.get(client);
		if (meters != null) {
			meters.cookiesEvicted(count);
		}
	}

	private List<Supplier<Connections>> pools(String client) {
		return this.connections.computeIfAbsent(client, (name) -> new CopyOnWriteArrayList<>());
	}

}
