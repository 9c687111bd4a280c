package io.github.springxhr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.github.springxhr.XhrListener.ExchangeListener;
import io.github.springxhr.XhrListener.Factory;
import io.github.springxhr.XhrListener.Result;
import io.github.springxhr.XhrListener.Scope;
import io.github.springxhr.XhrListener.Sending;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link XhrListeners}: nothing that a listener does is a harm to the request.
 */
class XhrListenersTests {

	@AutoClose
	private static final FakeNetwork NETWORK = new FakeNetwork();

	private static final XMLHttpRequest UNUSED = NETWORK.create();

	private final List<String> log = new ArrayList<>();

	@Test
	void aScopeThatIsNullIsNone() {
		try (CapturedLog logged = new CapturedLog()) {
			Factory nothing = following(new NoScope());
			request(nothing, following(named("other")));
			request(nothing);
			assertThat(this.log).contains("open other", "close other");
			assertThat(warnings(logged, NoScope.class)).hasSize(1);
		}
	}

	@Test
	void aContextThatIsNullIsEmpty() {
		try (CapturedLog logged = new CapturedLog()) {
			assertThat(sent(new NoContext()).context()).isEmpty();
			assertThat(sent(new NoContext()).context()).isEmpty();
			assertThat(warnings(logged, NoContext.class)).hasSize(1);
		}
	}

	@Test
	void valuesOfAContextThatAreNullAreDropped() {
		Map<Object, @Nullable Object> values = new HashMap<>();
		values.put("a", null);
		values.put("b", "c");
		assertThat(sent(new PartOfContext(values)).context()).isEqualTo(Map.of("b", "c"));
	}

	@Test
	void aFactoryNeedNotFollowARequest() {
		try (CapturedLog logged = new CapturedLog()) {
			request((client, request) -> null);
			assertThat(logged.lines()).noneMatch((line) -> line.startsWith("WARN"));
		}
		assertThat(XhrListeners.create(List.of((client, request) -> null), "test", UNUSED))
			.isSameAs(XhrListeners.create(List.of(), "test", UNUSED));
	}

	@Test
	void theScopeThatIsOpenedLastIsClosedFirst() {
		request(following(named("outer")), following(named("inner")));
		assertThat(this.log.subList(0, 4)).containsExactly("open outer", "open inner", "close inner", "close outer");
	}

	@Test
	void theEndingIsToldWhileTheScopeIsOpenAndTheEndWhenItIsClosed() {
		request(following(named("one")));
		assertThat(this.log.subList(this.log.size() - 4, this.log.size())).containsExactly("open one", "ending SUCCESS",
				"close one", "ended SUCCESS");
	}

	private static void request(Factory... factories) {
		FakeNetwork network = new FakeNetwork(factories);
		XMLHttpRequest request = network.create();
		request.open("GET", "a");
		request.send();
		network.transport.only().head(200).end();
		network.run();
		assertThat(request.getReadyState()).isEqualTo(XMLHttpRequest.DONE);
		assertThat(request.getFailure()).isNull();
		network.close();
	}

	private static ExchangeListener sent(ExchangeListener listener) {
		return Objects.requireNonNull(XhrListeners.create(List.of(following(listener)), "test", UNUSED)
			.sent(new Sending("GET", null, false, () -> {
				throw new AssertionError("nobody asks for the channel");
			})));
	}

	private static Factory following(ExchangeListener listener) {
		return (client, request) -> new XhrListener() {

			@Override
			public ExchangeListener sent(Sending sending) {
				return listener;
			}

		};
	}

	private static List<String> warnings(CapturedLog log, Class<?> named) {
		return log.lines()
			.stream()
			.filter((line) -> line.startsWith("WARN") && line.contains(named.getName()))
			.toList();
	}

	private Named named(String name) {
		return new Named(name, this.log);
	}

	private record Named(String name, List<String> log) implements ExchangeListener {

		@Override
		public Scope open() {
			this.log.add("open " + this.name);
			return () -> this.log.add("close " + this.name);
		}

		@Override
		public void ending(Result result) {
			if (this.name.equals("one")) {
				this.log.add("ending " + result.outcome());
			}
		}

		@Override
		public void ended(Result result) {
			if (this.name.equals("one")) {
				this.log.add("ended " + result.outcome());
			}
		}

	}

	private record NoScope() implements ExchangeListener {

		@Override
		@SuppressWarnings("NullAway")
		public Scope open() {
			return null;
		}

	}

	private record NoContext() implements ExchangeListener {

		@Override
		@SuppressWarnings("NullAway")
		public Map<Object, Object> context() {
			return null;
		}

	}

	private record PartOfContext(Map<Object, @Nullable Object> values) implements ExchangeListener {

		@Override
		@SuppressWarnings({ "NullAway", "unchecked" })
		public Map<Object, Object> context() {
			return (Map<Object, Object>) (Map<?, ?>) this.values;
		}

	}

}
