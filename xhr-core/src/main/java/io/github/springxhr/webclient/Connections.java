package io.github.springxhr.webclient;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import io.netty.channel.ChannelOption;
import io.netty.resolver.AddressResolverGroup;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.Http2SettingsSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.HttpResources;
import reactor.netty.http.client.Http2AllocationStrategy;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;

/**
 * The HTTP client of a transport and its connections.
 * <p>
 * With HTTP/2 there are two, by the scheme. Over TLS the protocol is known when the
 * handshake is done, so a request waits for a connection that is being made, and shares
 * it. Without TLS it is known when the first response comes, which may take long; so each
 * request makes a connection unless there is one that was upgraded.
 */
final class Connections implements AutoCloseable {

	/** A waiting request costs little; failing it costs a retry. */
	private static final int PENDING_REQUESTS = 50_000;

	private static final int MAX_CONNECTIONS = 500;

	/** Cookies and policies grow; the HTTP client's own limit is 8 KiB. */
	private static final int MAX_HEADER_SIZE = 64 * 1024;

	/** Below the idle time after which common servers hang up. */
	private static final Duration MAX_IDLE_TIME = Duration.ofSeconds(15);

	private static final Duration MAX_LIFE_TIME = Duration.ofMinutes(10);

	private static final Duration EVICTION_INTERVAL = Duration.ofSeconds(10);

	private final List<ConnectionProvider> pools = new ArrayList<>(2);

	private final TransportSettings settings;

	private final UnaryOperator<HttpClient> customizer;

	private final ClientHttpConnector connector;

	private @Nullable FilteredAddresses addresses;

	Connections(TransportSettings settings, UnaryOperator<HttpClient> customizer) {
		this.settings = settings;
		this.customizer = customizer;
		ConnectionProvider.Builder pool = pool(settings.name());
		if (!settings.http2()) {
			this.connector = connector(pool, HttpProtocol.HTTP11);
			return;
		}
		ConnectionProvider.Builder shared = pool(settings.name() + "-tls").allocationStrategy(
				Http2AllocationStrategy.builder().maxConnections(MAX_CONNECTIONS).strictConnectionReuse(true).build());
		ClientHttpConnector plain = connector(pool, HttpProtocol.H2C, HttpProtocol.HTTP11);
		ClientHttpConnector tls = connector(shared, HttpProtocol.H2, HttpProtocol.HTTP11);
		this.connector = (method, uri, callback) -> ("https".equalsIgnoreCase(uri.getScheme()) ? tls : plain)
			.connect(method, uri, callback);
	}

	private static ConnectionProvider.Builder pool(String name) {
		return ConnectionProvider.builder("xhr-" + name)
			.maxConnections(MAX_CONNECTIONS)
			.pendingAcquireMaxCount(PENDING_REQUESTS)
			.pendingAcquireTimeout(Duration.ZERO)
			.maxIdleTime(MAX_IDLE_TIME)
			.maxLifeTime(MAX_LIFE_TIME)
			.evictInBackground(EVICTION_INTERVAL);
	}

	private ClientHttpConnector connector(ConnectionProvider.Builder builder, HttpProtocol... protocols) {
		ConnectionProvider pool = builder.build();
		this.pools.add(pool);
		HttpClient client = HttpClient.create(pool)
			.protocol(protocols)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(this.settings.connectTimeout().toMillis()))
			.httpResponseDecoder((decoder) -> decoder.maxHeaderSize(MAX_HEADER_SIZE)
				.allowDuplicateContentLengths(true)
				.validateHeaders(false))
			.doOnRequest((request, connection) -> WireHandler.install(connection.channel(),
					WebClientExchange.from(request.currentContextView())))
			.doOnResponse((response, connection) -> {
				WindowUpdates.install(connection.channel());
				WebClientExchange.from(response.currentContextView()).statusLine(response);
			});
		if (this.settings.http2()) {
			client = client.http2Settings(Connections::http2Settings);
		}
		return new ReactorClientHttpConnector(filtered(this.customizer.apply(client)));
	}

	private static void http2Settings(Http2SettingsSpec.Builder http2) {
		http2.maxHeaderListSize(MAX_HEADER_SIZE).initialWindowSize(WindowUpdates.STREAM_WINDOW);
	}

	private HttpClient filtered(HttpClient client) {
		Predicate<InetAddress> filter = this.settings.addressFilter();
		if (filter == null) {
			return client;
		}
		FilteredAddresses filtered = this.addresses;
		if (filtered == null) {
			AddressResolverGroup<?> resolvers = client.configuration().resolver();
			filtered = new FilteredAddresses(filter,
					() -> (resolvers != null) ? resolvers : HttpResources.get().getOrCreateDefaultResolver());
			this.addresses = filtered;
		}
		return client.resolver(filtered);
	}

	ClientHttpConnector connector() {
		return this.connector;
	}

	@Override
	public void close() {
		this.pools.forEach((pool) -> pool.disposeLater().subscribe());
		if (this.addresses != null) {
			this.addresses.close();
		}
	}

}
