package io.github.springxhr.webclient;

import java.util.Map;

import javax.net.ssl.SSLSession;

import io.github.springxhr.fetch.ConnectionInfo;
import io.github.springxhr.http.HttpRules;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
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
 */
final class WireHandler extends ChannelDuplexHandler {

	private static final String NAME = "xhr.wire";

	/** A server that sends more has no final response in mind. */
	private static final int MAX_INTERIM_RESPONSES = 16;

	private @Nullable WebClientExchange exchange;

	private int interimResponses;

	private boolean inInterimResponse;

	private boolean refused;

	private WireHandler() {
	}

	/**
	 * Make the exchange the one whose request the channel sends next.
	 */
	static void install(Channel channel, WebClientExchange exchange) {
		WireHandler handler = (WireHandler) channel.pipeline().get(NAME);
		exchange.requestStarted(channel, connectionInfo(channel, handler != null));
		if (handler == null) {
			handler = new WireHandler();
			channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, NAME, handler);
		}
		handler.exchange = exchange;
		handler.interimResponses = 0;
	}

	private static ConnectionInfo connectionInfo(Channel channel, boolean reused) {
		Channel socket = (channel.parent() instanceof SocketChannel) ? channel.parent() : channel;
		SslHandler tls = socket.pipeline().get(SslHandler.class);
		SSLSession session = (tls != null) ? tls.engine().getSession() : null;
		return new ConnectionInfo((socket == channel) ? "http/1.1" : "h2", socket.localAddress(),
				socket.remoteAddress(), (session != null) ? session.getProtocol() : null,
				(session != null) ? session.getCipherSuite() : null, reused);
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		WebClientExchange current = this.exchange;
		if (current == null) {
			context.write(message, promise);
			return;
		}
		Object outgoing = (message instanceof HttpRequest request)
				? RequestHeads.complete(request, current.networkRequest()) : message;
		int bytes = contentLength(outgoing);
		boolean last = outgoing instanceof LastHttpContent;
		if (bytes == 0 && !last) {
			context.write(outgoing, promise);
			return;
		}
		ChannelPromise observed = promise.unvoid();
		observed.addListener((future) -> {
			if (future.isSuccess()) {
				current.requestWritten(bytes, last);
			}
		});
		context.write(outgoing, observed);
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (this.refused) {
			ReferenceCountUtil.release(message);
			return;
		}
		if (message instanceof HttpResponse response) {
			int status = response.status().code();
			this.inInterimResponse = status >= 100 && status < 200;
			String reason = isPossible(status) ? malformedHeader(response) : "Unexpected status code " + status;
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
			// a connection that idles in the pool holds on to nothing
			this.exchange = null;
		}
		context.fireChannelRead(message);
	}

	private boolean isPossible(int status) {
		if (this.inInterimResponse) {
			this.interimResponses++;
			return status != 101 && this.interimResponses <= MAX_INTERIM_RESPONSES;
		}
		return status >= 200 && status <= 999;
	}

	/**
	 * Check the headers by the Fetch Standard, as the codec's own check refuses more.
	 */
	private static @Nullable String malformedHeader(HttpResponse response) {
		for (Map.Entry<String, String> header : response.headers()) {
			if (!HttpRules.isHeaderName(header.getKey()) || !HttpRules.isHeaderValue(header.getValue())) {
				return "Malformed header";
			}
		}
		return null;
	}

	private static int contentLength(Object message) {
		if (message instanceof ByteBuf buffer) {
			return buffer.readableBytes();
		}
		return (message instanceof ByteBufHolder holder) ? holder.content().readableBytes() : 0;
	}

}
