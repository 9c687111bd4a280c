package io.github.springxhr.webclient;

import io.github.springxhr.http.RequestBody;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpClientUpgradeHandler.UpgradeEvent;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * The upgrade of a connection without TLS to HTTP/2, which its first request asks for.
 * <p>
 * As a handler it does for the response to that request what {@link WireHandler} does for
 * all others: the HTTP client makes the channel of that stream by itself, out of reach.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7540#section-3.2">RFC 7540, starting
 * HTTP/2 for http URIs</a>
 */
final class Upgrade extends ChannelInboundHandlerAdapter {

	/** The stream of the request that asked for the upgrade. */
	private static final int UPGRADED_STREAM = 1;

	/** What is written in one piece, before any answer can come. */
	private static final int MAX_BODY = RequestBodyInserter.SLICE;

	private int interimResponses;

	/**
	 * Before the first request of a connection is written: a request whose body takes
	 * more than one write does not ask for an upgrade. The answer could come in between,
	 * and the HTTP client would write the rest in the other protocol; and servers that
	 * upgrade have to hold such a body in memory.
	 */
	static void prepare(Channel channel, @Nullable RequestBody body) {
		if (body == null || (body instanceof RequestBody.Bytes && body.length() <= MAX_BODY)) {
			return;
		}
		ChannelHandlerContext upgrade = channel.pipeline().context(NettyPipeline.H2CUpgradeHandler);
		if (upgrade != null) {
			upgrade.fireUserEventTriggered(UpgradeEvent.UPGRADE_REJECTED);
			channel.pipeline().remove(NettyPipeline.H2CUpgradeHandler);
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		if (message instanceof Http2HeadersFrame frame && frame.stream() != null
				&& frame.stream().id() == UPGRADED_STREAM && frame.headers().status() != null) {
			int status = status(frame.headers().status());
			if (status < 200 && ResponseHeads.isInterim(status, ++this.interimResponses) && !frame.isEndStream()) {
				return;
			}
			if (!ResponseHeads.isFinal(status) || ResponseHeads.isMalformed(frame.headers().iterator())) {
				// no codec takes this
				frame.headers().status("malformed");
			}
		}
		context.fireChannelRead(message);
	}

	private static int status(CharSequence status) {
		boolean number = status.length() == 3 && status.chars().allMatch((digit) -> digit >= '0' && digit <= '9');
		return number ? Integer.parseInt(status.toString()) : Integer.MAX_VALUE;
	}

}
