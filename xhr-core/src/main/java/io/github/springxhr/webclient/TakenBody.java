package io.github.springxhr.webclient;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * The body as the HTTP client gives it. It goes straight to the exchange, chunks and end:
 * WebClient, which would wrap the one and look for more after the other, is only asked
 * for more chunks, and to cancel.
 */
final class TakenBody extends Flux<DataBuffer> implements CoreSubscriber<Object> {

	private final WebClientExchange exchange;

	private final NettyResponse response;

	private final Flux<?> source;

	private @Nullable CoreSubscriber<? super DataBuffer> outer;

	private @Nullable Subscription subscription;

	private boolean done;

	TakenBody(WebClientExchange exchange, NettyResponse response, Flux<?> source) {
		this.exchange = exchange;
		this.response = response;
		this.source = source;
	}

	@Override
	public void subscribe(CoreSubscriber<? super DataBuffer> subscriber) {
		this.outer = subscriber;
		this.source.subscribe(this);
	}

	@Override
	public Context currentContext() {
		return (this.outer != null) ? this.outer.currentContext() : Context.empty();
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.subscription = subscription;
		if (this.outer != null) {
			this.exchange.responseHead(this.response);
			this.outer.onSubscribe(subscription);
		}
	}

	@Override
	public void onNext(Object part) {
		if (this.done) {
			return;
		}
		ByteBuf buffer = (part instanceof ByteBufHolder holder) ? holder.content() : (ByteBuf) part;
		try {
			this.exchange.bodyChunk(new ReceivedChunk(buffer.retain()));
		}
		catch (RuntimeException | Error ex) {
			chunkFailed(ex);
		}
	}

	/** To cancel closes the connection, and is taken for the end of the body. */
	private void chunkFailed(Throwable failure) {
		this.done = true;
		if (this.subscription != null) {
			this.subscription.cancel();
		}
		this.exchange.endedUnheard();
		this.exchange.responseBodyFailed(failure);
	}

	@Override
	public void onComplete() {
		if (this.done) {
			return;
		}
		this.done = true;
		this.exchange.endedUnheard();
		this.exchange.bodyEnd();
	}

	@Override
	public void onError(Throwable failure) {
		if (this.done) {
			return;
		}
		this.done = true;
		this.exchange.endedUnheard();
		this.exchange.responseBodyFailed(failure);
	}

}
