package io.github.springxhr.autoconfigure;

import java.time.Duration;
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
 * A request that comes after a refusal does not share a lookup from before it. Each
 * lookup and each removal has a limit of its own, so that none is waited for without end.
 */
final class TokenLookups {

	private static final Log logger = LogFactory.getLog(TokenLookups.class);

	/** A server that hangs must not be waited for until the restart. */
	static final Duration LIMIT = Duration.ofSeconds(30);

	private final String registrationId;

	private @Nullable CompletableFuture<String> current;

	/** Done when everything so far is. */
	private CompletableFuture<?> tail = CompletableFuture.completedFuture(null);

	private @Nullable String last;

	TokenLookups(String registrationId) {
		this.registrationId = registrationId;
	}

	/**
	 * Join the lookup that is under way, or begin one. The limit includes the time that
	 * is spent waiting for what comes before.
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
			this.tail = CompletableFuture.allOf(before, result);
		}
		after(before).then(lookup)
			.timeout(LIMIT)
			.onErrorMap((failure) -> TokenUnavailableException.of(this.registrationId, failure))
			.subscribe((value) -> {
				remember(value);
				result.complete(value);
			}, result::completeExceptionally);
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
		after(before).then(task.timeout(LIMIT))
			.doOnError((ex) -> logger.warn("A token that was refused could not be removed: " + ex.getClass().getName()))
			.onErrorComplete()
			.doFinally((signal) -> done.complete(null))
			.subscribe();
	}

	/**
	 * Wait for something, however it ends, and do not end it.
	 */
	private static Mono<Void> after(CompletableFuture<?> before) {
		return Mono.fromFuture(before, true).onErrorComplete().then();
	}

}
