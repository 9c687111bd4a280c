package io.github.springxhr.webclient;

import java.nio.channels.ClosedChannelException;
import java.util.concurrent.atomic.AtomicReference;

import io.github.springxhr.EventLog;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.LeftoversGuard;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * To cancel closes what is under way, which fails then: an error that is on its way to
 * the exchange when the cancellation comes from the other side is a part of it.
 */
class LateErrorsTests {

	private final AtomicReference<Subscriber<? super ClientResponse>> late = new AtomicReference<>();

	@Test
	void errorThatMeetsTheCancellationIsNotDropped() {
		try (XhrFactory factory = factory()) {
			XMLHttpRequest request = factory.create();
			EventLog log = EventLog.ofRequest(request);
			request.open("GET", "http://127.0.0.1:1/");
			request.send();
			request.abort();
			this.late.get().onError(new ClosedChannelException());
			assertThat(log.entries()).endsWith("readystatechange 4", "abort(0,0,false)", "loadend(0,0,false)");
			assertThat(LeftoversGuard.take()).isEmpty();
		}
	}

	@Test
	void errorWithoutACancellationIsTheRequests() throws InterruptedException {
		try (XhrFactory factory = factory()) {
			XMLHttpRequest request = factory.create();
			EventLog log = EventLog.ofRequest(request);
			request.open("GET", "http://127.0.0.1:1/");
			request.send();
			this.late.get().onError(new ClosedChannelException());
			log.awaitEnd();
			request.abort();
			assertThat(log.entries()).endsWith("readystatechange 4", "error(0,0,false)", "loadend(0,0,false)");
			assertThat(LeftoversGuard.take()).isEmpty();
		}
	}

	/** Whoever filters the requests takes no notice of being cancelled. */
	private XhrFactory factory() {
		return XhrFactory.builder(WebClient.builder()
			.filter((request, next) -> Mono.fromDirect((Subscriber<? super ClientResponse> subscriber) -> {
				subscriber.onSubscribe(new Uncancellable());
				this.late.set(subscriber);
			}))).build();
	}

	private static final class Uncancellable implements Subscription {

		@Override
		public void request(long count) {
			// nothing comes
		}

		@Override
		public void cancel() {
			// too late
		}

	}

}
