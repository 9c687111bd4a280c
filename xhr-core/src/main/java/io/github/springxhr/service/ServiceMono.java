package io.github.springxhr.service;

import java.time.Duration;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoOperator;
import reactor.core.scheduler.Schedulers;

import org.springframework.util.Assert;

/**
 * The result of a call. A method that does not return a publisher waits for it, and must
 * not do so on a thread that the response may arrive on. Reactor sees that only when the
 * request has been sent; here it is seen before.
 */
final class ServiceMono<T> extends MonoOperator<T, T> {

	ServiceMono(Mono<T> source) {
		super(source);
	}

	@Override
	public void subscribe(CoreSubscriber<? super T> actual) {
		this.source.subscribe(actual);
	}

	@Override
	public @Nullable T block() {
		requireBlockingThread();
		return super.block();
	}

	@Override
	public @Nullable T block(Duration timeout) {
		requireBlockingThread();
		return super.block(timeout);
	}

	@Override
	public Optional<T> blockOptional() {
		requireBlockingThread();
		return super.blockOptional();
	}

	@Override
	public Optional<T> blockOptional(Duration timeout) {
		requireBlockingThread();
		return super.blockOptional(timeout);
	}

	private static void requireBlockingThread() {
		Assert.state(!Schedulers.isInNonBlockingThread(), () -> "The call would block "
				+ Thread.currentThread().getName() + ", a thread that must not block; let the method return a Mono");
	}

}
