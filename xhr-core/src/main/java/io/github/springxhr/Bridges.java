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
		ContextPropagation context = ContextPropagation.capture(sink.contextView());
		AtomicBoolean cancelled = new AtomicBoolean();
		try {
			request.send(body, context, (failure) -> {
				if (failure == null) {
					sink.success(request);
				}
				else if (!cancelled.get()) {
					sink.error(failure);
				}
			});
			sink.onCancel(() -> {
				cancelled.set(true);
				request.abort();
			});
		}
		catch (RuntimeException ex) {
			sink.error(ex);
		}
	}

	static CompletableFuture<XMLHttpRequest> sendAsync(DefaultXMLHttpRequest request, @Nullable Object body) {
		CompletableFuture<XMLHttpRequest> future = new AbortingFuture(request);
		try {
			request.send(body, ContextPropagation.capture(), (failure) -> {
				if (failure != null) {
					future.completeExceptionally(failure);
				}
				else {
					future.complete(request);
				}
			});
		}
		catch (RuntimeException ex) {
			future.completeExceptionally(ex);
		}
		return future;
	}

	/**
	 * Aborts its request when it is cancelled.
	 */
	private static final class AbortingFuture extends CompletableFuture<XMLHttpRequest> {

		private final XMLHttpRequest request;

		AbortingFuture(XMLHttpRequest request) {
			this.request = request;
		}

		@Override
		public boolean cancel(boolean mayInterruptIfRunning) {
			boolean cancelled = super.cancel(mayInterruptIfRunning);
			if (cancelled) {
				this.request.abort();
			}
			return cancelled;
		}

		@Override
		public <U> CompletableFuture<U> newIncompleteFuture() {
			return new CompletableFuture<>();
		}

	}

}
