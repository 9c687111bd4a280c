package io.github.springxhr.webclient;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.AddressResolverGroup;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.Http2SettingsSpec;
import reactor.netty.ConnectionObserver;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.HttpResources;
import reactor.netty.http.client.Http2AllocationStrategy;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpResponseDecoderSpec;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.http.client.reactive.ClientHttpConnector;

/**
 * The HTTP client of a transport and its connections.
 * <p>
 * With HTTP/2 there are two, by the scheme. Over TLS the protocol is known when the
 * handshake is done, so a request waits for a connection that is being made, and shares
 * it. Without TLS it is known when the first response comes, which may take long; so each
 * request makes a connection unless there is one that was upgraded. With a proxy that not
 * all hosts are behind there are twice as many: the HTTP client would look the other
 * hosts up in the calling thread.
 * <p>
 * There is a pool for each host and port, and the HTTP client keeps it for good: a server
 * could make it ask any number of hosts, by redirects. So all of this is to be replaced
 * once there are many. The HTTP client's own way, to look for unused ones now and then,
 * goes on when all have been closed.
 */
final class Connections implements ConnectionSource {

	private static final Log logger = LogFactory.getLog(Connections.class);

	/** Cookies and policies grow; the HTTP client's own limit is 8 KiB. */
	private static final int MAX_HEADER_SIZE = 64 * 1024;

	/**
	 * A piece of a body is handled in another thread, which costs as much for a small
	 * one. The HTTP client's own limit is 8 KiB.
	 */
	private static final int MAX_CHUNK_SIZE = 64 * 1024;

	private static final int MAX_HOSTS = 1_000;

	private final List<ConnectionProvider> pools = new ArrayList<>();

	/** Which have been connected to, no more than it takes to know that it is many. */
	private final Set<SocketAddress> hosts = ConcurrentHashMap.newKeySet();

	private volatile boolean full;

	private volatile boolean closed;

	private final TransportSettings settings;

	private final @Nullable TlsMaterial tls;

	private final UnaryOperator<HttpClient> customizer;

	private final @Nullable PoolUsage usage;

	private final ClientHttpConnector connector;

	private @Nullable AddressResolverGroup<InetSocketAddress> addresses;

	Connections(TransportSettings settings, @Nullable TlsMaterial tls, UnaryOperator<HttpClient> customizer,
			@Nullable PoolUsage usage) {
		this.settings = settings;
		this.tls = tls;
		this.customizer = customizer;
		this.usage = usage;
		this.connector = routed();
	}

	static ConnectionSource of(TransportSettings settings, UnaryOperator<HttpClient> customizer,
			@Nullable PoolUsage usage) {
		ReloadableTls tls = settings.tls();
		return (tls == null) ? new Connections(settings, null, customizer, usage)
				: new ReloadedConnections(tls, (material) -> new Connections(settings, material, customizer, usage));
	}

	private ClientHttpConnector routed() {
		ProxySettings proxy = this.settings.proxy();
		if (proxy == null) {
			return connector("", this::resolving);
		}
		ClientHttpConnector proxied = connector("-proxied",
				(client) -> ProxyRoute.through(proxy, this.settings.connectTimeout(), client));
		if (proxy.nonProxyHosts().isEmpty()) {
			return proxied;
		}
		ClientHttpConnector direct = connector("", this::resolving);
		return (method, uri, callback) -> (proxy.isFor(uri.getHost()) ? proxied : direct).connect(method, uri,
				callback);
	}

	private ClientHttpConnector connector(String suffix, UnaryOperator<HttpClient> route) {
		String name = this.settings.name() + suffix;
		if (!this.settings.http2()) {
			return connector(pool(name), route, HttpProtocol.HTTP11);
		}
		ConnectionProvider.Builder shared = pool(name + "-tls").allocationStrategy(Http2AllocationStrategy.builder()
			.maxConnections(this.settings.pool().maxConnections())
			.strictConnectionReuse(true)
			.build());
		ClientHttpConnector plain = connector(pool(name), route, HttpProtocol.H2C, HttpProtocol.HTTP11);
		ClientHttpConnector secure = connector(shared, route, HttpProtocol.H2, HttpProtocol.HTTP11);
		return (method, uri, callback) -> ("https".equalsIgnoreCase(uri.getScheme()) ? secure : plain).connect(method,
				uri, callback);
	}

