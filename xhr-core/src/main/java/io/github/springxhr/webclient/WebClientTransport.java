package io.github.springxhr.webclient;

import java.net.URI;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.springxhr.fetch.ConnectionUsage;
import io.github.springxhr.fetch.NetworkExchange;
import io.github.springxhr.fetch.NetworkHandler;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.fetch.NetworkTransport;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.HttpRules;
import io.github.springxhr.http.Internal;
import io.github.springxhr.http.RequestBody;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Sends requests through a clone of the application's {@link WebClient.Builder} that has
 * a Reactor Netty connector and a connection pool of its own.
 *
 * @since 0.1.0
 */
@Internal
public final class WebClientTransport implements NetworkTransport {

	private final ConnectionSource connections;

	private final WebClient webClient;

	private final WebClient plainWebClient;

	/** Counts the connections and the attempts, if somebody asks for them. */
	private final @Nullable PoolUsage usage;

	private volatile boolean closed;

	/**
	 * Create a transport. Opens no connection and starts no thread.
	 * @param builder what the application's requests are built with; it is not changed
	 * @param settings the settings
	 * @param followed whether anybody asks for connections and attempts; if not, they are
	 * not counted
	 */
	public WebClientTransport(WebClient.Builder builder, TransportSettings settings, boolean followed) {
		this(builder, settings, followed, UnaryOperator.identity());
	}

	/**
	 * Create a transport with an HTTP client that is customized, say, with the keys that
	 * it trusts.
	 */
	WebClientTransport(WebClient.Builder builder, TransportSettings settings, UnaryOperator<HttpClient> customizer) {
		this(builder, settings, true, customizer);
	}

	private WebClientTransport(WebClient.Builder builder, TransportSettings settings, boolean followed,
			UnaryOperator<HttpClient> customizer) {
		this.usage = followed ? new PoolUsage() : null;
		this.connections = Connections.of(settings, customizer, this.usage);
		WebClient.Builder own = builder.clone().clientConnector(connector());
		this.webClient = own.build();
		this.plainWebClient = own.clone().filters((filters) -> {
			filters.removeIf((filter) -> !(filter instanceof CrossOriginFilter));
			filters.add(0, WebClientTransport::withoutDefaults);
		}).build();
	}

	/**
	 * Send what the fetch decided to, and nothing that the application's builder adds to
	 * every request: it may be a secret, and the origin is another.
	 */
	private static Mono<ClientResponse> withoutDefaults(ClientRequest request, ExchangeFunction next) {
		NetworkRequest wanted = (NetworkRequest) request.attribute(NetworkRequest.class.getName()).orElseThrow();
		return next.exchange(ClientRequest.from(request).headers((headers) -> {
			headers.clear();
			setHeaders(headers, wanted);
		}).cookies(Map::clear).build());
	}

	private ClientHttpConnector connector() {
		ClientHttpConnector connector = this.connections.connector();
		return (this.usage != null) ? counted(connector) : connector;
	}

	/**
	 * Tell an exchange of each attempt to send it, as a filter can make more than one.
	 */
	private static ClientHttpConnector counted(ClientHttpConnector connector) {
		return (method, uri, callback) -> Mono.deferContextual((context) -> {
			WebClientExchange.from(context).attempted();
			return connector.connect(method, uri, callback);
		});
	}

	@Override
	public NetworkExchange start(NetworkRequest request, NetworkHandler handler) {
		WebClientExchange exchange = new WebClientExchange(request, handler);
		if (this.closed) {
			exchange.fail(FailureKind.CLOSED, "the client has been closed");
			return exchange;
		}
		try {
			exchange(request, exchange);
		}
		catch (Throwable ex) {
			exchange.bodySubscriber().onError(ex);
		}
		return exchange;
	}

	private void exchange(NetworkRequest request, WebClientExchange exchange) {
		URI uri = request.url().toUri();
		if (uri.getHost() == null) {
			exchange.fail(FailureKind.RESOLVE,
					"the host name has a character that the HTTP client does not take, such as an underscore");
			return;
		}
		WebClient client = request.ownOrigin() ? this.webClient : this.plainWebClient;
		WebClient.RequestBodySpec spec = client.method(HttpMethod.valueOf(request.method()))
			.uri(uri)
			.attribute(NetworkRequest.class.getName(), request)
			.headers((headers) -> setHeaders(headers, request));
		if (request.body() != null) {
			spec.body(RequestBodyInserter.of(request.body(), exchange::requestBodyFailed));
		}
		spec.exchangeToFlux((response) -> exchange.body(response))
			.contextWrite((context) -> context.putAllMap(request.context()).put(WebClientExchange.class, exchange))
			.subscribe(exchange.bodySubscriber());
	}

	private static void setHeaders(HttpHeaders headers, NetworkRequest request) {
		request.headers().names().forEach(headers::remove);
		request.headers().forEach((name, value) -> {
			if (!HttpRules.hasControl(value)) {
				headers.add(name, value);
			}
		});
		RequestBody body = request.body();
		if (body != null && body.length() != RequestBody.UNKNOWN_LENGTH) {
			headers.setContentLength(body.length());
		}
	}

	@Override
	public ConnectionUsage connectionUsage() {
		return (this.usage != null) ? this.usage.sum() : ConnectionUsage.NONE;
	}

	@Override
	public void close() {
		this.closed = true;
		this.connections.close();
	}

}
