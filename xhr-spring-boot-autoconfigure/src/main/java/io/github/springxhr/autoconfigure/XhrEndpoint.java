package io.github.springxhr.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.springxhr.ManagedXhrFactory;
import io.github.springxhr.XhrClientDescription;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrInFlight;
import io.github.springxhr.XhrInFlight.Transfer;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * Actuator endpoint that shows the clients, their settings and their requests in flight,
 * and aborts one of these if access to it is unrestricted. Secrets are never shown: no
 * header value, user name, password or token, and of a URL no query.
 *
 * @since 0.1.0
 */
@Endpoint(id = "xhr", defaultAccess = Access.READ_ONLY)
public class XhrEndpoint {

	private final EndpointClients clients;

	private final Sanitizer sanitizer;

	private final Show showValues;

	XhrEndpoint(EndpointClients clients, Sanitizer sanitizer, Show showValues) {
		this.clients = clients;
		this.sanitizer = sanitizer;
		this.showValues = showValues;
	}

	/**
	 * Show all clients.
	 * @return the clients
	 */
	@ReadOperation
	public XhrDescriptor clients() {
		return clients(this.showValues.isShown(true));
	}

	/**
	 * Show a client.
	 * @param client its name
	 * @return the client, or {@code null} if there is none of that name
	 */
	@ReadOperation
	public @Nullable ClientDescriptor client(@Selector String client) {
		return client(client, this.showValues.isShown(true));
	}

	/**
	 * Abort a request in flight.
	 * @param client the name of its client
	 * @param id its id
	 * @return whether it was in flight
	 */
	@DeleteOperation
	public boolean abort(@Selector String client, @Selector long id) {
		EndpointClients.Client found = this.clients.get().get(client);
		return found != null && found.factory().abort(id);
	}

	XhrDescriptor clients(boolean showUnsanitized) {
		Map<String, ClientDescriptor> descriptors = new TreeMap<>();
		this.clients.get().forEach((name, client) -> descriptors.put(name, describe(name, client, showUnsanitized)));
		return new XhrDescriptor(descriptors);
	}

	@Nullable ClientDescriptor client(String name, boolean showUnsanitized) {
		EndpointClients.Client client = this.clients.get().get(name);
		return (client != null) ? describe(name, client, showUnsanitized) : null;
	}

	private ClientDescriptor describe(String name, EndpointClients.Client client, boolean showUnsanitized) {
		String prefix = (name.equals(ClientNames.DEFAULT) ? "xhr" : ClientNames.PREFIX + "." + name) + ".";
		XhrFactory factory = client.factory();
		SettingsDescriptor settings = (factory instanceof ManagedXhrFactory managed)
				? settings(prefix, managed.describe(), showUnsanitized) : null;
		List<RequestDescriptor> inFlight = factory.getInFlight()
			.stream()
			.map((request) -> request(prefix, request, showUnsanitized))
			.toList();
		return new ClientDescriptor(client.bean(), settings, inFlight);
	}

	private SettingsDescriptor settings(String prefix, XhrClientDescription client, boolean showUnsanitized) {
		Map<String, String> headers = new TreeMap<>();
		client.headerNames().forEach((header) -> headers.put(header, SanitizableData.SANITIZED_VALUE));
		XhrClientDescription.Network network = client.network();
		return new SettingsDescriptor(sanitize(prefix + "base-url", client.baseUrl(), showUnsanitized),
				sanitize(prefix + "origin", client.origin(), showUnsanitized), client.userAgent(),
				client.withCredentials(), client.progressInterval(), client.timeout(),
				(network != null) ? network.connectTimeout() : null, (network != null) ? network.readTimeout() : null,
				(network != null) ? network.http2() : null, (network != null) ? network.pool() : null,
				(network != null) ? proxy(prefix, network.proxy(), showUnsanitized) : null,
				(network != null) ? network.tls() : null, client.maxResponseSize(), client.maxRedirects(),
				client.httpsDowngrade(), client.confined(), client.compression(), client.synchronous(), headers,
				client.credentials(), client.cookies(), client.eventExecution(), client.shutdownTimeout());
	}

	private @Nullable ProxyDescriptor proxy(String prefix, XhrClientDescription.@Nullable Proxy proxy,
			boolean showUnsanitized) {
		return (proxy != null) ? new ProxyDescriptor(proxy.type(),
				sanitize(prefix + "proxy.host", proxy.host(), showUnsanitized), proxy.port()) : null;
	}

