package io.github.springxhr.webclient;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

import io.github.springxhr.fetch.ConnectionInfo.Setup;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;

/**
 * Measures how a connection is made: looking up the name, connecting, through a proxy if
 * there is one, and the TLS handshake. There is one for each connection, until its first
 * request, and none of it is left in the channel after that.
 *
 * <h2>Concurrency</h2> Written on the channel's event loop, read in any thread; the lock
 * is for the fields.
 */
final class ConnectionClock extends ChannelInboundHandlerAdapter {

	private static final String NAME = "xhr.clock";

	private static final AttributeKey<ConnectionClock> KEY = AttributeKey.valueOf(ConnectionClock.class, "clock");

	private final Map<Step, Duration> took = new EnumMap<>(Step.class);

	/** What goes on. */
	private @Nullable Step step = Step.CONNECT;

	/** When it began. */
	private long since = System.nanoTime();

	private ConnectionClock() {
	}

	static HttpClient install(HttpClient client) {
		return client.doOnChannelInit((observer, channel, remote) -> install(observer, channel))
			.doOnResolve((connection) -> of(connection.channel()).begin(Step.RESOLVE))
			.doAfterResolve((connection, address) -> of(connection.channel()).resolved());
	}

	private static void install(ConnectionObserver observer, Channel channel) {
		ConnectionClock clock = new ConnectionClock();
		WebClientExchange exchange = observer.currentContext().getOrDefault(WebClientExchange.class, null);
		ConnectionClock before = (exchange != null) ? exchange.connecting(clock) : null;
		if (before != null) {
			clock.goOn(before);
		}
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
		Attribute<ConnectionClock> attribute = channel.attr(KEY);
		ConnectionClock clock = (attribute.get() != null) ? attribute.getAndSet(null) : null;
		return (clock != null) ? clock.soFar() : null;
	}

	/**
	 * Return what was measured so far, with what still goes on.
	 */
	synchronized Setup soFar() {
		return new Setup(time(Step.RESOLVE), time(Step.CONNECT), time(Step.TLS));
	}

	private @Nullable Duration time(Step asked) {
		return (asked == this.step) ? Duration.ofNanos(System.nanoTime() - this.since) : this.took.get(asked);
	}

	/**
	 * Take over from the clock of an address that could not be connected to, as the host
	 * has others.
	 */
	private void goOn(ConnectionClock before) {
		synchronized (before) {
			if (before.step == Step.CONNECT) {
				this.took.putAll(before.took);
				this.since = before.since;
			}
		}
	}

	private synchronized void begin(@Nullable Step begun) {
		this.step = begun;
		this.since = System.nanoTime();
	}

	/**
	 * The name is known. If the connection is there at once, that is told first.
	 */
	private synchronized void resolved() {
		if (this.step == Step.RESOLVE) {
			next(Step.CONNECT);
		}
	}

	private synchronized void next(@Nullable Step begun) {
		Step done = this.step;
		if (done != null) {
			this.took.put(done, Duration.ofNanos(System.nanoTime() - this.since));
		}
		begin(begun);
	}

	/**
	 * The connection is there, the proxy's answer included: it waits for it before it
	 * lets others know.
	 */
	@Override
	public void channelActive(ChannelHandlerContext context) {
		SslHandler handler = context.pipeline().get(SslHandler.class);
		resolved();
		next((handler != null) ? Step.TLS : null);
		if (handler != null) {
			handler.handshakeFuture().addListener((done) -> next(null));
		}
		context.fireChannelActive();
		context.pipeline().remove(this);
	}

	/**
	 * What it takes to make a connection.
	 */
	private enum Step {

		RESOLVE, CONNECT, TLS

	}

}
