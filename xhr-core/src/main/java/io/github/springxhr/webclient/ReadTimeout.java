package io.github.springxhr.webclient;

import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpClientUpgradeHandler.UpgradeEvent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.ReadTimeoutException;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Ends an exchange whose server is silent for too long, from the end of the request to
 * the end of the response.
 * <p>
 * Time counts only while the channel has been asked to read: while a slow caller holds
 * the reads back, the silence is ours. Over HTTP/1.1 each byte is a sign of life, over
 * HTTP/2 each frame.
 * <p>
 * It stays in the channel, and its timer is not taken back at the end of a response: a
 * connection has one at most, which looks around when it goes off. So an exchange costs
 * two looks at the clock and no timer. A connection that is being upgraded to HTTP/2 is
 * not watched until it has been.
 *
 * <h2>Concurrency</h2> Belongs to the channel's event loop.
 */
final class ReadTimeout extends ChannelDuplexHandler {

	private static final String NAME = "xhr.read-timeout";

	private final long nanos;

	private State state = State.SENDING;

	/** Whether the channel has been asked to read since it last gave something. */
	private boolean reading;

	private boolean inInterimResponse;

	private boolean scheduled;

	private long silentSince;

	private @Nullable ChannelHandlerContext context;

	private ReadTimeout(long nanos) {
		this.nanos = nanos;
	}

	/**
	 * Watch the exchange whose request the channel sends next.
	 * @param channel the channel of a connection, or that of a stream of HTTP/2
	 */
	static ReadTimeout install(Channel channel, long nanos) {
		ReadTimeout handler = (ReadTimeout) channel.pipeline().get(NAME);
		if (handler == null) {
			handler = new ReadTimeout(nanos);
			channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, NAME, handler);
		}
		handler.state = State.SENDING;
		handler.inInterimResponse = false;
		return handler;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext context) {
		this.context = context;
	}

	/** Called when the request has been written to its end. */
	void requestEnded() {
		if (this.state == State.SENDING) {
			this.state = State.WAITING;
			lifeSign();
		}
	}

	@Override
	public void read(ChannelHandlerContext context) {
		if (!this.reading) {
			this.reading = true;
			lifeSign();
		}
		context.read();
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object message) {
		this.reading = false;
		if (message instanceof HttpResponse response) {
			int status = response.status().code();
			this.inInterimResponse = status >= 100 && status < 200;
		}
		if (message instanceof LastHttpContent && !this.inInterimResponse) {
			this.state = State.OVER;
		}
		context.fireChannelRead(message);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext context) {
		// also if the bytes made no message yet
		lifeSign();
		context.fireChannelReadComplete();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event == UpgradeEvent.UPGRADE_SUCCESSFUL) {
			this.state = State.OVER;
		}
		context.fireUserEventTriggered(event);
	}

	private void lifeSign() {
		if (this.state == State.WAITING) {
			this.silentSince = System.nanoTime();
			schedule(this.nanos);
		}
	}

	private void schedule(long delay) {
		ChannelHandlerContext own = this.context;
		if (!this.scheduled && own != null) {
			this.scheduled = true;
			own.executor().schedule(this::look, delay, TimeUnit.NANOSECONDS);
		}
	}

	private void look() {
		this.scheduled = false;
		ChannelHandlerContext own = this.context;
		if (this.state != State.WAITING || !this.reading || own == null || own.isRemoved()) {
			return;
		}
		long left = this.nanos - (System.nanoTime() - this.silentSince);
		if (left > 0) {
			schedule(left);
			return;
		}
		this.state = State.OVER;
		own.fireExceptionCaught(ReadTimeoutException.INSTANCE);
		own.close();
	}

	private enum State {

		SENDING, WAITING, OVER

	}

}
