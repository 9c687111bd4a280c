package io.github.springxhr.webclient;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
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
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
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

	/**
	 * Whether no filter of the application sees the responses of the one, or the other.
	 */
	private final boolean untouched;

	private final boolean plainUntouched;

	private final PoolUsage usage = new PoolUsage();

	private volatile boolean closed;

	/**
	 * Create a transport. Opens no connection and starts no thread.
	 * @param builder what the application's requests are built with; it is not changed
	 * @param settings the settings
	 */
	public WebClientTransport(WebClient.Builder builder, TransportSettings settings) {
		this(builder, settings, UnaryOperator.identity());
	}

	/**
	 * Create a transport with an HTTP client that is customized, say, with the keys that
	 * it trusts.
	 */
	WebClientTransport(WebClient.Builder builder, TransportSettings settings, UnaryOperator<HttpClient> customizer) {
		this.connections = Connections.of(settings, customizer, this.usage);
		WebClient.Builder own = builder.clone().clientConnector(counted(this.connections.connector()));
		List<ExchangeFilterFunction> filters = new ArrayList<>();
		own.filters(filters::addAll);
		this.untouched = filters.isEmpty();
		this.webClient = own.build();
		filters.removeIf((filter) -> !(filter instanceof CrossOriginFilter));
		this.plainUntouched = filters.isEmpty();
		filters.add(0, WebClientTransport::withoutDefaults);
		this.plainWebClient = own.clone().filters((all) -> {
			all.clear();
			all.addAll(filters);
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
		WebClientExchange exchange = new WebClientExchange(request, handler,
				request.ownOrigin() ? this.untouched : this.plainUntouched);
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
		URI uri = exchange.uri();
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
		spec.exchangeToFlux(exchange::body).contextWrite(exchange::addTo).subscribe(exchange.bodySubscriber());
	}

	private static void setHeaders(HttpHeaders headers, NetworkRequest request) {
		if (!headers.isEmpty()) {
			request.headers().names().forEach(headers::remove);
		}
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
		return this.usage.sum();
	}

	@Override
	public void close() {
		this.closed = true;
		this.connections.close();
	}

}
