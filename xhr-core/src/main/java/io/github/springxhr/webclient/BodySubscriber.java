package io.github.springxhr.webclient;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

import org.springframework.core.io.buffer.DataBuffer;

/**
 * Takes the body of an exchange. Subscribing is what sends the request, so the demand for
 * chunks and the cancellation of the whole exchange go through it as well. To cancel
 * closes what is under way, which fails then: an error that comes afterwards is a part of
 * it.
 */
final class BodySubscriber implements CoreSubscriber<DataBuffer> {

	private static final AtomicReferenceFieldUpdater<BodySubscriber, Subscription> SUBSCRIPTION = AtomicReferenceFieldUpdater
		.newUpdater(BodySubscriber.class, Subscription.class, "subscription");

	private final WebClientExchange exchange;

	/** None before the request is sent; that of Reactor's own after the end. */
	private volatile @Nullable Subscription subscription;

	/** Whether it ended by itself, so that an error afterwards is nobody's. */
	private volatile boolean completed;

	private @Nullable Context context;

	BodySubscriber(WebClientExchange exchange) {
		this.exchange = exchange;
	}

	void demand(long chunks) {
		Subscription current = this.subscription;
		if (current != null) {
			current.request(chunks);
		}
	}

	boolean isDisposed() {
		return this.subscription == Operators.cancelledSubscription();
	}

	void dispose() {
		if (Operators.terminate(SUBSCRIPTION, this)) {
			this.exchange.release();
		}
	}

	private boolean end() {
		return SUBSCRIPTION.getAndSet(this, Operators.cancelledSubscription()) != Operators.cancelledSubscription();
	}

	/** With what else travels with the request. */
	@Override
	public Context currentContext() {
		Context made = this.context;
		if (made == null) {
			Context own = Context.of(WebClientExchange.class, this.exchange);
			Map<Object, Object> others = this.exchange.context();
			made = others.isEmpty() ? own : own.putAllMap(others);
			this.context = made;
		}
		return made;
	}

	/** Nothing is asked for before the reader does. */
	@Override
	public void onSubscribe(Subscription made) {
		Operators.setOnce(SUBSCRIPTION, this, made);
	}

	@Override
	public void onNext(DataBuffer buffer) {
		try {
			this.exchange.bodyChunk(new DataBufferChunk(buffer));
		}
		catch (RuntimeException | Error ex) {
			Subscription current = this.subscription;
			if (end()) {
				if (current != null) {
					current.cancel();
				}
				fail(ex);
			}
		}
	}

	@Override
	public void onComplete() {
		if (!end()) {
			return;
		}
		this.completed = true;
		try {
			this.exchange.bodyEnd();
		}
		finally {
			this.exchange.release();
		}
	}

	@Override
	public void onError(Throwable thrown) {
		if (end()) {
			this.completed = true;
			fail(thrown);
		}
		else if (this.completed) {
			Operators.onErrorDropped(thrown, currentContext());
		}
	}

	private void fail(Throwable thrown) {
		try {
			this.exchange.failedOrStale(thrown);
		}
		finally {
			this.exchange.release();
		}
	}

}
