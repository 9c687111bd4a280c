package io.github.springxhr.event;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link AbortSignal} and {@link AbortController}.
 */
class AbortSignalTests {

	private final AbortController controller = new AbortController();

	private final AbortSignal signal = this.controller.getSignal();

	private final List<String> log = new ArrayList<>();

	private final IllegalStateException reason = new IllegalStateException("on purpose");

	@Test
	void signalIsNotAbortedAtFirst() {
		assertThat(this.signal.isAborted()).isFalse();
		assertThat(this.signal.getReason()).isNull();
		assertThatNoException().isThrownBy(this.signal::throwIfAborted);
		assertThat(this.controller.getSignal()).isSameAs(this.signal);
	}

	@Test
	void abortHasACancellationExceptionAsReason() {
		this.controller.abort();
		assertThat(this.signal.isAborted()).isTrue();
		assertThat(this.signal.getReason()).isInstanceOf(CancellationException.class);
	}

	@Test
	void abortKeepsItsFirstReason() {
		this.controller.abort(this.reason);
		this.controller.abort();
		this.controller.abort(new IllegalArgumentException());
		assertThat(this.signal.getReason()).isSameAs(this.reason);
	}

	@Test
	void throwsItsReason() {
		this.controller.abort(this.reason);
		assertThatIllegalStateException().isThrownBy(this.signal::throwIfAborted).isSameAs(this.reason);
	}

	@Test
	void throwsAnError() {
		AbortSignal aborted = AbortSignal.abort(new AssertionError("on purpose"));
		assertThatExceptionOfType(AssertionError.class).isThrownBy(aborted::throwIfAborted);
	}

	@Test
	void throwsACheckedReasonAsACause() {
		IOException checked = new IOException("on purpose");
		assertThatExceptionOfType(CancellationException.class).isThrownBy(AbortSignal.abort(checked)::throwIfAborted)
			.withCause(checked);
	}

	@Test
	void firesOneTrustedEvent() {
		this.signal.setOnabort((event) -> this.log
			.add(event.getType() + " " + event.isTrusted() + " " + (event.getTarget() == this.signal)));
		this.controller.abort();
		this.controller.abort();
		assertThat(this.log).containsExactly("abort true true");
	}

	@Test
	void runsAlgorithmsBeforeTheEvent() {
		this.signal.addEventListener("abort", (event) -> this.log.add("listener"));
		AbortAlgorithms.add(this.signal, () -> this.log.add("1 " + this.signal.isAborted()));
		AbortAlgorithms.add(this.signal, () -> this.log.add("2"));
		this.controller.abort();
		assertThat(this.log).containsExactly("1 true", "2", "listener");
	}

	@Test
	void removedAlgorithmDoesNotRun() {
		Runnable second = () -> this.log.add("2");
		AbortAlgorithms.add(this.signal, () -> AbortAlgorithms.remove(this.signal, second));
		AbortAlgorithms.add(this.signal, second);
		this.controller.abort();
		assertThat(this.log).isEmpty();
	}

	@Test
	void algorithmIsNotAddedToAnAbortedSignal() {
		assertThat(AbortAlgorithms.add(this.signal, () -> this.log.add("1"))).isTrue();
		this.controller.abort();
		assertThat(AbortAlgorithms.add(this.signal, () -> this.log.add("2"))).isFalse();
		assertThat(this.log).containsExactly("1");
	}

	@Test
	void failuresHarmNobodyElse() {
		AbortAlgorithms.add(this.signal, () -> {
			throw this.reason;
		});
		AbortAlgorithms.add(this.signal, () -> this.log.add("algorithm"));
		this.signal.setOnabort((event) -> {
			throw this.reason;
		});
		this.signal.addEventListener("abort", (event) -> this.log.add("listener"));
		assertThatNoException().isThrownBy(this.controller::abort);
		assertThat(this.log).containsExactly("algorithm", "listener");
	}

	@Test
	void handlerIsKept() {
		EventListener<Event> handler = (event) -> this.log.add("handler");
		this.signal.setOnabort(handler);
		assertThat(this.signal.getOnabort()).isSameAs(handler);
		this.signal.setOnabort(null);
		this.controller.abort();
		assertThat(this.signal.getOnabort()).isNull();
		assertThat(this.log).isEmpty();
	}

