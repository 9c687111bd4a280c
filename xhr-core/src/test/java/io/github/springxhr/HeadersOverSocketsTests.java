package io.github.springxhr;

import java.util.List;
import java.util.function.Consumer;

import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Header fields, byte for byte, where HTTP libraries and the Fetch Standard disagree.
 */
class HeadersOverSocketsTests {

	private final XhrFactory factory = XhrFactory.builder(WebClient.builder()).build();

	@AfterEach
	void close() {
		this.factory.close();
	}

	private RecordedRequest request(String method, String body, Consumer<XMLHttpRequest> preparation)
			throws InterruptedException {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest().send(Responses.ok("")))) {
			XMLHttpRequest xhr = this.factory.create();
			EventLog log = EventLog.ofRequest(xhr);
			xhr.open(method, server.url("/"));
			preparation.accept(xhr);
			xhr.send(body);
			log.awaitEnd();
			assertThat(xhr.getStatus()).isEqualTo(200);
			return server.requests().get(0);
		}
	}

	private XMLHttpRequest response(String... headers) throws InterruptedException {
		String head = Responses.head("200 OK", headers);
		try (FaultServer server = FaultServer
			.start((connection) -> connection.readRequestHead().send(head + "hello"))) {
			XMLHttpRequest xhr = this.factory.create();
			EventLog log = EventLog.ofRequest(xhr);
			xhr.open("GET", server.url("/"));
			xhr.send();
			log.awaitEnd();
			return xhr;
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a\u0001b", "\u000Ba", "a\u001F", "\u007F", "\u0080\u00FF", "a\tb  c", "," })
	void requestHeaderValueIsSentAsItIs(String value) throws InterruptedException {
		RecordedRequest bodyless = request("GET", null, (xhr) -> xhr.setRequestHeader("X-Test", value));
		assertThat(bodyless.head()).contains("\r\nX-Test: " + value + "\r\n");
		RecordedRequest withBody = request("POST", "body", (xhr) -> xhr.setRequestHeader("X-Test", value));
		assertThat(withBody.head()).contains("\r\nX-Test: " + value + "\r\n");
		assertThat(withBody.bodyText()).isEqualTo("body");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a\u0001b", "a\u000B", "\u007Fa", "\u0080\u00FF", "a\tb  c", ", a,", "\u00A0a\u00A0" })
	void responseHeaderValueIsReadAsItIs(String value) throws InterruptedException {
		XMLHttpRequest xhr = response("X-Test: \t" + value + " \t", "Content-Length: 5");
		assertThat(xhr.getResponseHeader("x-test")).isEqualTo(value);
		assertThat(xhr.getAllResponseHeaders()).isEqualTo("content-length: 5\r\nx-test: " + value + "\r\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Test: a\u0000b", "X-Test: \u0000", "X-Test: a\rb", "X(Test: a", "X\u00E4: a", ": a" })
	void malformedResponseHeaderIsANetworkError(String header) throws InterruptedException {
		XMLHttpRequest xhr = response(header, "Content-Length: 5");
		assertThat(xhr.getStatus()).isZero();
		assertThat(xhr.getAllResponseHeaders()).isEmpty();
	}

	@Test
	void emptyHeadersAreCombined() throws InterruptedException {
		XMLHttpRequest xhr = response("Heya:", "heya: 1", "HEYA: \t", "Content-Length: 5");
		assertThat(xhr.getResponseHeader("heya")).isEqualTo(", 1, ");
	}

	@Test
	void contentLengthMayBeRepeated() throws InterruptedException {
		XMLHttpRequest xhr = response("Content-Length: 5", "Content-Length: 5");
		assertThat(xhr.getResponseText()).isEqualTo("hello");
	}

	@Test
	void differentContentLengthsAreANetworkError() throws InterruptedException {
		assertThat(response("Content-Length: 5", "Content-Length: 4").getStatus()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "DELETE", "OPTIONS", "PATCH", "CHICKEN" })
	void missingBodyHasNoLength(String method) throws InterruptedException {
		RecordedRequest request = request(method, null, (xhr) -> {
		});
		assertThat(request.headers("Content-Length")).isEmpty();
		assertThat(request.headers("Transfer-Encoding")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "DELETE", "OPTIONS", "PATCH", "CHICKEN" })
	void emptyBodyHasALength(String method) throws InterruptedException {
		RecordedRequest request = request(method, "", (xhr) -> {
		});
		assertThat(request.headers("Content-Length")).containsExactly("0");
	}

	@Test
	void rawBytesOfALocationAreEscaped() throws InterruptedException {
		try (FaultServer server = FaultServer.start(Script.keepAlive((connection) -> {
			RecordedRequest request = connection.readRequest().request();
			connection.send(request.target().equals("/")
					? Responses.redirect("302 Found", "/\u00C3\u00A4?\u00FF#\u00FF") : Responses.ok("hello"));
		}))) {
			XMLHttpRequest xhr = this.factory.create();
			EventLog log = EventLog.ofRequest(xhr);
			xhr.open("GET", server.url("/"));
			xhr.send();
			log.awaitEnd();
			assertThat(xhr.getResponseURL()).isEqualTo(server.url("/%C3%A4?%FF"));
		}
	}

	@Test
	void userAgentIsTheProductUnlessTheAuthorSetsIt() throws InterruptedException {
		assertThat(request("GET", null, (xhr) -> {
		}).headers("User-Agent")).isEqualTo(List.of("XHR-for-Spring"));
		assertThat(request("GET", null, (xhr) -> xhr.setRequestHeader("user-agent", "own")).headers("User-Agent"))
			.isEqualTo(List.of("own"));
	}

}