	private ConnectionProvider.Builder pool(String name) {
		PoolSettings settings = this.settings.pool();
		ConnectionProvider.Builder builder = ConnectionProvider.builder("xhr-" + name)
			.maxConnections(settings.maxConnections())
			.pendingAcquireMaxCount(settings.pendingLimit())
			.pendingAcquireTimeout(settings.pendingTimeout())
			.evictInBackground(settings.evictionInterval());
		PoolUsage usage = this.usage;
		if (usage != null) {
			builder.metrics(true, () -> usage);
		}
		if (!settings.maxIdleTime().isZero()) {
			builder.maxIdleTime(settings.maxIdleTime());
		}
		if (!settings.maxLifeTime().isZero()) {
			builder.maxLifeTime(settings.maxLifeTime());
		}
		return builder;
	}

	private ClientHttpConnector connector(ConnectionProvider.Builder builder, UnaryOperator<HttpClient> route,
			HttpProtocol... protocols) {
		ConnectionProvider pool = builder.build();
		this.pools.add(pool);
		HttpClient client = HttpClient.create(pool)
			.protocol(protocols)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(this.settings.connectTimeout().toMillis()))
			.httpResponseDecoder(Connections::decoder)
			.doOnChannelInit((observer, channel, remote) -> connectionBegun(channel, observer, remote));
		if (this.settings.http2()) {
			client = client.http2Settings(Connections::http2Settings)
				.doOnResponse((response, connection) -> WindowUpdates.install(connection.channel()));
		}
		TlsMaterial material = this.tls;
		if (material != null) {
			client = client.secure((spec) -> spec.sslContext(material.context(this.settings.http2())));
		}
		return new NettyConnector(ConnectionClock.install(route.apply(this.customizer.apply(client))),
				this::requestPrepared);
	}

	/**
	 * A server that is silent in the handshake has not been connected to. A connection of
	 * HTTP/2 may be waited for by others than the request that it was begun for.
	 */
	private void connectionBegun(Channel channel, ConnectionObserver observer, @Nullable SocketAddress remote) {
		if (remote != null && !this.full && this.hosts.add(remote)) {
			this.full = this.hosts.size() >= MAX_HOSTS;
		}
		if (this.closed) {
			// whoever chose these before, and used them now, has made a pool
			closePools();
		}
		SslHandler tls = channel.pipeline().get(SslHandler.class);
		if (tls != null) {
			tls.setHandshakeTimeoutMillis(channel.config().getConnectTimeoutMillis());
		}
		WebClientExchange exchange = observer.currentContext().getOrDefault(WebClientExchange.class, null);
		if (exchange != null && !this.settings.http2()) {
			exchange.connecting(channel);
		}
	}

	private void requestPrepared(Channel channel, WebClientExchange exchange) {
		if (!this.settings.readTimeout().isZero()) {
			exchange.watch(ReadTimeout.install(channel, this.settings.readTimeout().toNanos()));
		}
		WireHandler.install(channel, exchange);
	}

	/** The size of chunks has no other setting as long as there is Netty 4. */
	@SuppressWarnings("deprecation")
	private static HttpResponseDecoderSpec decoder(HttpResponseDecoderSpec decoder) {
		return decoder.maxHeaderSize(MAX_HEADER_SIZE)
			.maxChunkSize(MAX_CHUNK_SIZE)
			.allowDuplicateContentLengths(true)
			.validateHeaders(false);
	}

	private static void http2Settings(Http2SettingsSpec.Builder http2) {
		http2.maxHeaderListSize(MAX_HEADER_SIZE).initialWindowSize(WindowUpdates.STREAM_WINDOW);
	}

	private HttpClient resolving(HttpClient client) {
		AddressResolverGroup<?> given = client.configuration().resolver();
		Predicate<InetAddress> filter = this.settings.addressFilter();
		if (given != null && filter == null) {
			return client;
		}
		AddressResolverGroup<InetSocketAddress> resolving = this.addresses;
		if (resolving == null) {
			Supplier<AddressResolverGroup<?>> resolvers = () -> (given != null) ? given
					: HttpResources.get().getOrCreateDefaultResolver();
			resolving = (filter != null) ? new FilteredAddresses(filter, resolvers) : new CurrentAddresses(resolvers);
			this.addresses = resolving;
		}
		return client.resolver(resolving);
	}

	@Override
	public ClientHttpConnector connector() {
		return this.connector;
	}

	@Override
	public boolean isFull() {
		return this.full;
	}

	@Override
	public void close() {
		this.closed = true;
		closePools();
		if (this.addresses != null) {
			this.addresses.close();
		}
	}

	private void closePools() {
		for (ConnectionProvider pool : this.pools) {
			pool.disposeLater().subscribe(null, (ex) -> logger.debug("A connection could not be closed", ex));
		}
	}

}
