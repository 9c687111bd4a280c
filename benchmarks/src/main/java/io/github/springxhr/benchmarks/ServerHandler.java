package io.github.springxhr.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import io.github.springxhr.benchmarks.peer.Order;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Answers the requests of a connection.
 */
final class ServerHandler extends ChannelInboundHandlerAdapter {

	private static final int CHUNK = 64 * 1024;

	private static final ByteBuf KIBIBYTE = filled(1024);

	private static final ByteBuf CHUNK_OF_BODY = filled(CHUNK);

	private static final ByteBuf JSON = Unpooled.unreleasableBuffer(Unpooled.copiedBuffer(
			"{\"id\":" + Order.SAMPLE
					+ ",\"customer\":\"A name of some length\",\"city\":\"Zürich\",\"total\":129.95,\"paid\":true}",
			StandardCharsets.UTF_8));

	private String path = "/";

	private long received;

	private long unsent;

	private boolean writing;

	private static ByteBuf filled(int length) {
		byte[] bytes = new byte[length];
		java.util.Arrays.fill(bytes, (byte) 'x');
		return Unpooled.unreleasableBuffer(Unpooled.directBuffer(length).writeBytes(bytes));
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof HttpRequest request) {
			this.path = request.uri();
			this.received = 0;
		}
		if (message instanceof HttpContent content) {
			this.received += content.content().readableBytes();
		}
		ReferenceCountUtil.release(message);
		if (message instanceof LastHttpContent) {
			respond(context);
		}
	}

	private void respond(ChannelHandlerContext context) {
		if (this.received > 0) {
			full(context, "text/plain", Unpooled.copiedBuffer(Long.toString(this.received), StandardCharsets.US_ASCII));
		}
		else if (this.path.startsWith("/bytes/")) {
			stream(context, number());
		}
		else if (this.path.startsWith("/slow/")) {
			context.executor()
				.schedule(() -> full(context, "text/plain", KIBIBYTE.duplicate()), number(), TimeUnit.MILLISECONDS);
		}
		else if (this.path.equals("/html")) {
			full(context, "text/html", Unpooled.EMPTY_BUFFER);
		}
		else if (this.path.equals("/json")) {
			full(context, "application/json", JSON.duplicate());
		}
		else {
			full(context, "text/plain", KIBIBYTE.duplicate());
		}
	}

	private long number() {
		return Long.parseLong(this.path, this.path.lastIndexOf('/') + 1, this.path.length(), 10);
	}

	private void full(ChannelHandlerContext context, String type, ByteBuf body) {
		HttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
		context.writeAndFlush(describe(response, type, body.readableBytes()));
	}

	private static HttpResponse describe(HttpResponse response, String type, long length) {
		response.headers().set(HttpHeaderNames.CONTENT_TYPE, type).set(HttpHeaderNames.CONTENT_LENGTH, length);
		return response;
	}

	private void stream(ChannelHandlerContext context, long length) {
		HttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
		context.write(describe(response, "text/plain", length));
		this.unsent = length;
		writeMore(context);
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		writeMore(context);
	}

	/** To write may make the channel writable again, within the call. */
	private void writeMore(ChannelHandlerContext context) {
		if (this.unsent == 0 || this.writing) {
			return;
		}
		this.writing = true;
		writeAll(context);
		this.writing = false;
	}

	private void writeAll(ChannelHandlerContext context) {
		while (this.unsent > 0 && context.channel().isWritable()) {
			int length = (int) Math.min(CHUNK, this.unsent);
			this.unsent -= length;
			context.write(new DefaultHttpContent(CHUNK_OF_BODY.slice(0, length)));
			if (this.unsent > 0 && !context.channel().isWritable()) {
				context.flush();
			}
		}
		if (this.unsent == 0) {
			context.write(LastHttpContent.EMPTY_LAST_CONTENT);
		}
		context.flush();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		context.close();
	}

}
