package io.github.springxhr.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The order of lookups and removals, and their limits, in virtual time.
 */
class TokenLookupsTests {

	private static final Duration NEARLY = TokenLookups.LIMIT.minusMillis(1);

	private final TokenLookups lookups = new TokenLookups("shop");

	private VirtualTimeScheduler time;

	@BeforeEach
	void stopTime() {
		this.time = VirtualTimeScheduler.getOrSet();
	}

	@AfterEach
	void startTime() {
		VirtualTimeScheduler.reset();
	}

	@Test
	void aLookupThatHangsIsGivenUpAndTheNextOneBegins() {
		CompletableFuture<String> hanging = this.lookups.get(Mono.never()).toCompletableFuture();
		this.time.advanceTimeBy(NEARLY);
		assertThat(hanging).isNotDone();
		this.time.advanceTimeBy(Duration.ofMillis(1));
		assertThat(hanging).isCompletedExceptionally();
		assertThatThrownBy(hanging::join).hasCauseInstanceOf(TokenUnavailableException.class)
			.hasMessageContaining("'shop'")
			.hasMessageContaining("30 seconds");
		assertThat(this.lookups.get(Mono.just("next"))).isCompletedWithValue("next");
	}

	@Test
	void aRemovalThatHangsIsGivenUpAndTheNextLookupBegins() {
		this.lookups.run(Mono.never());
		this.time.advanceTimeBy(Duration.ofSeconds(1));
		CompletionStage<String> next = this.lookups.get(Mono.just("next"));
		this.time.advanceTimeBy(NEARLY.minusSeconds(1));
		assertThat(next).isNotDone();
		this.time.advanceTimeBy(Duration.ofMillis(1));
		assertThat(next).isCompletedWithValue("next");
	}

	@Test
	void theLimitOfALookupIncludesWaiting() {
		this.lookups.get(Mono.never());
		this.time.advanceTimeBy(Duration.ofSeconds(20));
		this.lookups.run(Mono.never());
		AtomicInteger begun = new AtomicInteger();
		CompletionStage<String> waiting = this.lookups.get(counted(begun));
		this.time.advanceTimeBy(NEARLY);
		assertThat(waiting).isNotDone();
		this.time.advanceTimeBy(Duration.ofMillis(1));
		assertThat(waiting).isCompletedExceptionally();
		CompletionStage<String> next = this.lookups.get(counted(begun));
		assertThat(next).as("the removal is still under way").isNotDone();
		this.time.advanceTimeBy(Duration.ofSeconds(10));
		assertThat(next).isCompletedWithValue("token");
		assertThat(begun).hasValue(1);
	}

	@Test
	void lookupsAtTheSameTimeAreOne() {
		Sinks.One<String> answer = Sinks.one();
		AtomicInteger begun = new AtomicInteger();
		CompletionStage<String> first = this.lookups.get(answer.asMono());
		CompletionStage<String> second = this.lookups.get(counted(begun));
		answer.tryEmitValue("shared");
		assertThat(first).isCompletedWithValue("shared");
		assertThat(second).isCompletedWithValue("shared");
		assertThat(begun).hasValue(0);
	}

	@Test
	void aLookupAfterARefusalSharesNoneFromBeforeIt() {
		Sinks.One<String> old = Sinks.one();
		Sinks.Empty<Void> removed = Sinks.empty();
		CompletionStage<String> before = this.lookups.get(old.asMono());
		this.lookups.run(removed.asMono());
		CompletionStage<String> after = this.lookups.get(Mono.just("new"));
		old.tryEmitValue("old");
		assertThat(before).isCompletedWithValue("old");
		assertThat(after).isNotDone();
		removed.tryEmitEmpty();
		assertThat(after).isCompletedWithValue("new");
		assertThat(this.lookups.isLast("new")).isTrue();
		assertThat(this.lookups.isLast("old")).isFalse();
	}

	@Test
	void aRemovalThatFailsHoldsNothingUp() {
		this.lookups.run(Mono.error(new IllegalStateException()));
		assertThat(this.lookups.get(Mono.just("next"))).isCompletedWithValue("next");
	}

	private static Mono<String> counted(AtomicInteger begun) {
		return Mono.fromCallable(() -> {
			begun.incrementAndGet();
			return "token";
		});
	}

}
