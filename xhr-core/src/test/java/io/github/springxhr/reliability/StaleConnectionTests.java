package io.github.springxhr.reliability;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import io.github.springxhr.StreamBody;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.XhrListener;
import io.github.springxhr.fixture.FaultConnection;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.webclient.PoolSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server closes a connection that was kept as it is used again. The request is sent
 * once more where that can do no harm, and nobody notices; where it can, it fails.
 */
class StaleConnectionTests {

	private static final Script OK = Script
		.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello")));

	private final List<String> retries = new ArrayList<>();

	private static Script stale(Script end) {
		return (connection) -> {
			connection.readRequest().send(Responses.ok("hello"));
			end.run(connection);
		};
	}

	/** With one connection, for which the next request waits. */
	private static XhrFactoryBuilder builder() {
		return XhrFactory.builder(WebClient.builder()).pool(PoolSettings.defaults().withMaxConnections(1));
	}

	private XhrFactory factory() {
		return builder().listener((client, request) -> new XhrListener() {

			@Override
			public ExchangeListener sent(Sending sending) {
				return new ExchangeListener() {

					@Override
					public void retried() {
						StaleConnectionTests.this.retries.add(sending.method());
					}

				};
			}

		}).build();
	}

	private static XMLHttpRequest send(XhrFactory factory, String method, String url, @Nullable Object body,
			List<String> events) {
		XMLHttpRequest request = factory.create();
		List.of("loadstart", "load", "error", "loadend")
			.forEach((type) -> request.addEventListener(type, (event) -> events.add(type)));
		if (body != null) {
			List.of("loadstart", "load", "error", "loadend")
				.forEach((type) -> request.getUpload().addEventListener(type, (event) -> events.add("upload " + type)));
		}
		request.open(method, url);
		request.sendAsync(body).exceptionally((ex) -> request).join();
		return request;
	}

	@ParameterizedTest
	@CsvSource({ "GET, false", "GET, true", "HEAD, false", "DELETE, true", "OPTIONS, false" })
	void idempotentRequestIsSentOnceMore(String method, boolean reset) {
		Script stale = stale((connection) -> end(connection.readRequest(), reset));
		try (FaultServer server = FaultServer.start(stale, OK); XhrFactory factory = factory()) {
			send(factory, "GET", server.url("/"), null, new ArrayList<>());
			List<String> events = new ArrayList<>();
			XMLHttpRequest request = send(factory, method, server.url("/"), null, events);
			assertThat(request.getStatus()).isEqualTo(200);
			assertThat(events).containsExactly("loadstart", "load", "loadend");
			assertThat(this.retries).containsExactly(method);
			assertThat(server.requestCount()).isEqualTo(3);
		}
	}

	private static void end(FaultConnection connection, boolean reset) {
		if (reset) {
			connection.reset();
		}
		else {
			connection.close();
		}
	}

	@Test
	void bodyThatCanBeRepeatedIsSentOnceMoreAndToldOnce() {
		Script stale = stale((connection) -> connection.readRequest().close());
		try (FaultServer server = FaultServer.start(stale, OK); XhrFactory factory = factory()) {
			send(factory, "GET", server.url("/"), null, new ArrayList<>());
			List<String> events = new ArrayList<>();
			XMLHttpRequest request = send(factory, "PUT", server.url("/"), "content", events);
			assertThat(request.getStatus()).isEqualTo(200);
			assertThat(events).containsExactly("loadstart", "upload loadstart", "upload load", "upload loadend", "load",
					"loadend");
			assertThat(server.requests().get(2).bodyText()).isEqualTo("content");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PATCH", "BREW" })
	void requestThatCouldDoHarmTwiceIsNot(String method) {
		assertFails(method, "content", stale((connection) -> connection.readRequest().close()));
	}

	@Test
	void bodyThatCannotBeRepeatedIsNot() {
		Flux<ByteBuffer> content = Flux.just(ByteBuffer.allocate(7));
		assertFails("PUT", new StreamBody(content, 7), stale((connection) -> connection.readRequest().close()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "H", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 103 Early Hints\r\n\r\n" })
	void requestThatHasBeenAnsweredInPartIsNot(String part) {
		assertFails("GET", null, stale((connection) -> connection.readRequest().send(part).close()));
	}

	private void assertFails(String method, @Nullable Object body, Script first) {
		try (FaultServer server = FaultServer.start(first, OK); XhrFactory factory = factory()) {
			send(factory, "GET", server.url("/"), null, new ArrayList<>());
			XMLHttpRequest request = send(factory, method, server.url("/"), body, new ArrayList<>());
			assertThat(request.getFailure().kind()).isEqualTo(FailureKind.CONNECTION_CLOSED);
			assertThat(this.retries).isEmpty();
			assertThat(server.requestCount()).isEqualTo(2);
		}
	}

	@Test
	void newConnectionThatIsClosedIsAFailure() {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest().close(), OK);
				XhrFactory factory = factory()) {
			XMLHttpRequest request = send(factory, "GET", server.url("/"), null, new ArrayList<>());
			assertThat(request.getFailure().kind()).isEqualTo(FailureKind.CONNECTION_CLOSED);
			assertThat(server.requestCount()).isEqualTo(1);
		}
	}

	@Test
	void preflightIsSentOnceMore() {
		Script cors = Script.keepAlive((connection) -> connection.readRequest()
			.send(Responses.ok("hello", "Access-Control-Allow-Origin: *", "Access-Control-Allow-Headers: x-own")));
		Script stale = (connection) -> connection.readRequest()
			.send(Responses.ok("hello", "Access-Control-Allow-Origin: *"))
			.readRequest()
			.close();
		try (FaultServer server = FaultServer.start(stale, cors);
				XhrFactory factory = builder().origin("https://page.example").build()) {
			send(factory, "GET", server.url("/"), null, new ArrayList<>());
			XMLHttpRequest request = factory.create();
			request.open("GET", server.url("/"));
			request.setRequestHeader("X-Own", "1");
			request.sendAsync(null).join();
			assertThat(request.getStatus()).isEqualTo(200);
			assertThat(server.requests()).extracting((received) -> received.method())
				.containsExactly("GET", "OPTIONS", "OPTIONS", "GET");
		}
	}

}
