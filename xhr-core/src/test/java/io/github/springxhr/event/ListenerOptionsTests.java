package io.github.springxhr.event;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the signal of {@link ListenerOptions}.
 */
class ListenerOptionsTests {

	private final TestTarget target = new TestTarget();

	private final AbortController controller = new AbortController();

	private final ListenerOptions options = ListenerOptions.withSignal(this.controller.getSignal());

	private final List<String> log = new ArrayList<>();

	private final EventListener<Event> listener = (event) -> this.log.add("called");

	@Test
	void abortRemovesTheListener() {
		this.target.addEventListener("a", this.listener, this.options);
		this.target.dispatchEvent(new Event("a"));
		this.controller.abort();
		this.target.dispatchEvent(new Event("a"));
		assertThat(this.log).hasSize(1);
		assertThat(this.target.hasListeners()).isFalse();
	}

	@Test
	void listenerIsNotAddedIfTheSignalIsAborted() {
		this.target.addEventListener("a", this.listener, ListenerOptions.withSignal(AbortSignal.abort()));
		assertThat(this.target.hasListeners()).isFalse();
	}

	@Test
	void abortDuringDispatchSparesTheListener() {
		this.target.addEventListener("a", (event) -> this.controller.abort());
		this.target.addEventListener("a", this.listener, this.options);
		this.target.dispatchEvent(new Event("a"));
		assertThat(this.log).isEmpty();
	}

	@Test
	void abortSparesListenersOfOthers() {
		this.target.addEventListener("a", this.listener);
		this.target.addEventListener("b", this.listener, this.options);
		this.controller.abort();
		this.target.dispatchEvent(new Event("a"));
		assertThat(this.log).hasSize(1);
	}

	@Test
	void signalOfAListenerThatIsThereAlreadyIsIgnored() {
		this.target.addEventListener("a", this.listener);
		this.target.addEventListener("a", this.listener, this.options);
		this.controller.abort();
		this.target.dispatchEvent(new Event("a"));
		assertThat(this.log).hasSize(1);
	}

	@Test
	void onceAndSignalGoTogether() {
		this.target.addEventListener("a", this.listener, new ListenerOptions(true, this.controller.getSignal()));
		this.target.dispatchEvent(new Event("a"));
		this.target.dispatchEvent(new Event("a"));
		assertThat(this.log).hasSize(1);
		assertThat(algorithms()).isZero();
	}

	@Test
	void listenerThatIsRemovedLeavesNothingAtTheSignal() {
		this.target.addEventListener("a", this.listener, this.options);
		assertThat(algorithms()).isEqualTo(1);
		this.target.removeEventListener("a", this.listener);
		assertThat(algorithms()).isZero();
	}

	@Test
	void listenerOfASignalMayFollowTheSameSignal() {
		this.controller.getSignal().addEventListener("abort", this.listener, this.options);
		this.controller.abort();
		assertThat(this.log).isEmpty();
	}

	@Test
	void abortRacesWithAddingAndRemoving() {
		for (int round = 0; round < 2_000; round++) {
			AbortController racing = new AbortController();
			TestTarget racingTarget = new TestTarget();
			CompletableFuture<Void> abort = CompletableFuture.runAsync(racing::abort);
			racingTarget.addEventListener("a", this.listener, ListenerOptions.withSignal(racing.getSignal()));
			if (round % 2 == 0) {
				racingTarget.removeEventListener("a", this.listener);
			}
			abort.join();
			assertThat(racingTarget.hasListeners()).isFalse();
		}
	}

	private int algorithms() {
		return ((DefaultAbortSignal) this.controller.getSignal()).algorithmCount();
	}

	private static final class TestTarget extends AbstractEventTarget {

		@Override
		protected void listenerFailed(Event event, Throwable failure) {
			throw new AssertionError(failure);
		}

	}

}
