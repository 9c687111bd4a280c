package io.github.springxhr;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.micrometer.context.ContextRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * {@code exchange()}, {@code sendAsync()}, and the caller's context in listeners.
 */
class BridgesTests {

	@AutoClose
	private final FakeNetwork network = new FakeNetwork();

	private final XMLHttpRequest xhr = this.network.create();

	@Test
	void monoSendsOnSubscribeAndCompletesAfterLoadend() {
		EventLog log = EventLog.ofRequest(this.xhr);
		this.xhr.open("POST", "a");
		Mono<XMLHttpRequest> mono = this.xhr.exchange("body");
		assertThat(this.network.transport.exchanges).isEmpty();
		StepVerifier.create(mono).then(() -> {
			this.network.transport.only().head(404).end();
			this.network.run();
		}).assertNext((request) -> {
			assertThat(request).isSameAs(this.xhr);
			assertThat(log.entries()).endsWith("loadend(0,0,false)");
		}).verifyComplete();
	}

	@Test
	void monoFailsWithTheStandardsName() {
		this.xhr.open("GET", "a");
		StepVerifier.create(this.xhr.exchange(null)).then(() -> {
			this.network.transport.only().fail();
			this.network.run();
		}).verifyErrorSatisfies((ex) -> assertThat(((XhrException) ex).getName()).isEqualTo("NetworkError"));
	}

	@Test
	void monoFailsOnTimeout() {
		this.xhr.open("GET", "a");
		this.xhr.setTimeout(10);
		StepVerifier.create(this.xhr.exchange(null)).then(() -> {
			this.network.timers.advance(Duration.ofMillis(10));
			this.network.run();
		}).verifyErrorSatisfies((ex) -> assertThat(((XhrException) ex).getName()).isEqualTo("TimeoutError"));
	}

	@Test
	void cancellingTheMonoAborts() {
		EventLog log = EventLog.ofRequest(this.xhr);
		this.xhr.open("GET", "a");
		StepVerifier.create(this.xhr.exchange(null)).thenCancel().verify();
		assertThat(log.entries()).endsWith("abort(0,0,false)", "loadend(0,0,false)");
		assertThat(this.network.transport.only().cancelled).isTrue();
	}

	@Test
	void secondSubscriptionFails() {
		this.xhr.open("GET", "a");
		Mono<XMLHttpRequest> mono = this.xhr.exchange(null);
		mono.subscribe((request) -> {
		}, (failure) -> assertThat(failure).isInstanceOf(XhrException.class));
		StepVerifier.create(mono)
			.verifyErrorSatisfies((ex) -> assertThat(((XhrException) ex).getName()).isEqualTo("InvalidStateError"));
		this.xhr.abort();
	}

	@Test
	void monoOfAnUnopenedRequestFails() {
		StepVerifier.create(this.xhr.exchange(null))
			.verifyErrorSatisfies((ex) -> assertThat(((XhrException) ex).getName()).isEqualTo("InvalidStateError"));
	}

	@Test
	void openingAnewFailsTheMono() {
		this.xhr.open("GET", "a");
		StepVerifier.create(this.xhr.exchange(null))
			.then(() -> this.xhr.open("GET", "b"))
			.verifyErrorSatisfies((ex) -> assertThat(((XhrException) ex).getName()).isEqualTo("AbortError"));
	}

	@Test
	void futureCompletes() {
		this.xhr.open("GET", "a");
		CompletableFuture<XMLHttpRequest> future = this.xhr.sendAsync(null);
		this.network.transport.only().head(200).end();
		this.network.run();
		assertThat(future).isCompletedWithValue(this.xhr);
	}

	@Test
	void futureFails() {
		this.xhr.open("GET", "a");
		CompletableFuture<XMLHttpRequest> future = this.xhr.sendAsync(null);
		this.network.transport.only().fail();
		this.network.run();
		assertThat(future).isCompletedExceptionally();
	}

