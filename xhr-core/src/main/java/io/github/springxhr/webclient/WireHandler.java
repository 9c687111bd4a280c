package io.github.springxhr.webclient;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLSession;

import io.github.springxhr.fetch.ConnectionInfo;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelProgressiveFuture;
import io.netty.channel.ChannelProgressiveFutureListener;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpClientUpgradeHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.Attribute;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;

/**
 * Stands between the HTTP codec and the HTTP client.
 * <p>
 * It sees a request leave for the socket: a write's promise is kept when the bytes have
 * been handed to the operating system, so what it counts has been sent, where a count of
 * what the body's publisher emitted only tells what was buffered.
 * <p>
 * It keeps interim responses back, the first of which the HTTP client would take for the
 * final one, and status codes that there are not.
 * <p>
 * In HTTP/2 it sits in the channel of each stream.
 */
final class WireHandler extends ChannelDuplexHandler {

	private static final String NAME = "xhr.wire";

	/**
	 * How much may wait in the operating system's send buffer. By default that is some
	 * megabytes, which would count as uploaded while they are not. By name, as only one
	 * of Netty's transports has the option; the others ignore it.
	 */
	private static final ChannelOption<Long> UNSENT_LOW_WATER_MARK = ChannelOption
		.valueOf("io.netty.channel.epoll.EpollChannelOption#TCP_NOTSENT_LOWAT");

	private static final long UNSENT_BYTES = 128 * 1024L;

	/**
	 * How much that is while a slice of a file takes less than {@link #FAST_SLICE}, so
	 * that it is on its way before the next event: with less, the time goes into being
	 * woken up.
	 */
	private static final long UNSENT_BYTES_WHEN_FAST = FileSlices.SLICE;

	private static final long FAST_SLICE = TimeUnit.MILLISECONDS.toNanos(25);

	private static final AttributeKey<Boolean> USED = AttributeKey.valueOf(WireHandler.class, "used");

	private @Nullable WebClientExchange exchange;

	private int interimResponses;

	private boolean inInterimResponse;

	private boolean refused;

	private boolean fast;

	/** What there is to say of the connection each time that it is used again. */
	private @Nullable ConnectionInfo reusedConnection;

	private final ExcessBytes excess = new ExcessBytes(this);

	private WireHandler() {
	}

	void bytesReceived() {
		if (this.exchange != null) {
			this.exchange.bytesReceived();
		}
	}

	boolean isIdle() {
		return this.exchange == null;
	}

