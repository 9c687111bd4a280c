package io.github.springxhr.webclient;

import java.time.Duration;
import java.util.List;

import io.github.springxhr.fetch.NetworkExchange;
import io.github.springxhr.fetch.NetworkHandler;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.fetch.NetworkTransport;
import io.github.springxhr.http.HttpRules;
import io.github.springxhr.http.Internal;
import io.github.springxhr.http.RequestBody;
import io.netty.channel.ChannelOption;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
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

	/**
	 * Create a transport. Opens no connection and starts no thread.
	 * @param builder what the application's requests are built with; it is not changed
	 * @param name the name of the connection pool
	 * @param connectTimeout how long connecting may take, 1 ms or more
	 */
	public WebClientTransport(WebClient.Builder builder, String name, Duration connectTimeout) {
		this.connectionProvider = connectionProvider(name);
		HttpClient httpClient = HttpClient.create(this.connectionProvider)
			.httpResponseDecoder((decoder) -> decoder.allowDuplicateContentLengths(true).validateHeaders(false))
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(connectTimeout.toMillis()))
			.doOnConnected((connection) -> connection.channel().config().setOption(UNSENT_LOW_WATER_MARK, UNSENT_BYTES))
			.doOnRequest((request, connection) -> WireHandler.install(connection.channel(),
					WebClientExchange.from(request.currentContextView())))
			.doOnResponse((response, connection) -> WebClientExchange.from(response.currentContextView())
				.statusLine(response));
		WebClient.Builder own = builder.clone().clientConnector(new ReactorClientHttpConnector(httpClient));
		this.webClient = own.build();
		this.plainWebClient = own.clone().filters(List::clear).build();
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
			exchange.refuse();
			return exchange;
		}
		try {
			exchange(request, exchange);
		}
		catch (RuntimeException ex) {
			exchange.bodySubscriber().onError(ex);
		}
		return exchange;
	}

	private void exchange(NetworkRequest request, WebClientExchange exchange) {
		WebClient client = request.ownOrigin() ? this.webClient : this.plainWebClient;
		WebClient.RequestBodySpec spec = client.method(HttpMethod.valueOf(request.method()))
			.uri(request.url().toUri())
			.headers((headers) -> addHeaders(headers, request));
		if (request.body() != null) {
			spec.body(RequestBodyInserter.of(request.body(), exchange::requestBodyFailed));
		}
		spec.exchangeToFlux((response) -> exchange.body(response))
			.contextWrite((context) -> context.put(WebClientExchange.class, exchange))
			.subscribe(exchange.bodySubscriber());
	}

	private static void addHeaders(HttpHeaders headers, NetworkRequest request) {
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
	}

}
