package io.github.springxhr;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The request as a {@code Mono} or a {@code CompletableFuture}.
 */
final class Bridges {

	private Bridges() {
	}

	static Mono<XMLHttpRequest> exchange(DefaultXMLHttpRequest request, @Nullable Object body) {
		AtomicBoolean subscribed = new AtomicBoolean();
		return Mono.create((sink) -> {
			if (!subscribed.compareAndSet(false, true)) {
				sink.error(XhrException.invalidState("exchange() can be subscribed to once; open the request again"));
				return;
			}
			subscribe(request, body, sink);
		});
	}

	private static void subscribe(DefaultXMLHttpRequest request, @Nullable Object body, MonoSink<XMLHttpRequest> sink) {
		AtomicBoolean cancelled = new AtomicBoolean();
		try {
			Exchange exchange = request.send(body, ContextPropagation.capture(sink.contextView()), (failure) -> {
				if (failure == null) {
					sink.success(request);
				}
				else if (!cancelled.get()) {
					sink.error(failure);
				}
			});
			sink.onCancel(() -> {
				cancelled.set(true);
				request.abort(exchange);
			});
		}
		catch (RuntimeException ex) {
			sink.error(ex);
		}
	}

	/**
	 * Whoever completes the future before its exchange does, by {@code cancel()} or
	 * {@code orTimeout()} for instance, aborts it.
	 */
	static CompletableFuture<XMLHttpRequest> sendAsync(DefaultXMLHttpRequest request, @Nullable Object body) {
		CompletableFuture<XMLHttpRequest> future = new CompletableFuture<>();
		try {
			Exchange exchange = request.send(body, ContextPropagation.capture(), (failure) -> {
				if (failure != null) {
					future.completeExceptionally(failure);
				}
				else {
					future.complete(request);
				}
			});
			future.whenComplete((result, failure) -> request.abort(exchange));
		}
		catch (RuntimeException ex) {
			future.completeExceptionally(ex);
		}
		return future;
	}

}