	/**
	 * Make the exchange the one whose request the channel sends next.
	 * @param channel the channel of a connection, or that of a stream of HTTP/2
	 */
	static void install(Channel channel, WebClientExchange exchange) {
		boolean reused = use(socket(channel));
		Upgrade.prepare(channel, exchange.networkRequest().body());
		WireHandler handler = (WireHandler) channel.pipeline().get(NAME);
		ConnectionInfo known = (reused && handler != null) ? handler.reusedConnection : null;
		ConnectionInfo connection = (known != null) ? known : connectionInfo(channel, reused);
		exchange.requestStarted(channel, connection);
		if (handler == null) {
			handler = new WireHandler();
			channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, NAME, handler);
			handler.excess.install(channel.pipeline());
		}
		if (reused && known == null) {
			handler.reusedConnection = connection;
		}
		handler.expect(channel, false);
		handler.exchange = exchange;
		handler.interimResponses = 0;
	}

	/**
	 * Mark a connection as used. Called on its event loop.
	 * @return whether it was used before
	 */
	private static boolean use(Channel socket) {
		Attribute<Boolean> used = socket.attr(USED);
		if (used.get() != null) {
			return true;
		}
		used.set(Boolean.TRUE);
		limitUnsentBytes(socket, UNSENT_BYTES);
		return false;
	}

	private void expect(Channel channel, boolean fast) {
		if (this.fast != fast) {
			this.fast = fast;
			limitUnsentBytes(channel, fast ? UNSENT_BYTES_WHEN_FAST : UNSENT_BYTES);
		}
	}

	static void limitUnsentBytes(Channel channel, long bytes) {
		try {
			if (channel.isOpen()) {
				channel.config().setOption(UNSENT_LOW_WATER_MARK, bytes);
			}
		}
		catch (ChannelException ex) {
			// closed meanwhile, by an abort for instance
		}
	}

	private static Channel socket(Channel channel) {
		return (channel instanceof Http2StreamChannel) ? channel.parent() : channel;
	}

	private static ConnectionInfo connectionInfo(Channel channel, boolean reused) {
		Channel socket = socket(channel);
		SslHandler tls = socket.pipeline().get(SslHandler.class);
		SSLSession session = (tls != null) ? tls.engine().getSession() : null;
		String http2 = (session != null) ? "h2" : "h2c";
		return new ConnectionInfo((socket == channel) ? "http/1.1" : http2, socket.localAddress(),
				socket.remoteAddress(), (session != null) ? session.getProtocol() : null,
				(session != null) ? session.getCipherSuite() : null, reused, ConnectionClock.take(socket));
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event == HttpClientUpgradeHandler.UpgradeEvent.UPGRADE_SUCCESSFUL) {
			context.pipeline().addBefore(NettyPipeline.H2MultiplexHandler, null, new Upgrade());
		}
		context.fireUserEventTriggered(event);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		WebClientExchange current = this.exchange;
		if (message instanceof FileSlices.Part part) {
			write(context, part.slice(), current, promise);
			return;
		}
		if (current == null) {
			context.write(message, promise);
			return;
		}
		Object outgoing = (message instanceof HttpRequest request)
				? RequestHeads.complete(request, current.networkRequest(), current.uri()) : message;
		int bytes = contentLength(outgoing);
		boolean last = outgoing instanceof LastHttpContent;
		ChannelPromise observed = promise.unvoid();
		observed.addListener((future) -> {
			if (!future.isSuccess()) {
				notWritten(context, future.cause());
			}
			else if (bytes > 0 || last) {
				current.requestWritten(bytes, last);
			}
		});
		context.write(outgoing, observed);
	}

	/**
	 * Write a part of a file. The promise is told what has been handed to the operating
	 * system before all of it has.
	 */
	private void write(ChannelHandlerContext context, FileSlices.Slice slice, @Nullable WebClientExchange exchange,
			ChannelPromise promise) {
		if (exchange == null) {
			context.write(slice, promise);
			return;
		}
		FileProgress progress = new FileProgress(slice, exchange, promise.unvoid());
		context.write(slice, context.newProgressivePromise().addListener(progress));
	}

	/**
	 * Return whether a channel takes parts of files: encrypted or framed they have to be
	 * read.
	 */
	static boolean takesFiles(Channel channel) {
		return !(channel instanceof Http2StreamChannel) && channel.pipeline().get(SslHandler.class) == null
				&& channel.pipeline().get(NettyPipeline.H2CUpgradeHandler) == null;
	}

	/**
	 * Tell of a request that no codec takes, which the HTTP client does not hear of. That
	 * a connection is lost it is told anyway.
	 * <p>
	 * Deviation: over HTTP/2 that is one with a control character in a header's value,
	 * which the standard allows.
	 */
	private static void notWritten(ChannelHandlerContext context, Throwable cause) {
		if (!(cause instanceof IOException)) {
			context.fireExceptionCaught(cause);
			context.close();
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.refused || (this.exchange == null && message instanceof HttpObject)) {
			ReferenceCountUtil.release(message);
			return;
		}
		if (message instanceof HttpResponse response) {
			this.excess.responseBegins(response);
			int status = response.status().code();
			this.inInterimResponse = status >= 100 && status < 200;
			String reason = isPossible(status) ? null : "Unexpected status code " + status;
			if (reason == null && response.protocolVersion().majorVersion() != 1) {
				reason = "Unexpected version of HTTP";
			}
			if (reason == null && ResponseHeads.isMalformed(response.headers().iteratorCharSequence())) {
				reason = "Malformed header";
			}
			if (reason != null) {
				this.refused = true;
				ReferenceCountUtil.release(message);
				context.fireExceptionCaught(new DecoderException(reason));
				context.close();
				return;
			}
		}
		if (this.inInterimResponse && (message instanceof HttpResponse || message instanceof HttpContent)) {
			this.inInterimResponse = !(message instanceof LastHttpContent);
			ReferenceCountUtil.release(message);
			context.read();
			return;
		}
		if (message instanceof LastHttpContent) {
			if (this.excess.isTruncated(context.channel())) {
				ReferenceCountUtil.release(message);
				context.fireExceptionCaught(new ClosedChannelException());
				return;
			}
			if (this.excess.isPresent()) {
				Connection.from(context.channel()).markPersistent(false);
			}
			// a connection that idles in the pool holds on to nothing
			this.exchange = null;
		}
		context.fireChannelRead(message);
	}

	private boolean isPossible(int status) {
		if (this.inInterimResponse) {
			this.interimResponses++;
			return ResponseHeads.isInterim(status, this.interimResponses);
		}
		return ResponseHeads.isFinal(status);
	}

	private static int contentLength(Object message) {
		if (message instanceof ByteBuf buffer) {
			return buffer.readableBytes();
		}
		return (message instanceof ByteBufHolder holder) ? holder.content().readableBytes() : 0;
	}

	/**
	 * Counts how much of a part of a file has been sent.
	 */
	private final class FileProgress implements ChannelProgressiveFutureListener {

		private final FileSlices.Slice slice;

		private final WebClientExchange exchange;

		private final ChannelPromise promise;

		private final long begun = System.nanoTime();

		private long counted;

		FileProgress(FileSlices.Slice slice, WebClientExchange exchange, ChannelPromise promise) {
			this.slice = slice;
			this.exchange = exchange;
			this.promise = promise;
		}

		@Override
		public void operationProgressed(ChannelProgressiveFuture future, long progress, long total) {
			count(progress);
		}

		@Override
		public void operationComplete(ChannelProgressiveFuture future) {
			Throwable cause = future.cause();
			if (cause == null) {
				count(this.slice.count());
				if (this.slice.count() == FileSlices.SLICE) {
					expect(future.channel(), System.nanoTime() - this.begun < FAST_SLICE);
				}
				this.promise.trySuccess();
				return;
			}
			if (this.slice.isCutShort()) {
				this.exchange.failed(RequestBodyException.of(cause));
			}
			this.promise.tryFailure(cause);
		}

		private void count(long sent) {
			long more = sent - this.counted;
			this.counted = sent;
			if (more > 0) {
				this.exchange.requestWritten((int) more, false);
			}
		}

	}

}
