package io.github.springxhr;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import io.github.springxhr.XhrInFlight.Transfer;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Script;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a factory tells of its requests in flight, and aborting one of them.
 */
class XhrInFlightTests {

	@AutoClose
	private final FakeNetwork network = new FakeNetwork();

	private final XMLHttpRequest xhr = this.network.create();

	@Test
	void isThereFromSendToTheEnd() {
		this.xhr.open("GET", "a");
		assertThat(inFlight()).isEmpty();
		this.xhr.send();
		assertThat(inFlight()).hasSize(1);
		this.network.transport.only().head(200).end();
		this.network.run();
		assertThat(inFlight()).isEmpty();
	}

	@Test
	void tellsStateAndProgressOfBothBodies() {
		this.xhr.open("POST", "a");
		this.xhr.send("hello");
		assertThat(only().readyState()).isEqualTo(1);
		assertThat(only().stateName()).isEqualTo("OPENED");
		this.network.transport.only().sent(3);
		this.network.run();
		assertThat(only().upload()).isEqualTo(new Transfer(3, 5));
		assertThat(only().download()).isEqualTo(new Transfer(0, 0));
		this.network.transport.only().sent(2).allSent().head(200, "Content-Length", "10");
		this.network.run();
		assertThat(only().stateName()).isEqualTo("HEADERS_RECEIVED");
		assertThat(only().upload()).isEqualTo(new Transfer(5, 5));
		assertThat(only().download()).isEqualTo(new Transfer(0, 10));
		this.network.transport.only().chunk("1234");
		this.network.run();
		assertThat(only().stateName()).isEqualTo("LOADING");
		assertThat(only().download()).isEqualTo(new Transfer(4, 10));
	}

	@Test
	void tellsMethodAgeAndWhetherItIsInTheBackground() {
		this.xhr.open("PUT", "a");
		this.xhr.setMozBackgroundRequest(true);
		this.xhr.send();
		XMLHttpRequest other = this.network.create();
		this.network.timers.advance(Duration.ofMillis(1500));
		other.open("GET", "b");
		other.send();
		this.network.timers.advance(Duration.ofMillis(10));
		List<XhrInFlight> inFlight = inFlight();
		assertThat(inFlight).extracting(XhrInFlight::method).containsExactly("PUT", "GET");
		assertThat(inFlight).extracting(XhrInFlight::background).containsExactly(true, false);
		assertThat(inFlight).extracting(XhrInFlight::age)
			.containsExactly(Duration.ofMillis(1510), Duration.ofMillis(10));
		assertThat(inFlight.get(0).id()).isLessThan(inFlight.get(1).id());
	}

	@ParameterizedTest
	@CsvSource({ "a/b?key=secret#secret, http://server.test/base/a/b",
			"http://user:secret@other.test/x, http://other.test/x" })
	void urlIsWithoutUserInfoQueryAndFragment(String url, String shown) {
		this.xhr.open("GET", url);
		this.xhr.send();
		assertThat(only().uri()).isEqualTo(shown);
	}

	@ParameterizedTest
	@CsvSource({ "orders/{id}, orders/{id}", "orders/{id}?key=secret, orders/{id}",
			"http://user:secret@other.test/{id}, http://other.test/7",
			"https:user:secret@other.test/{id}, https://other.test/7",
			"http://other.test/{id}?key=secret, http://other.test/{id}", "'data:,secret{id}', data:" })
	void templateStandsForTheUrlUnlessItHoldsASecret(String template, String shown) {
		this.xhr.open(HttpMethod.GET, template, "7");
		this.xhr.send();
		assertThat(only().uri()).isEqualTo(shown);
	}

	@Test
	void abortDoesWhatTheMethodOfTheRequestDoes() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200).chunk("x");
		this.network.run();
		EventLog log = EventLog.of(this.xhr);
		assertThat(this.network.factory.abort(only().id())).isTrue();
		assertThat(log.entries()).containsExactly("readystatechange 4", "abort(0,0,false)", "loadend(0,0,false)");
		assertThat(this.xhr.getReadyState()).isZero();
		assertThat(this.network.transport.only().cancelled).isTrue();
		assertThat(inFlight()).isEmpty();
	}

	@Test
	void abortLeavesTheOthersAlone() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		XMLHttpRequest other = this.network.create();
		other.open("GET", "b");
		other.send();
		this.network.factory.abort(inFlight().get(1).id());
		assertThat(this.xhr.getReadyState()).isOne();
		assertThat(other.getReadyState()).isZero();
		assertThat(only().uri()).endsWith("/a");
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void manyEndInAnyOrder(long seed) {
		for (int i = 0; i < 80; i++) {
			XMLHttpRequest request = this.network.create();
			request.open("GET", "a");
			request.send();
		}
		List<Long> expected = new ArrayList<>(inFlight().stream().map(XhrInFlight::id).toList());
		assertThat(expected).hasSize(80).isSorted();
		Random random = new Random(seed);
		while (!expected.isEmpty()) {
			long id = expected.remove(random.nextInt(expected.size()));
			assertThat(this.network.factory.abort(id)).isTrue();
			assertThat(this.network.factory.abort(id)).isFalse();
			assertThat(inFlight()).extracting(XhrInFlight::id).isEqualTo(expected);
		}
	}

	@Test
	void whatHasEndedOrNeverWasIsNotAborted() {
		assertThat(this.network.factory.abort(1)).isFalse();
		this.xhr.open("GET", "a");
		this.xhr.send();
		long id = only().id();
		this.network.transport.only().head(200).end();
		this.network.run();
		assertThat(this.network.factory.abort(id)).isFalse();
		assertThat(this.xhr.getReadyState()).isEqualTo(4);
	}

	@Test
	void theNextExchangeOfTheSameRequestIsNotAborted() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		long id = only().id();
		this.xhr.open("GET", "b");
		this.xhr.send();
		assertThat(this.network.factory.abort(id)).isFalse();
		assertThat(only().uri()).endsWith("/b");
		assertThat(only().id()).isNotEqualTo(id);
	}

	@Test
	@Timeout(30)
	void synchronousRequestFailsInTheThreadThatWaits() {
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().awaitPeerClosed()));
				XhrFactory factory = XhrFactory.builder(WebClient.builder()).build()) {
			CompletableFuture<Boolean> aborted = CompletableFuture.supplyAsync(() -> {
				server.awaitRequest(0);
				return factory.abort(factory.getInFlight().get(0).id());
			});
			XMLHttpRequest request = factory.create();
			request.open("GET", server.url("/"), false);
			assertThatExceptionOfType(XhrException.class).isThrownBy(request::send)
				.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("AbortError"));
			assertThat(aborted.join()).isTrue();
		}
	}

	private List<XhrInFlight> inFlight() {
		return this.network.factory.getInFlight();
	}

	private XhrInFlight only() {
		assertThat(inFlight()).hasSize(1);
		return inFlight().get(0);
	}

}
