package io.github.springxhr.webclient;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Tests of {@link NettyConnector}, and of what filters of the application see of its
 * requests and responses.
 */
class NettyConnectorTests {

	private static final Script HELLO = Script
		.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello", "Set-Cookie: a=b; Path=/x")));

	@Test
	void aFilterAddsCookiesAndHeadersAndActsBeforeTheRequestIsWritten() throws InterruptedException {
		ExchangeFilterFunction filter = (request, next) -> next
			.exchange(ClientRequest.from(request).cookie("mine", "1").header("X-Mine", "2").body((wire, context) -> {
				wire.beforeCommit(() -> Mono.fromRunnable(() -> wire.getHeaders().set("X-Late", "3")));
				return request.body().insert(wire, context);
			}).build());
		try (FaultServer server = FaultServer.start(HELLO)) {
			assertThat(get(server, filter).getResponseText()).isEqualTo("hello");
			RecordedRequest received = server.requests().get(0);
			assertThat(received.headers("Cookie")).containsExactly("mine=1");
			assertThat(received.headers("X-Mine")).containsExactly("2");
			assertThat(received.headers("X-Late")).containsExactly("3");
		}
	}

	@Test
	void aRequestThatIsWrittenCannotBeChanged() throws InterruptedException {
		AtomicReference<ClientHttpRequest> seen = new AtomicReference<>();
		ExchangeFilterFunction filter = (request, next) -> next
			.exchange(ClientRequest.from(request).body((wire, context) -> {
				seen.set(wire);
				assertThat(wire.isCommitted()).isFalse();
				return request.body().insert(wire, context);
			}).build());
		try (FaultServer server = FaultServer.start(HELLO)) {
			get(server, filter);
			assertThat(seen.get().isCommitted()).isTrue();
			assertThatCode(() -> seen.get().getHeaders().set("X", "1"))
				.isInstanceOf(UnsupportedOperationException.class);
			assertThat(seen.get().setComplete().blockOptional(Duration.ofSeconds(10))).isEmpty();
			assertThat(seen.get().getURI()).hasToString(server.url("/"));
			assertThat(seen.get().getMethod().name()).isEqualTo("GET");
		}
	}

	@Test
	void aFilterSeesStatusHeadersCookiesAndBodyOfAResponse() throws InterruptedException {
		AtomicReference<HttpStatusCode> status = new AtomicReference<>();
		AtomicReference<ResponseCookie> cookie = new AtomicReference<>();
		ExchangeFilterFunction filter = (request, next) -> next.exchange(request).flatMap((response) -> {
			status.set(response.statusCode());
			cookie.set(response.cookies().getFirst("a"));
			return response.bodyToMono(String.class)
				.map((body) -> ClientResponse.create(response.statusCode()).body(body + " to you").build());
		});
		try (FaultServer server = FaultServer.start(HELLO)) {
			assertThat(get(server, filter).getResponseText()).isEqualTo("hello to you");
			assertThat(status.get().value()).isEqualTo(200);
			assertThat(cookie.get().getValue()).isEqualTo("b");
			assertThat(cookie.get().getPath()).isEqualTo("/x");
		}
	}

	@Test
	void aResponseThatAFilterLetsGoLeavesItsConnectionForTheNext() throws InterruptedException {
		ExchangeFilterFunction twice = (request, next) -> next.exchange(request)
			.flatMap((response) -> response.releaseBody().then(next.exchange(request)));
		try (FaultServer server = FaultServer.start(HELLO)) {
			assertThat(get(server, twice).getResponseText()).isEqualTo("hello");
			assertThat(server.requests()).hasSize(2);
		}
	}

	@RepeatedTest(20)
	void aFactoryThatIsClosedDuringTheFirstRequestEndsIt() throws Exception {
		try (FaultServer server = FaultServer.start(HELLO)) {
			XhrFactory factory = XhrFactory.builder(WebClient.builder()).shutdownTimeout(Duration.ZERO).build();
			CountDownLatch end = new CountDownLatch(1);
			XMLHttpRequest xhr = factory.create();
			xhr.setOnloadend((event) -> end.countDown());
			xhr.open("GET", server.url("/"));
			CyclicBarrier together = new CyclicBarrier(2);
			Thread closing = new Thread(() -> {
				awaitQuietly(together);
				factory.close();
			});
			closing.start();
			awaitQuietly(together);
			xhr.send();
			assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
			closing.join();
			assertThat(xhr.getReadyState()).isEqualTo(XMLHttpRequest.DONE);
			assertThat(xhr.getStatus() == 200 || xhr.getFailure() != null).isTrue();
		}
	}

	private static XMLHttpRequest get(FaultServer server, ExchangeFilterFunction filter) throws InterruptedException {
		try (XhrFactory factory = XhrFactory.builder(WebClient.builder().filter(filter)).build()) {
			CountDownLatch end = new CountDownLatch(1);
			XMLHttpRequest xhr = factory.create();
			xhr.setOnloadend((event) -> end.countDown());
			xhr.open("GET", server.url("/"));
			xhr.send();
			assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(xhr.getFailure()).isNull();
			assertThat(xhr.getResponseText().getBytes(StandardCharsets.UTF_8)).isNotEmpty();
			return xhr;
		}
	}

	private static void awaitQuietly(CyclicBarrier barrier) {
		try {
			barrier.await(10, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
