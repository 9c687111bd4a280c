package io.github.springxhr.webclient;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.resolver.AddressResolver;
import io.netty.util.concurrent.FutureListener;
import reactor.netty.http.HttpResources;
import reactor.netty.http.client.HttpClient;
import reactor.netty.transport.ProxyProvider;

/**
 * Leads the connections of an HTTP client through a proxy.
 * <p>
 * As a handler it resolves the proxy's name for each connection: the HTTP client would do
 * so once and for all, in the thread that builds it, and leaves all names alone after
 * that.
 */
final class ProxyRoute extends ChannelOutboundHandlerAdapter {

	private static final String NAME = "xhr.proxy-address";

	private ProxyRoute() {
	}

	static HttpClient through(ProxySettings proxy, Duration connectTimeout, HttpClient client) {
		InetSocketAddress address = InetSocketAddress.createUnresolved(proxy.host(), proxy.port());
		return client.proxy((spec) -> {
			ProxyProvider.Builder builder = spec.type(ProxyProvider.Proxy.valueOf(proxy.type().name()))
				.socketAddress(address)
				.connectTimeoutMillis(connectTimeout.toMillis());
			String username = proxy.username();
			String password = proxy.password();
			if (username != null) {
				builder.username(username);
			}
			if (password != null) {
				builder.password((user) -> password);
			}
		}).doOnChannelInit((observer, channel, remote) -> channel.pipeline().addFirst(NAME, new ProxyRoute()));
	}

	@Override
	@SuppressWarnings("unchecked")
	public void connect(ChannelHandlerContext context, SocketAddress remote, SocketAddress local,
			ChannelPromise promise) {
		AddressResolver<SocketAddress> resolver = (AddressResolver<SocketAddress>) HttpResources.get()
			.getOrCreateDefaultResolver()
			.getResolver(context.channel().eventLoop());
		resolver.resolve(remote).addListener((FutureListener<SocketAddress>) (resolved) -> {
			if (resolved.isSuccess()) {
				context.connect(resolved.getNow(), local, promise);
			}
			else {
				promise.tryFailure(new ProxyConnectException("the name is unknown", resolved.cause()));
			}
		});
	}

}