	@Test
	void cancellingTheFutureAborts() {
		this.xhr.open("GET", "a");
		CompletableFuture<XMLHttpRequest> future = this.xhr.sendAsync(null);
		future.cancel(true);
		assertThat(this.network.transport.only().cancelled).isTrue();
		assertThat(this.xhr.getReadyState()).isEqualTo(XMLHttpRequest.UNSENT);
	}

	@Test
	void bodyThatCannotBeSentIsRefused() {
		this.xhr.open("POST", "a");
		assertThat(this.xhr.sendAsync(new Object())).isCompletedExceptionally();
		assertThatIllegalArgumentException().isThrownBy(() -> {
			throw this.xhr.sendAsync(3).handle((request, ex) -> (RuntimeException) ex).join();
		}).withMessageContaining("java.lang.Integer");
		assertThat(this.xhr.getReadyState()).isEqualTo(XMLHttpRequest.OPENED);
	}

	@Test
	void jsonIsSentWithItsType() {
		this.xhr.open("POST", "a");
		this.xhr.sendJson(List.of(1, "x"));
		assertThat(this.network.transport.only().request.headers().get("Content-Type")).isEqualTo("application/json");
		assertThat(this.network.transport.only().request.body().length()).isEqualTo("[1,\"x\"]".length());
		this.xhr.abort();
	}

	@Test
	void binaryStringIsSentByteByByte() {
		this.xhr.open("POST", "a");
		this.xhr.sendAsBinary("a\u00FF");
		assertThat(this.network.transport.only().request.body().length()).isEqualTo(2);
		assertThat(this.network.transport.only().request.headers().get("Content-Type")).isNull();
		this.xhr.abort();
		this.xhr.open("POST", "a");
		assertThatExceptionOfType(XhrException.class).isThrownBy(() -> this.xhr.sendAsBinary("\u0100"))
			.satisfies((ex) -> {
				assertThat(ex.getName()).isEqualTo("InvalidCharacterError");
				assertThat((int) ex.code).isEqualTo(5);
			});
	}

	@Test
	void loggingContextOfTheCallerIsThereInListeners() {
		List<String> seen = new ArrayList<>();
		this.xhr.setOnload((event) -> seen.add(MDC.get("order")));
		this.xhr.open("GET", "a");
		MDC.put("order", "7");
		this.xhr.send();
		MDC.clear();
		this.network.transport.only().head(200).end();
		MDC.put("order", "of the worker");
		this.network.run();
		assertThat(seen).containsExactly("7");
		assertThat(MDC.get("order")).isEqualTo("of the worker");
		MDC.clear();
	}

	@Test
	void observationOfTheCallerIsCurrentInListeners() {
		TestObservationRegistry registry = TestObservationRegistry.create();
		Observation caller = Observation.start("caller", registry);
		List<Observation> seen = new ArrayList<>();
		this.xhr.setOnload((event) -> seen.add(registry.getCurrentObservation()));
		this.xhr.open("GET", "a");
		caller.scoped(() -> this.xhr.send());
		this.network.transport.only().head(200).end();
		this.network.run();
		assertThat(seen).containsExactly(caller);
		assertThat(registry.getCurrentObservation()).isNull();
	}

	@Test
	void reactorContextOfTheSubscriberIsThereInListeners() {
		ThreadLocal<String> tenant = new ThreadLocal<>();
		ContextRegistry.getInstance().registerThreadLocalAccessor("tenant", tenant::get, tenant::set, tenant::remove);
		try {
			List<String> seen = new ArrayList<>();
			this.xhr.setOnload((event) -> seen.add(tenant.get()));
			this.xhr.open("GET", "a");
			this.xhr.exchange(null).contextWrite((context) -> context.put("tenant", "acme")).subscribe();
			this.network.transport.only().head(200).end();
			this.network.run();
			assertThat(seen).containsExactly("acme");
			assertThat(tenant.get()).isNull();
		}
		finally {
			ContextRegistry.getInstance().removeThreadLocalAccessor("tenant");
		}
	}

}