	private RequestDescriptor request(String prefix, XhrInFlight request, boolean showUnsanitized) {
		return new RequestDescriptor(request.id(), request.method(),
				sanitize(prefix + "in-flight.uri", request.uri(), showUnsanitized), request.readyState(),
				request.stateName(), request.background(), request.upload(), request.download(), request.age());
	}

	private @Nullable String sanitize(String key, @Nullable String value, boolean showUnsanitized) {
		Object sanitized = this.sanitizer.sanitize(new SanitizableData(null, key, value), showUnsanitized);
		return (sanitized != null) ? sanitized.toString() : null;
	}

	/**
	 * All clients.
	 *
	 * @param clients the clients by name
	 */
	public record XhrDescriptor(Map<String, ClientDescriptor> clients) implements OperationResponseBody {

	}

	/**
	 * One client.
	 *
	 * @param bean the name of its bean
	 * @param settings the settings in force, or {@code null} if the application has
	 * implemented the factory itself, so that they are not known
	 * @param inFlight its requests that have been sent and have not ended
	 */
	public record ClientDescriptor(String bean, @Nullable SettingsDescriptor settings,
			List<RequestDescriptor> inFlight) implements OperationResponseBody {

	}

	/**
	 * The settings of a client that are in force, wherever they come from.
	 *
	 * @param baseUrl the base URL without query
	 * @param origin the origin in whose name requests are made
	 * @param userAgent the value of {@code User-Agent}
	 * @param withCredentials whether requests go with credentials to other origins
	 * @param progressInterval the shortest time between two progress events of one object
	 * @param timeout the initial timeout of the requests, zero for none
	 * @param connectTimeout how long connecting may take, if the transport is the
	 * built-in one
	 * @param readTimeout how long a server may be silent, zero for no limit, if the
	 * transport is the built-in one
	 * @param http2 whether HTTP/2 is used, if the transport is the built-in one
	 * @param pool the connection pool, if the transport is the built-in one
	 * @param proxy the proxy, or {@code null} if there is none
	 * @param tls default or configured, if the transport is the built-in one
	 * @param maxResponseSize the largest response in bytes
	 * @param maxRedirects how many redirects are followed
	 * @param allowHttpsDowngrade whether a redirect may lead from https to http
	 * @param confineToBaseUrl whether only the base URL's origin may be fetched
	 * @param compression whether compressed responses are asked for
	 * @param synchronous whether requests may be synchronous
	 * @param headers the names of the configured headers, with masked values
	 * @param credentials their kind: basic, bearer, oauth2 with the registration, other
	 * or none
	 * @param cookies whether cookies are kept
	 * @param eventExecution who fires events: worker, direct or executor
	 * @param shutdownTimeout how long requests in flight have when the application stops
	 */
	public record SettingsDescriptor(@Nullable String baseUrl, @Nullable String origin, String userAgent,
			boolean withCredentials, Duration progressInterval, Duration timeout, @Nullable Duration connectTimeout,
			@Nullable Duration readTimeout, @Nullable Boolean http2, XhrClientDescription.@Nullable Pool pool,
			@Nullable ProxyDescriptor proxy, @Nullable String tls, long maxResponseSize, int maxRedirects,
			boolean allowHttpsDowngrade, boolean confineToBaseUrl, boolean compression, boolean synchronous,
			Map<String, String> headers, String credentials, boolean cookies, String eventExecution,
			Duration shutdownTimeout) {

	}

	/**
	 * The proxy of a client, without its user.
	 *
	 * @param type what it speaks: http, socks4 or socks5
	 * @param host its name or address
	 * @param port its port
	 */
	public record ProxyDescriptor(String type, @Nullable String host, int port) {

	}

	/**
	 * One request in flight.
	 *
	 * @param id what it is aborted by
	 * @param method the method
	 * @param uri the template it was opened with, else its URL without secrets
	 * @param readyState the state, 0 to 4
	 * @param state the name of the state
	 * @param background whether it does not hold up the shutdown
	 * @param upload how much of its body has been transmitted
	 * @param download how much of the response's body has been received
	 * @param age the time since it was sent
	 */
	public record RequestDescriptor(long id, String method, @Nullable String uri, int readyState, String state,
			boolean background, Transfer upload, Transfer download, Duration age) {

	}

}
