package io.github.springxhr.webclient;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2LocalFlowController;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2StreamChannel;
import reactor.netty.NettyPipeline;

/**
 * Sends the window updates of a stream of HTTP/2 when they are due, and makes the window
 * of its connection wide enough for several streams: as wide as that of one, a reader
 * that is slow would hold up all others.
 * <p>
 * A stream that is read from again gives back the window of what has been read: Netty
 * writes the update, and relies on the end of the connection's read to flush it. A reader
 * that was slow asks from outside of one, and if a read was pending already there is no
 * flush at all. The server then waits for window while the client waits for data.
 */
@Sharable
final class WindowUpdates extends ChannelOutboundHandlerAdapter {

	/** How much of one response may wait for its reader, in bytes. */
	static final int STREAM_WINDOW = 256 * 1024;

	/** How much may wait for all readers of a connection, in bytes. */
	private static final int CONNECTION_WINDOW = 64 * STREAM_WINDOW;

	private static final String NAME = "xhr.window";

	private static final WindowUpdates INSTANCE = new WindowUpdates();

	private WindowUpdates() {
	}

	/**
	 * Install the handler, when the head of a response is there. Also the stream of the
	 * request that asked for an upgrade has its channel by then.
	 * @param channel the channel of a connection, which is left alone, or of a stream
	 */
	static void install(Channel channel) {
		if (channel instanceof Http2StreamChannel && channel.pipeline().get(NAME) == null) {
			channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, NAME, INSTANCE);
			widen(channel.parent().pipeline().get(Http2FrameCodec.class).connection());
		}
	}

	private static void widen(Http2Connection connection) {
		Http2Stream all = connection.connectionStream();
		Http2LocalFlowController windows = connection.local().flowController();
		int missing = CONNECTION_WINDOW - windows.initialWindowSize(all);
		try {
			if (missing > 0) {
				windows.incrementWindowSize(all, missing);
			}
		}
		catch (Http2Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void read(ChannelHandlerContext context) {
		context.read();
		// does nothing if nothing was written, or if the connection is being read
		context.flush();
	}

}
