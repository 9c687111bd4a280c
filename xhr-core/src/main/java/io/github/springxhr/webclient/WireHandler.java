package io.github.springxhr.webclient;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import reactor.netty.NettyPipeline;

/**
 * Sees a request leave for the socket: a write's promise is kept when the bytes have been
 * handed to the operating system, so what it counts has been sent, where a count of what
 * the body's publisher emitted only tells what was buffered.
 */
@Sharable
final class WireHandler extends ChannelOutboundHandlerAdapter {

	private static final String NAME = "xhr.wire";

	private static final WireHandler INSTANCE = new WireHandler();

	private static final AttributeKey<WebClientExchange> EXCHANGE = AttributeKey
		.valueOf(WebClientExchange.class.getName());

	private WireHandler() {
	}

	/**
	 * Make the exchange the one whose request the channel sends next.
	 */
	static void install(Channel channel, WebClientExchange exchange) {
		exchange.requestStarted();
		channel.attr(EXCHANGE).set(exchange);
		if (channel.pipeline().get(NAME) == null) {
			channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, NAME, INSTANCE);
		}
	}

	@Override
	public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
		WebClientExchange exchange = context.channel().attr(EXCHANGE).get();
		if (exchange == null) {
			context.write(message, promise);
			return;
		}
		if (message instanceof HttpRequest request) {
			request.setUri(exchange.networkRequest().url().requestTarget());
		}
		int bytes = contentLength(message);
		boolean last = message instanceof LastHttpContent;
		if (bytes > 0 || last) {
			ChannelPromise observed = promise.unvoid();
			observed.addListener((future) -> {
				if (future.isSuccess()) {
					written(exchange, bytes, last);
				}
			});
			context.write(message, observed);
		}
		else {
			context.write(message, promise);
		}
	}

	private static void written(WebClientExchange exchange, int bytes, boolean last) {
		if (exchange.networkRequest().body() != null) {
			exchange.requestBodyWritten(bytes, last);
		}
		else {
			exchange.requestWritten();
		}
	}

	private static int contentLength(Object message) {
		if (message instanceof ByteBuf buffer) {
			return buffer.readableBytes();
		}
		return (message instanceof ByteBufHolder holder) ? holder.content().readableBytes() : 0;
	}

}
