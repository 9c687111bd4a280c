package io.github.springxhr.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Looks up the token of one principal: once for all requests that want it at the same
 * time, and never while one is being removed.
 *
 * <h2>Concurrency</h2> Its lock guards the fields, and is not held while a lookup begins.
 * A request that comes after a refusal does not share a lookup from before it.
 */
final class TokenLookups {

	private static final Log logger = LogFactory.getLog(TokenLookups.class);

	private @Nullable CompletableFuture<String> current;

	/** Done when everything so far is. */
	private CompletableFuture<?> tail = CompletableFuture.completedFuture(null);

	private @Nullable String last;

	/**
	 * Join the lookup that is under way, or begin one.
	 * @param lookup what it does
	 */
	CompletionStage<String> get(Mono<String> lookup) {
		CompletableFuture<String> result = new CompletableFuture<>();
		CompletableFuture<?> before;
		synchronized (this) {
			if (this.current != null && !this.current.isDone()) {
				return this.current;
			}
			before = this.tail;
			this.current = result;
			this.tail = result;
		}
		before.whenComplete((ignored, failure) -> lookup.subscribe((value) -> {
			remember(value);
			result.complete(value);
		}, result::completeExceptionally));
		return result;
	}

	private synchronized void remember(String value) {
		this.last = value;
	}

	/**
	 * Whether a value is the one that was found last.
	 */
	synchronized boolean isLast(String value) {
		return value.equals(this.last);
	}

	/**
	 * Do something before the next lookup begins.
	 */
	void run(Mono<Void> task) {
		CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
		CompletableFuture<?> before;
		synchronized (this) {
			before = this.tail;
			this.current = null;
			this.tail = done;
		}
		before.whenComplete((ignored, failure) -> task.subscribe((nothing) -> {
		}, (ex) -> {
			logger.warn("A token that was refused could not be removed: " + ex.getClass().getName());
			done.complete(null);
		}, () -> done.complete(null)));
	}

}
