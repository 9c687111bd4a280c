package io.github.springxhr.webclient;

import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.github.springxhr.fetch.NetworkExchange;
import io.github.springxhr.fetch.NetworkHandler;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.fetch.NetworkTransport;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.HttpRules;
import io.github.springxhr.http.Internal;
import io.github.springxhr.http.RequestBody;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.resolver.AddressResolverGroup;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.HttpResources;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
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

	/** A waiting request costs little; failing it costs a retry. */
	private static final int PENDING_REQUESTS = 50_000;

	private static final int MAX_CONNECTIONS = 500;

	/** Cookies and policies grow; the HTTP client's own limit is 8 KiB. */
	private static final int MAX_HEADER_SIZE = 64 * 1024;

	/** Below the idle time after which common servers hang up. */
	private static final Duration MAX_IDLE_TIME = Duration.ofSeconds(15);

	private static final Duration MAX_LIFE_TIME = Duration.ofMinutes(10);

	private static final Duration EVICTION_INTERVAL = Duration.ofSeconds(10);

	/**
	 * How much may wait in the operating system's send buffer. By default that is some
	 * megabytes, which would count as uploaded while they are not. By name, as only one
	 * of Netty's transports has the option; the others ignore it.
	 */
	private static final ChannelOption<Long> UNSENT_LOW_WATER_MARK = ChannelOption
		.valueOf("io.netty.channel.epoll.EpollChannelOption#TCP_NOTSENT_LOWAT");

	private static final long UNSENT_BYTES = 128 * 1024L;

	private final ConnectionProvider connectionProvider;

	private final WebClient webClient;

	private final WebClient plainWebClient;

	private volatile boolean closed;

	private final @Nullable FilteredAddresses addresses;

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
		this.connectionProvider = connectionProvider(settings.name());
		HttpClient httpClient = customizer.apply(httpClient(this.connectionProvider, settings));
		this.addresses = filteredAddresses(httpClient, settings.addressFilter());
		if (this.addresses != null) {
			httpClient = httpClient.resolver(this.addresses);
		}
		WebClient.Builder own = builder.clone().clientConnector(new ReactorClientHttpConnector(httpClient));
		this.webClient = own.build();
		this.plainWebClient = own.clone().filters((filters) -> {
			filters.removeIf((filter) -> !(filter instanceof CrossOriginFilter));
			filters.add(0, WebClientTransport::withoutDefaults);
		}).build();
	}

	private static HttpClient httpClient(ConnectionProvider connectionProvider, TransportSettings settings) {
		return HttpClient.create(connectionProvider)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(settings.connectTimeout().toMillis()))
			.httpResponseDecoder((decoder) -> decoder.maxHeaderSize(MAX_HEADER_SIZE)
				.allowDuplicateContentLengths(true)
				.validateHeaders(false))
			.doOnConnected((connection) -> limitUnsentBytes(connection.channel()))
			.doOnRequest((request, connection) -> WireHandler.install(connection.channel(),
					WebClientExchange.from(request.currentContextView())))
			.doOnResponse((response, connection) -> WebClientExchange.from(response.currentContextView())
				.statusLine(response));
	}

	private static @Nullable FilteredAddresses filteredAddresses(HttpClient httpClient,
			@Nullable Predicate<InetAddress> filter) {
		if (filter == null) {
			return null;
		}
		AddressResolverGroup<?> resolvers = httpClient.configuration().resolver();
		return new FilteredAddresses(filter,
				() -> (resolvers != null) ? resolvers : HttpResources.get().getOrCreateDefaultResolver());
	}

	static void limitUnsentBytes(Channel channel) {
		try {
			if (channel.isOpen()) {
				channel.config().setOption(UNSENT_LOW_WATER_MARK, UNSENT_BYTES);
			}
		}
		catch (ChannelException ex) {
			// closed meanwhile, by an abort for instance
		}
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

	private static ConnectionProvider connectionProvider(String name) {
		return ConnectionProvider.builder("xhr-" + name)
			.maxConnections(MAX_CONNECTIONS)
			.pendingAcquireMaxCount(PENDING_REQUESTS)
			.pendingAcquireTimeout(Duration.ZERO)
			.maxIdleTime(MAX_IDLE_TIME)
			.maxLifeTime(MAX_LIFE_TIME)
			.evictInBackground(EVICTION_INTERVAL)
			.build();
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
			.contextWrite((context) -> context.put(WebClientExchange.class, exchange))
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
	public void close() {
		this.closed = true;
		this.connectionProvider.disposeLater().subscribe();
		if (this.addresses != null) {
			this.addresses.close();
		}
	}

}
