package io.github.springxhr.webclient;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpClientUpgradeHandler;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Stands before the HTTP/1.1 codec and sees what it does not tell: that there are bytes
 * past the end of a response, which must not become the beginning of the next one, and
 * whether TLS was ended by the server or cut.
 * <p>
 * The codec reads a buffer in place, so what is left of it at the end of a response does
 * not belong to that response. What comes while the codec still has a part of the buffer
 * before is added to that, if there is room; if there is not, nothing is known, and the
 * bytes are found when the next response cannot be read.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112.html#section-6.3">RFC 9112,
 * 6.3</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112.html#section-9.8">RFC 9112,
 * 9.8</a>
 */
final class ExcessBytes extends ChannelInboundHandlerAdapter {

	private final WireHandler wire;

	private @Nullable ByteBuf reading;

	private @Nullable ByteBuf kept;

	private boolean endedByConnection;

	private boolean closeNotified;

	ExcessBytes(WireHandler wire) {
		this.wire = wire;
	}

	void install(ChannelPipeline pipeline) {
		ChannelHandlerContext codec = pipeline.context(HttpClientCodec.class);
		if (codec != null && pipeline.get(HttpClientUpgradeHandler.class) == null) {
			pipeline.addBefore(codec.name(), "xhr.excess", this);
		}
	}

	void responseBegins(HttpMessage response) {
		this.endedByConnection = !HttpUtil.isContentLengthSet(response)
				&& !HttpUtil.isTransferEncodingChunked(response);
	}

	/**
	 * Return whether, at the end of a response, there are bytes that are not part of it.
	 */
	boolean isPresent() {
		return hasBytes((this.kept != null) ? this.kept : this.reading);
	}

	private static boolean hasBytes(@Nullable ByteBuf buffer) {
		return buffer != null && buffer.refCnt() > 0 && buffer.isReadable();
	}

	/**
	 * Return whether a response that is ended by the end of the connection has been cut
	 * off: only TLS can tell.
	 */
	boolean isTruncated(Channel channel) {
		return this.endedByConnection && !this.closeNotified && !channel.isActive()
				&& channel.pipeline().get(SslHandler.class) != null;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (!(message instanceof ByteBuf buffer)) {
			context.fireChannelRead(message);
			return;
		}
		if (this.wire.isIdle()) {
			buffer.release();
			context.close();
			return;
		}
		this.wire.bytesReceived();
		buffer.retain();
		this.reading = buffer;
		try {
			context.fireChannelRead(buffer);
			ByteBuf decoded = (this.kept != null) ? this.kept : buffer;
			this.kept = hasBytes(decoded) ? decoded : null;
		}
		finally {
			this.reading = null;
			buffer.release();
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event == SslCloseCompletionEvent.SUCCESS) {
			this.closeNotified = true;
		}
		context.fireUserEventTriggered(event);
	}

}
