package io.github.springxhr;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import io.github.springxhr.fixture.DeadPort;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Requests opened with {@code async = false}, over sockets.
 */
class SynchronousTests {

	private XhrFactory factory = XhrFactory.builder(WebClient.builder()).build();

	private XMLHttpRequest xhr = this.factory.create();

	@AfterEach
	void close() {
		this.factory.close();
	}

	private void factory(Consumer<XhrFactoryBuilder> settings) {
		this.factory.close();
		XhrFactoryBuilder builder = XhrFactory.builder(WebClient.builder());
		settings.accept(builder);
		this.factory = builder.build();
		this.xhr = this.factory.create();
	}

	@Test
	void successFiresTheLastEventsOnly() {
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello"))))) {
			EventLog log = EventLog.of(this.xhr);
			this.xhr.open("POST", server.url("/"), false);
			this.xhr.send("body");
			assertThat(log.entries()).containsExactly("readystatechange 1", "readystatechange 4", "load(5,5,true)",
					"loadend(5,5,true)");
			assertThat(this.xhr.getStatus()).isEqualTo(200);
			assertThat(this.xhr.getResponseText()).isEqualTo("hello");
			assertThat(server.requests().get(0).bodyText()).isEqualTo("body");
		}
	}

	@Test
	void nullBodyResponse() {
		try (FaultServer server = FaultServer.start(
				Script.keepAlive((connection) -> connection.readRequest().send("HTTP/1.1 204 No Content\r\n\r\n")))) {
			this.xhr.open("GET", server.url("/"), false);
			this.xhr.send();
			assertThat(this.xhr.getStatus()).isEqualTo(204);
			assertThat(this.xhr.getReadyState()).isEqualTo(XMLHttpRequest.DONE);
		}
	}

	@Test
	void aResetContentWithoutALengthIsNotWaitedFor() {
		try (FaultServer server = FaultServer
			.start((connection) -> connection.readRequest().send(Responses.head("205 Reset Content")).hold())) {
			XMLHttpRequest request = this.factory.create();
			request.open("GET", server.url("/"), false);
			request.setTimeout(5000);
			request.send();
			assertThat(request.getStatus()).isEqualTo(205);
		}
	}

	@Test
	void bodyLargerThanTheWindowIsReadWhole() {
		String body = "0123456789abcdef".repeat(256 * 1024);
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok(body))))) {
			this.xhr.open("GET", server.url("/"), false);
			this.xhr.send();
			assertThat(this.xhr.getResponseText()).isEqualTo(body);
		}
	}

	@Test
	void refusedConnectionThrowsNetworkErrorAndFiresNothing() throws Exception {
		try (DeadPort port = FaultServer.refusing()) {
			EventLog log = EventLog.of(this.xhr);
			this.xhr.open("POST", port.url("/"), false);
			assertFails("NetworkError", () -> this.xhr.send("body"));
			assertThat(log.entries()).containsExactly("readystatechange 1");
			assertThat(this.xhr.getReadyState()).isEqualTo(XMLHttpRequest.DONE);
			assertThat(this.xhr.getFailure().kind()).isEqualTo(FailureKind.CONNECT);
		}
	}

	@Test
	void truncatedBodyThrowsNetworkErrorAndLeavesNoResponse() {
		try (FaultServer server = FaultServer.start(
				(connection) -> connection.readRequest().send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello"))) {
			this.xhr.open("GET", server.url("/"), false);
			assertFails("NetworkError", this.xhr::send);
			assertThat(this.xhr.getStatus()).isZero();
			assertThat(this.xhr.getResponseText()).isEmpty();
		}
	}

	@Test
	void timeoutThrowsTimeoutError() {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest().awaitPeerClosed())) {
			EventLog log = EventLog.of(this.xhr);
			this.xhr.open("GET", server.url("/"), false);
			this.xhr.setTimeout(50);
			assertFails("TimeoutError", this.xhr::send);
			assertThat(log.entries()).containsExactly("readystatechange 1");
			server.awaitAllClosed(Duration.ofSeconds(10));
		}
	}

	@Test
	void abortFromAnotherThreadThrowsAbortError() throws Exception {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest().awaitPeerClosed())) {
			this.xhr.open("GET", server.url("/"), false);
			CompletableFuture<Void> aborter = CompletableFuture.runAsync(() -> {
				server.awaitRequest(0);
				this.xhr.abort();
			});
			assertFails("AbortError", this.xhr::send);
			aborter.join();
		}
	}

	@Test
	void closingTheFactoryThrowsAbortError() throws Exception {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest().awaitPeerClosed())) {
			this.xhr.open("GET", server.url("/"), false);
			CompletableFuture<Void> closer = CompletableFuture.runAsync(() -> {
				server.awaitRequest(0);
				this.factory.close();
			});
			assertFails("AbortError", this.xhr::send);
			closer.join();
		}
	}

	@Test
	void requestCanBeUsedAgainAfterAFailure() throws Exception {
		try (DeadPort port = FaultServer.refusing();
				FaultServer server = FaultServer
					.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("x"))))) {
			this.xhr.open("GET", port.url("/"), false);
			assertFails("NetworkError", this.xhr::send);
			this.xhr.open("GET", server.url("/"), false);
			this.xhr.send();
			assertThat(this.xhr.getResponseText()).isEqualTo("x");
		}
	}

	@Test
	void worksInsideAListenerOfTheSameRequest() throws Exception {
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("x"))))) {
			CompletableFuture<String> nested = new CompletableFuture<>();
			this.xhr.setOnload((event) -> {
				this.xhr.setOnload(null);
				this.xhr.open("GET", server.url("/nested"), false);
				this.xhr.send();
				nested.complete(this.xhr.getResponseURL());
			});
			this.xhr.open("GET", server.url("/"));
			this.xhr.send();
			assertThat(nested.get(10, java.util.concurrent.TimeUnit.SECONDS)).endsWith("/nested");
		}
	}

	@Test
	void isRefusedOnAThreadThatMustNotBlock() {
		this.xhr.open("GET", "http://localhost:1/", false);
		assertThatThrownBy(() -> Mono.fromRunnable(this.xhr::send).subscribeOn(Schedulers.parallel()).block())
			.isInstanceOf(IllegalStateException.class)
			.hasMessageContaining("must not block");
		assertThat(this.xhr.getReadyState()).isEqualTo(XMLHttpRequest.OPENED);
	}

	@Test
	void switchedOffIsANetworkError() {
		factory((builder) -> builder.synchronous(false));
		this.xhr.open("GET", "http://localhost:1/", false);
		assertFails("NetworkError", this.xhr::send);
		assertThat(this.xhr.getReadyState()).isEqualTo(XMLHttpRequest.DONE);
		assertThat(this.xhr.getFailure().kind()).isEqualTo(FailureKind.BLOCKED);
	}

	@Test
	void windowRulesForbidTimeoutAndResponseType() {
		factory((builder) -> builder.origin("http://h"));
		this.xhr.setTimeout(1);
		assertFails("InvalidAccessError", () -> this.xhr.open("GET", "http://h/", false));
		this.xhr.setTimeout(0);
		this.xhr.setResponseType(XMLHttpRequestResponseType.TEXT);
		assertFails("InvalidAccessError", () -> this.xhr.open("GET", "http://h/", false));
		this.xhr.setResponseType(XMLHttpRequestResponseType.EMPTY);
		this.xhr.open("GET", "http://h/", false);
		assertFails("InvalidAccessError", () -> this.xhr.setTimeout(1));
		assertFails("InvalidAccessError", () -> this.xhr.setResponseType(XMLHttpRequestResponseType.TEXT));
		assertThat(this.xhr.getTimeout()).isZero();
	}

	@Test
	void timeoutOfTheClientHoldsInAWindow() {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest().awaitPeerClosed())) {
			factory((builder) -> builder.origin(server.url("")).timeout(Duration.ofMillis(50)));
			this.xhr.open("GET", server.url("/"), false);
			assertFails("TimeoutError", this.xhr::send);
			this.xhr.open("GET", server.url("/"));
			this.xhr.setTimeout(50);
			assertFails("InvalidAccessError", () -> this.xhr.open("GET", server.url("/"), false));
		}
	}

	@Test
	void stateIsCheckedBeforeTheWindow() {
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("x"))))) {
			factory((builder) -> builder.origin(server.url("")));
			this.xhr.open("GET", server.url("/"), false);
			this.xhr.send();
			assertFails("InvalidStateError", () -> this.xhr.setResponseType(XMLHttpRequestResponseType.TEXT));
			assertFails("InvalidAccessError", () -> this.xhr.setTimeout(1));
		}
	}

	@Test
	void timeoutAndTypeAreAllowedWithoutAnOrigin() {
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("[1]"))))) {
			this.xhr.setTimeout(60_000);
			this.xhr.setResponseType(XMLHttpRequestResponseType.JSON);
			this.xhr.open("GET", server.url("/"), false);
			this.xhr.send();
			assertThat(this.xhr.getResponse()).hasToString("[1]");
		}
	}

	@Test
	void uploadIsSilentInAFailureToo() throws Exception {
		try (DeadPort port = FaultServer.refusing()) {
			EventLog log = EventLog.of(this.xhr);
			this.xhr.open("POST", port.url("/"), false);
			this.xhr.setTimeout(60_000);
			assertFails("NetworkError", () -> this.xhr.send("body"));
			assertThat(log.entries()).containsExactly("readystatechange 1");
			assertFails("InvalidStateError", this.xhr::send);
		}
	}

	private static void assertFails(String name, ThrowingCallable call) {
		assertThatExceptionOfType(XhrException.class).isThrownBy(call)
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo(name));
	}

}