	@Test
	void staticAbortIsAborted() {
		assertThat(AbortSignal.abort().getReason()).isInstanceOf(CancellationException.class);
		assertThat(AbortSignal.abort(this.reason).getReason()).isSameAs(this.reason);
	}

	@Test
	void timeoutAbortsWithATimeoutException() throws Exception {
		CompletableFuture<Throwable> done = new CompletableFuture<>();
		AbortSignal timeout = AbortSignal.timeout(Duration.ofMillis(20));
		timeout.addEventListener("abort", (event) -> done.complete(timeout.getReason()));
		assertThat(done.get(10, TimeUnit.SECONDS)).isInstanceOf(TimeoutException.class).hasMessageContaining("PT0.02S");
	}

	@Test
	void timeoutIsNotNegative() {
		assertThatIllegalArgumentException().isThrownBy(() -> AbortSignal.timeout(Duration.ofMillis(-1)));
	}

	@Test
	void timeoutMayBeLongerThanAnyLife() {
		assertThat(AbortSignal.timeout(Duration.ofSeconds(Long.MAX_VALUE)).isAborted()).isFalse();
	}

	@Test
	void anyIsAbortedWithTheReasonOfTheFirst() {
		AbortController other = new AbortController();
		AbortSignal any = AbortSignal.any(this.signal, other.getSignal());
		any.setOnabort((event) -> this.log.add("any"));
		assertThat(any.isAborted()).isFalse();
		other.abort(this.reason);
		this.controller.abort();
		assertThat(any.getReason()).isSameAs(this.reason);
		assertThat(this.log).containsExactly("any");
	}

	@Test
	void anyOfAnAbortedSignalIsAborted() {
		AbortSignal any = AbortSignal.any(this.signal, AbortSignal.abort(this.reason), AbortSignal.abort());
		assertThat(any.getReason()).isSameAs(this.reason);
		this.controller.abort();
		assertThat(any.getReason()).isSameAs(this.reason);
	}

	@Test
	void anyOfNoneIsNeverAborted() {
		assertThat(AbortSignal.any().isAborted()).isFalse();
		assertThat(AbortSignal.any(List.of()).isAborted()).isFalse();
	}

	@Test
	void anyOfAnyIsAborted() {
		AbortSignal inner = AbortSignal.any(this.signal);
		AbortSignal outer = AbortSignal.any(inner, new AbortController().getSignal());
		this.controller.abort(this.reason);
		assertThat(outer.getReason()).isSameAs(this.reason);
	}

	@Test
	void dependentSignalsAreAbortedBeforeAnythingIsTold() {
		AbortSignal first = AbortSignal.any(this.signal);
		AbortSignal second = AbortSignal.any(first);
		this.signal.setOnabort((event) -> this.log.add("source " + first.isAborted() + " " + second.isAborted()));
		second.setOnabort((event) -> this.log.add("second"));
		first.setOnabort((event) -> this.log.add("first"));
		this.controller.abort();
		assertThat(this.log).containsExactly("source true true", "first", "second");
	}

	@Test
	void abortInAListenerChangesNothing() {
		this.signal.setOnabort((event) -> {
			this.log.add("once");
			this.controller.abort();
		});
		this.controller.abort();
		assertThat(this.log).containsExactly("once");
	}

	@Test
	void manyThreadsAbortOnce() {
		for (int round = 0; round < 500; round++) {
			AbortController one = new AbortController();
			AbortController other = new AbortController();
			AbortSignal any = AbortSignal.any(one.getSignal(), other.getSignal());
			AtomicInteger told = new AtomicInteger();
			any.setOnabort((event) -> told.incrementAndGet());
			AbortAlgorithms.add(any, told::incrementAndGet);
			IntStream.range(0, 8).parallel().forEach((i) -> {
				AbortAlgorithms.remove(any, told::get);
				((i % 2 == 0) ? one : other).abort();
			});
			assertThat(told).hasValue(2);
		}
	}

}
