package io.github.springxhr.event;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an {@link AbortSignal} keeps from being garbage collected.
 */
class AbortSignalReachabilityTests {

	private final AbortController controller = new AbortController();

	@Test
	void droppedTimeoutIsCollected() {
		assertCollected(new WeakReference<>(AbortSignal.timeout(Duration.ofHours(1))));
	}

	@Test
	void timerOfACollectedSignalIsStopped() {
		DefaultAbortSignal signal = (DefaultAbortSignal) AbortSignal.timeout(Duration.ofHours(1));
		SignalReference reference = signal.reference();
		signal = null;
		Awaitility.await().until(() -> {
			System.gc();
			AbortSignal.timeout(Duration.ZERO);
			return reference.timer != null && reference.timer.isCancelled();
		});
	}

	@Test
	void timeoutWithAListenerIsKept() throws Exception {
		CompletableFuture<String> done = new CompletableFuture<>();
		AbortSignal.timeout(Duration.ofMillis(300)).addEventListener("abort", (event) -> done.complete("done"));
		System.gc();
		assertThat(done.get(10, TimeUnit.SECONDS)).isEqualTo("done");
	}

	@Test
	void timeoutBehindADependentSignalWithAListenerIsKept() throws Exception {
		CompletableFuture<String> done = new CompletableFuture<>();
		AbortSignal.any(AbortSignal.any(AbortSignal.timeout(Duration.ofMillis(300)), this.controller.getSignal()))
			.addEventListener("abort", (event) -> done.complete("done"));
		System.gc();
		assertThat(done.get(10, TimeUnit.SECONDS)).isEqualTo("done");
	}

	@Test
	void timeoutWhoseListenerWasRemovedIsCollected() {
		AbortSignal timeout = AbortSignal.timeout(Duration.ofHours(1));
		AbortSignal any = AbortSignal.any(timeout);
		EventListener<Event> listener = Event::getType;
		any.addEventListener("abort", listener);
		any.removeEventListener("abort", listener);
		timeout.setOnabort(listener);
		timeout.setOnabort(null);
		Runnable algorithm = listener::hashCode;
		AbortAlgorithms.add(any, algorithm);
		AbortAlgorithms.remove(any, algorithm);
		WeakReference<AbortSignal> reference = new WeakReference<>(timeout);
		timeout = null;
		any = null;
		assertCollected(reference);
	}

	@Test
	void droppedDependentSignalIsCollected() {
		assertCollected(new WeakReference<>(AbortSignal.any(this.controller.getSignal())));
	}

	@Test
	void dependentSignalWithAListenerIsKept() {
		StringBuilder log = new StringBuilder();
		WeakReference<AbortSignal> reference = new WeakReference<>(AbortSignal.any(this.controller.getSignal()));
		AbortSignal signal = reference.get();
		assertThat(signal).isNotNull();
		signal.setOnabort((event) -> log.append("done"));
		signal = null;
		System.gc();
		this.controller.abort();
		assertThat(log).hasToString("done");
	}

	@Test
	void abortedSignalIsCollectedThoughItHasAListener() {
		AbortController aborted = new AbortController();
		AbortSignal any = AbortSignal.any(this.controller.getSignal(), aborted.getSignal());
		any.setOnabort((event) -> {
		});
		aborted.abort();
		WeakReference<AbortSignal> reference = new WeakReference<>(any);
		any = null;
		assertCollected(reference);
	}

	@Test
	void signalDoesNotKeepATargetThatFollowsIt() {
		TestTarget target = new TestTarget();
		target.addEventListener("a", Event::preventDefault, ListenerOptions.withSignal(this.controller.getSignal()));
		WeakReference<TestTarget> reference = new WeakReference<>(target);
		target = null;
		assertCollected(reference);
	}

	private static void assertCollected(WeakReference<?> reference) {
		Awaitility.await().until(() -> {
			System.gc();
			return reference.refersTo(null);
		});
	}

	private static final class TestTarget extends AbstractEventTarget {

		@Override
		protected void listenerFailed(Event event, Throwable failure) {
			throw new AssertionError(failure);
		}

	}

}
