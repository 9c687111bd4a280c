package io.github.springxhr.webclient;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.netty.NettyPipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * A connection of HTTP/2 with one stream, whose server is the test.
 */
class WindowUpdatesTests {

	private static final int DATA = 0;

	private static final int HEADERS = 1;

	private static final int SETTINGS = 4;

	private static final int WINDOW_UPDATE = 8;

	private static final int HEADER_LENGTH = 9;

	/** {@code :status: 200} in HPACK. */
	private static final byte[] OK = { (byte) 0x88 };

	private final EmbeddedChannel connection = new EmbeddedChannel(Http2FrameCodecBuilder.forClient().build(),
			new Http2MultiplexHandler(new ChannelInboundHandlerAdapter()));

	private Http2StreamChannel stream;

	@BeforeEach
	void sendRequest() {
		this.stream = new Http2StreamChannelBootstrap(this.connection).handler(new ChannelInitializer<Channel>() {
			@Override
			protected void initChannel(Channel channel) {
				channel.pipeline().addLast(NettyPipeline.ReactiveBridge, new SlowReader());
			}
		}).open().getNow();
		this.stream.writeAndFlush(
				new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().method("GET").scheme("https").path("/"), true));
		receive(SETTINGS, 0, 0, new byte[0]);
		receive(HEADERS, 4, this.stream.stream().id(), OK);
		windowUpdates();
	}

	@AfterEach
	void close() {
		this.connection.finishAndReleaseAll();
	}

	private void receive(int type, int flags, int streamId, byte[]... payloads) {
		ByteBuf frames = Unpooled.buffer();
		for (byte[] payload : payloads) {
			frames.writeMedium(payload.length).writeByte(type).writeByte(flags).writeInt(streamId).writeBytes(payload);
		}
		this.connection.writeInbound(frames);
	}

	/** Return how many window updates have left since the last time. */
	private int windowUpdates() {
		int count = 0;
		ByteBuf sent = Unpooled.buffer();
		for (ByteBuf part = this.connection.readOutbound(); part != null; part = this.connection.readOutbound()) {
			sent.writeBytes(part);
			part.release();
		}
		if (sent.readableBytes() > 0 && sent.getByte(0) == 'P') {
			sent.skipBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".length());
		}
		while (sent.readableBytes() >= HEADER_LENGTH) {
			int length = sent.readUnsignedMedium();
			count += (sent.readByte() == WINDOW_UPDATE) ? 1 : 0;
			sent.skipBytes(HEADER_LENGTH - 4 + length);
		}
		return count;
	}

	@Test
	void leaveWhenAReaderThatWasSlowAsksForMore() {
		WindowUpdates.install(this.stream);
		this.connection.flush();
		windowUpdates();
		this.stream.read();
		receive(DATA, 0, this.stream.stream().id(), new byte[16 * 1024], new byte[16 * 1024], new byte[16 * 1024]);
		assertThat(this.stream.config().isAutoRead()).isFalse();
		assertThat(windowUpdates()).isZero();
		this.stream.config().setAutoRead(true);
		assertThat(windowUpdates()).isPositive();
	}

	@Test
	void firstOneWidensTheConnectionOnce() {
		WindowUpdates.install(this.stream);
		this.connection.flush();
		assertThat(windowUpdates()).isEqualTo(1);
		WindowUpdates.install(this.stream);
		this.connection.flush();
		assertThat(windowUpdates()).isZero();
	}

	@Test
	void connectionOfHttp1IsLeftAlone() {
		EmbeddedChannel channel = new EmbeddedChannel();
		assertThatNoException().isThrownBy(() -> WindowUpdates.install(channel));
		assertThat(channel.pipeline().names()).hasSize(1);
		channel.finishAndReleaseAll();
	}

	/**
	 * Wants no more than three parts of the body.
	 */
	private static final class SlowReader extends ChannelInboundHandlerAdapter {

		private int parts;

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof Http2DataFrame && ++this.parts == 3) {
				context.channel().config().setAutoRead(false);
			}
			ReferenceCountUtil.release(message);
		}

	}

}
