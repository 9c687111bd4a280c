package io.github.springxhr.event;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.w3c.dom.DOMException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EventTargetTests {

	private final TestTarget target = new TestTarget();

	private final List<String> log = new ArrayList<>();

	private EventListener<Event> note(String text) {
		return (event) -> this.log.add(text);
	}

	@Test
	void listenersAreCalledInTheOrderInWhichTheyWereAdded() {
		this.target.addEventListener("a", note("1"));
		this.target.setOna(note("2"));
		this.target.addEventListener("a", note("3"));
		this.target.dispatchEvent(new Event("a"));
		assertThat(this.log).containsExactly("1", "2", "3");
	}

	@Test
	void nullIsNoListener() {
		this.target.addEventListener("a", null);
		this.target.addEventListener("a", null, ListenerOptions.callOnce());
		this.target.removeEventListener("a", null);
		assertThat(this.target.hasListeners()).isFalse();
	}

	@Test
	void sameListenerIsAddedOnce() {
		EventListener<Event> listener = note("1");
		this.target.addEventListener("a", listener);
		this.target.addEventListener("a", listener, ListenerOptions.callOnce());
		this.target.addEventListener("b", listener);
		this.target.dispatchEvent(new Event("a"));
		this.target.dispatchEvent(new Event("a"));
		assertThat(this.log).containsExactly("1", "1");
	}

	@Test
	void listenerThatIsAlsoTheHandlerIsCalledTwice() {
		EventListener<Event> listener = note("1");
		this.target.setOna(listener);
		this.target.addEventListener("a", listener);
		this.target.dispatchEvent(new Event("a"));
		assertThat(this.log).containsExactly("1", "1");
		this.target.removeEventListener("a", listener);
		this.target.dispatchEvent(new Event("a"));
		assertThat(this.log).hasSize(3);
	}

	@Test
	void replacedHandlerKeepsItsPlace() {
		this.target.setOna(note("old"));
		this.target.addEventListener("a", note("2"));
		this.target.setOna(note("new"));
		this.target.dispatchEvent(new Event("a"));
		assertThat(this.log).containsExactly("new", "2");
	}

	@Test
	void handlerThatWasRemovedComesBackAtTheEnd() {
		this.target.setOna(note("1"));
		this.target.addEventListener("a", note("2"));
		this.target.setOna(null);
		assertThat(this.target.getOna()).isNull();
		this.target.setOna(note("3"));
		this.target.dispatchEvent(new Event("a"));
		assertThat(this.log).containsExactly("2", "3");
	}

	@Test
	void onceIsCalledOnceEvenIfItDispatchesAgain() {
		this.target.addEventListener("a", (event) -> {
			this.log.add("once");
			this.target.dispatchEvent(new Event("a"));
		}, ListenerOptions.callOnce());
		this.target.dispatchEvent(new Event("a"));
		assertThat(this.log).containsExactly("once");
		assertThat(this.target.hasListeners()).isFalse();
	}

	@Test
	void listenerRemovedDuringDispatchIsNotCalled() {
		EventListener<Event> second = note("2");
		this.target.addEventListener("a", (event) -> this.target.removeEventListener("a", second));
		this.target.addEventListener("a", second);
		this.target.dispatchEvent(new Event("a"));
		assertThat(this.log).isEmpty();
	}

	@Test
	void listenerAddedDuringDispatchIsNotCalled() {
		this.target.addEventListener("a", (event) -> this.target.addEventListener("a", note("2")));
		this.target.dispatchEvent(new Event("a"));
		assertThat(this.log).isEmpty();
	}

	@Test
	void stopImmediatePropagationSparesTheOthers() {
		this.target.addEventListener("a", Event::stopImmediatePropagation);
		this.target.addEventListener("a", note("2"));
		this.target.dispatchEvent(new Event("a"));
		assertThat(this.log).isEmpty();
	}

	@Test
	void failureOfAListenerIsReportedOnceAndTheOthersAreCalled() {
		this.target.addEventListener("a", (event) -> {
			throw new Exception("on purpose");
		});
		this.target.addEventListener("a", note("2"));
		this.target.dispatchEvent(new Event("a"));
		assertThat(this.log).containsExactly("2");
		assertThat(this.target.failures).hasSize(1);
	}

	@Test
	void listenerOfTheWrongEventClassIsReported() {
		this.target.addEventListener("a", (ProgressEvent event) -> this.log.add("" + event.getLoaded()));
		this.target.dispatchEvent(new Event("a"));
		assertThat(this.target.failures).singleElement().isInstanceOf(ClassCastException.class);
	}

	@Test
	void dispatchTellsWhetherTheEventWasCanceled() {
		this.target.addEventListener("a", Event::preventDefault);
		assertThat(this.target.dispatchEvent(new Event("a"))).isTrue();
		assertThat(this.target.dispatchEvent(new Event("a", true))).isFalse();
	}

	@Test
	void eventKnowsItsTargets() {
		Event event = new Event("a");
		this.target.addEventListener("a", (dispatched) -> {
			assertThat(dispatched.getTarget()).isSameAs(this.target);
			assertThat(dispatched.getCurrentTarget()).isSameAs(this.target);
			assertThat(dispatched.isTrusted()).isFalse();
			this.log.add("checked");
		});
		assertThat(event.getTarget()).isNull();
		this.target.dispatchEvent(event);
		assertThat(this.log).containsExactly("checked");
		assertThat(this.target.failures).isEmpty();
		assertThat(event.getTarget()).isSameAs(this.target);
		assertThat(event.getCurrentTarget()).isNull();
	}

	@Test
	void firedEventIsTrusted() {
		Event event = new Event("a");
		this.target.fire(event);
		assertThat(event.isTrusted()).isTrue();
	}

	@Test
	void eventCannotBeDispatchedWhileItIs() {
		Event event = new Event("a");
		this.target.addEventListener("a", (dispatched) -> {
			assertThatExceptionOfType(DOMException.class).isThrownBy(() -> this.target.dispatchEvent(dispatched))
				.satisfies((ex) -> assertThat(ex.code).isEqualTo(DOMException.INVALID_STATE_ERR));
			this.log.add("refused");
		});
		this.target.dispatchEvent(event);
		assertThat(this.log).containsExactly("refused");
	}

	private static final class TestTarget extends AbstractEventTarget {

		private final List<Throwable> failures = new ArrayList<>();

		void setOna(@Nullable EventListener<Event> handler) {
			setHandler("a", handler);
		}

		@Nullable EventListener<Event> getOna() {
			return getHandler("a");
		}

		@Override
		protected void listenerFailed(Event event, Throwable failure) {
			this.failures.add(failure);
		}

	}

}
