package io.github.springxhr;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.springxhr.event.Event;
import io.github.springxhr.event.EventListener;
import io.github.springxhr.event.ProgressEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The events and handlers themselves, and who keeps their target alive.
 */
class EventFieldsTests {

	@AutoClose
	private final FakeNetwork network = new FakeNetwork();

	@Test
	void eventsAreTrustedAndCannotBeCanceled() {
		XMLHttpRequest xhr = this.network.create();
		List<Event> events = new ArrayList<>();
		for (XhrEventType type : XhrEventType.values()) {
			xhr.addEventListener(type.eventName(), (event) -> {
				assertThat(event.getCurrentTarget()).isSameAs(xhr);
				event.preventDefault();
				events.add(event);
			});
			xhr.getUpload().addEventListener(type.eventName(), (event) -> {
				assertThat(event.getCurrentTarget()).isSameAs(xhr.getUpload());
				events.add(event);
			});
		}
		xhr.open("POST", "a");
		xhr.send("x");
		this.network.transport.only().sent(1).allSent().head(200).chunk("y").end();
		this.network.run();
		assertThat(events).hasSize(14).allSatisfy((event) -> {
			assertThat(event.isTrusted()).isTrue();
			assertThat(event.isCancelable()).isFalse();
			assertThat(event.isDefaultPrevented()).isFalse();
			assertThat(event.getCurrentTarget()).isNull();
			assertThat(event instanceof ProgressEvent).isNotEqualTo(event.getType().equals("readystatechange"));
		});
		assertThat(events.stream().map(Event::getTarget).distinct()).containsExactly(xhr, xhr.getUpload());
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "READYSTATECHANGE")
	void handlersOfRequestAndUpload(XhrEventType type) {
		XMLHttpRequest xhr = this.network.create();
		Stream.of(xhr, xhr.getUpload()).forEach((target) -> {
			List<Event> heard = new ArrayList<>();
			EventListener<ProgressEvent> handler = heard::add;
			assertThat(get(target, type)).isNull();
			set(target, type, handler);
			assertThat(get(target, type)).isSameAs(handler);
			target.dispatchEvent(new ProgressEvent(type.eventName(), true, 1, 2));
			set(target, type, null);
			assertThat(get(target, type)).isNull();
			target.dispatchEvent(new ProgressEvent(type.eventName(), true, 1, 2));
			assertThat(heard).hasSize(1);
		});
	}

	@Test
	void handlerOfStateChanges() {
		XMLHttpRequest xhr = this.network.create();
		List<Event> heard = new ArrayList<>();
		EventListener<Event> handler = heard::add;
		xhr.setOnreadystatechange(handler);
		assertThat(xhr.getOnreadystatechange()).isSameAs(handler);
		xhr.open("GET", "a");
		xhr.setOnreadystatechange(null);
		xhr.send();
		xhr.abort();
		assertThat(heard).hasSize(1);
	}

	@Test
	void requestInFlightIsKeptAlive() {
		List<String> heard = new ArrayList<>();
		WeakReference<XMLHttpRequest> request = sent(heard);
		System.gc();
		this.network.transport.only().head(200).end();
		this.network.run();
		assertThat(heard).containsExactly("load");
		this.network.transport.exchanges.clear();
		Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(10)).until(() -> {
			System.gc();
			return request.refersTo(null);
		});
		Reference.reachabilityFence(this.network);
	}

	private WeakReference<XMLHttpRequest> sent(List<String> heard) {
		XMLHttpRequest xhr = this.network.create();
		xhr.setOnload((event) -> heard.add(event.getType()));
		xhr.open("GET", "a");
		xhr.send();
		return new WeakReference<>(xhr);
	}

	private static EventListener<ProgressEvent> get(XMLHttpRequestEventTarget target, XhrEventType type) {
		return switch (type) {
			case LOADSTART -> target.getOnloadstart();
			case PROGRESS -> target.getOnprogress();
			case ABORT -> target.getOnabort();
			case ERROR -> target.getOnerror();
			case LOAD -> target.getOnload();
			case TIMEOUT -> target.getOntimeout();
			case LOADEND -> target.getOnloadend();
			case READYSTATECHANGE -> throw new IllegalArgumentException();
		};
	}

	private static void set(XMLHttpRequestEventTarget target, XhrEventType type, EventListener<ProgressEvent> handler) {
		switch (type) {
			case LOADSTART -> target.setOnloadstart(handler);
			case PROGRESS -> target.setOnprogress(handler);
			case ABORT -> target.setOnabort(handler);
			case ERROR -> target.setOnerror(handler);
			case LOAD -> target.setOnload(handler);
			case TIMEOUT -> target.setOntimeout(handler);
			case LOADEND -> target.setOnloadend(handler);
			case READYSTATECHANGE -> throw new IllegalArgumentException();
		}
	}

}
