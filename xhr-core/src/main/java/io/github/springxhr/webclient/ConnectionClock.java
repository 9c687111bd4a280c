package io.github.springxhr.webclient;

import java.time.Duration;

import io.github.springxhr.fetch.ConnectionInfo.Setup;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;

/**
 * Measures how a connection is made: looking up the name, connecting, through a proxy if
 * there is one, and the TLS handshake. There is one for each connection, until its first
 * request, and none of it is left in the channel after that.
 *
 * <h2>Concurrency</h2> Belongs to the channel's event loop.
 */
final class ConnectionClock extends ChannelInboundHandlerAdapter {

	private static final String NAME = "xhr.clock";

	private static final AttributeKey<ConnectionClock> KEY = AttributeKey.valueOf(ConnectionClock.class, "clock");

	private long connecting = System.nanoTime();

	private long resolving;

	private @Nullable Duration resolve;

	private @Nullable Duration connect;

	private @Nullable Duration tls;

	private ConnectionClock() {
	}

	static HttpClient install(HttpClient client) {
		return client.doOnChannelInit((observer, channel, remote) -> install(channel))
			.doOnResolve((connection) -> of(connection.channel()).resolving = System.nanoTime())
			.doAfterResolve((connection, address) -> of(connection.channel()).resolved());
	}

	private static void install(Channel channel) {
		ConnectionClock clock = new ConnectionClock();
		channel.attr(KEY).set(clock);
		ChannelPipeline pipeline = channel.pipeline();
		boolean secure = pipeline.get(NettyPipeline.SslHandler) != null;
		pipeline.addBefore(secure ? NettyPipeline.SslHandler : NettyPipeline.ReactiveBridge, NAME, clock);
	}

	private static ConnectionClock of(Channel channel) {
		ConnectionClock clock = channel.attr(KEY).get();
		return (clock != null) ? clock : new ConnectionClock();
	}

	/**
	 * Return what was measured, to the first request of a connection.
	 */
	static @Nullable Setup take(Channel channel) {
		ConnectionClock clock = channel.attr(KEY).getAndSet(null);
		return (clock != null) ? new Setup(clock.resolve, clock.connect, clock.tls) : null;
	}

	private void resolved() {
		this.connecting = System.nanoTime();
		this.resolve = Duration.ofNanos(this.connecting - this.resolving);
	}

	/**
	 * The connection is there, the proxy's answer included: it waits for it before it
	 * lets others know.
	 */
	@Override
	public void channelActive(ChannelHandlerContext context) {
		long connected = System.nanoTime();
		this.connect = Duration.ofNanos(connected - this.connecting);
		SslHandler handler = context.pipeline().get(SslHandler.class);
		if (handler != null) {
			handler.handshakeFuture().addListener((done) -> this.tls = Duration.ofNanos(System.nanoTime() - connected));
		}
		context.fireChannelActive();
		context.pipeline().remove(this);
	}

}
