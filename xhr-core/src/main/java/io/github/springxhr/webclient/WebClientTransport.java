package io.github.springxhr.webclient;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
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

	/** Counts the connections and the attempts, if somebody asks for them. */
	private final @Nullable PoolUsage usage;

	private final Supplier<Clients> maker;

	/**
	 * Made at the first request: to load the HTTP client takes longer than all else. Made
	 * anew at the first one after the connections have been closed.
	 */
	private volatile @Nullable Clients clients;

	private volatile boolean closed;

	/**
	 * Create a transport. Opens no connection and starts no thread.
	 * @param builder what the application's requests are built with; it is not changed
	 * @param settings the settings
	 * @param followed whether anybody asks for connections and attempts; if not, they are
	 * not counted
	 * @throws IllegalArgumentException if there are keys or certificates that cannot be
	 * used
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
		WebClient.Builder own = builder.clone();
		PoolUsage counter = followed ? new PoolUsage() : null;
		this.usage = counter;
		this.maker = () -> Clients.of(own, Connections.of(settings, customizer, counter), followed);
		if (settings.tls() != null) {
			// what is wrong with its keys is to be known at once
			clients();
		}
	}

	private Clients clients() {
		Clients made = this.clients;
		return (made != null) ? made : makeClients();
	}

	private synchronized Clients makeClients() {
		Clients made = this.clients;
		if (made == null) {
			made = this.maker.get();
			if (this.closed) {
				made.connections().close();
			}
			this.clients = made;
		}
		return made;
	}

	/**
	 * Send what the fetch decided to, and nothing that the application's builder adds to
	 * every request: it may be a secret, and the origin is another.
	 */
	private static Mono<ClientResponse> withoutDefaults(ClientRequest request, ExchangeFunction next) {
		NetworkRequest wanted = (NetworkRequest) request.attribute(NetworkRequest.class.getName()).orElseThrow();
		return next.exchange(ClientRequest.from(request).headers((headers) -> {
			headers.clear();
			setHeaders(headers, wanted, wanted.headers().size());
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
		if (this.closed) {
			WebClientExchange refused = new WebClientExchange(request, handler, true);
			refused.fail(FailureKind.CLOSED, "the client has been closed");
			return refused;
		}
		Clients made = clients();
		if (made.connections().isFull()) {
			disconnect(made);
			made = clients();
		}
		WebClientExchange exchange = new WebClientExchange(request, handler,
				request.ownOrigin() ? made.untouched() : made.plainUntouched());
		try {
			exchange(request.ownOrigin() ? made.webClient() : made.plainWebClient(), request, exchange);
		}
		catch (Throwable ex) {
			exchange.bodySubscriber().onError(ex);
		}
		return exchange;
	}

	private static void exchange(WebClient client, NetworkRequest request, WebClientExchange exchange) {
		URI uri = exchange.uri();
		if (uri.getHost() == null) {
			exchange.fail(FailureKind.RESOLVE,
					"the host name has a character that the HTTP client does not take, such as an underscore");
			return;
		}
		WebClient.RequestBodySpec spec = client.method(HttpMethod.valueOf(request.method())).uri(uri);
		if (exchange.headersTold() > 0 || request.body() != null) {
			spec.headers((headers) -> setHeaders(headers, request, exchange.headersTold()));
		}
		if (!request.ownOrigin()) {
			spec.attribute(NetworkRequest.class.getName(), request);
		}
		if (request.body() != null) {
			spec.body(RequestBodyInserter.of(request.body(), exchange::requestBodyFailed));
		}
		spec.exchangeToFlux(exchange::body).subscribe(exchange.bodySubscriber());
	}

	private static void setHeaders(HttpHeaders headers, NetworkRequest request, int told) {
		if (!headers.isEmpty()) {
			request.headers().names().forEach(headers::remove);
		}
		request.headers().forEach(0, told, (name, value) -> {
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
	public void disconnect() {
		Clients made = this.clients;
		if (made != null) {
			disconnect(made);
		}
	}

	private void disconnect(Clients made) {
		if (forget(made)) {
			made.connections().close();
		}
	}

	private synchronized boolean forget(Clients made) {
		boolean current = this.clients == made;
		if (current) {
			this.clients = null;
		}
		return current;
	}

	@Override
	public void close() {
		synchronized (this) {
			this.closed = true;
		}
		disconnect();
	}

	/**
	 * What requests are sent with.
	 *
	 * @param connections the connections
	 * @param webClient with the application's filters
	 * @param plainWebClient without them, and without what else its builder adds
	 * @param untouched whether the first has no filter, so that nobody sees its responses
	 * @param plainUntouched whether the second has none
	 */
	private record Clients(ConnectionSource connections, WebClient webClient, WebClient plainWebClient,
			boolean untouched, boolean plainUntouched) {

		static Clients of(WebClient.Builder builder, ConnectionSource connections, boolean followed) {
			ClientHttpConnector connector = connections.connector();
			WebClient.Builder own = builder.clone().clientConnector(followed ? counted(connector) : connector);
			List<ExchangeFilterFunction> filters = new ArrayList<>();
			own.filters(filters::addAll);
			List<ExchangeFilterFunction> plain = new ArrayList<>(filters);
			plain.removeIf((filter) -> !(filter instanceof CrossOriginFilter));
			boolean plainUntouched = plain.isEmpty();
			plain.add(0, WebClientTransport::withoutDefaults);
			WebClient webClient = own.build();
			WebClient plainWebClient = own.filters((all) -> {
				all.clear();
				all.addAll(plain);
			}).build();
			return new Clients(connections, webClient, plainWebClient, filters.isEmpty(), plainUntouched);
		}

	}

}
