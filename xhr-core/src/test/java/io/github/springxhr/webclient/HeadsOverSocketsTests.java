package io.github.springxhr.webclient;

import java.util.List;
import java.util.function.Consumer;

import io.github.springxhr.EventLog;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Heads over HTTP/1.1: the order and the case of a request's headers, and how many
 * interim responses there may be.
 */
class HeadsOverSocketsTests {

	private static final String CONTROL = "a\u0001b";

	private final WebClient.Builder webClient = WebClient.builder();

	private List<String> lines(String method, String body, Consumer<XMLHttpRequest> preparation)
			throws InterruptedException {
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok(""))));
				XhrFactory factory = XhrFactory.builder(this.webClient).baseUrl(server.url("/")).build()) {
			XMLHttpRequest xhr = factory.create();
			EventLog log = EventLog.ofRequest(xhr);
			xhr.open(method, server.url("/"));
			preparation.accept(xhr);
			xhr.send(body);
			log.awaitEnd();
			RecordedRequest request = server.requests().get(0);
			String host = server.url("").replaceFirst("http://", "");
			return request.head().replace(host, "HOST").strip().lines().toList();
		}
	}

	@ParameterizedTest
	@CsvSource({ "1, 2, 3", "'a\u0001b', 2, 3", "1, 'a\u0001b', 3", "1, 2, 'a\u0001b'",
			"'a\u0001', 'b\u0002', 'c\u0003'" })
	void headersKeepTheirOrderAndCase(String first, String second, String third) throws InterruptedException {
		assertThat(lines("POST", "body", (xhr) -> {
			xhr.setRequestHeader("zZ-One", first);
			xhr.setRequestHeader("user-AGENT", "ua");
			xhr.setRequestHeader("X-TWO", second);
			xhr.setRequestHeader("accept", "q/q");
			xhr.setRequestHeader("content-Type", "text/plain;charset=UTF-8");
			xhr.setRequestHeader("aa", third);
			xhr.setRequestHeader("ZZ-ONE", "again");
		})).containsExactly("POST / HTTP/1.1", "host: HOST", "zZ-One: " + first + ", again", "user-AGENT: ua",
				"X-TWO: " + second, "accept: q/q", "content-Type: text/plain;charset=UTF-8", "aa: " + third,
				"Accept-Encoding: gzip, deflate, br, zstd", "content-length: 4");
	}

	@ParameterizedTest
	@ValueSource(strings = { "b", CONTROL })
	void whatAFilterHasAddedChangedAndRemovedStaysSo(String value) throws InterruptedException {
		this.webClient.filter((request, next) -> next
			.exchange(ClientRequest.from(request).header("X-Added", "1").headers((headers) -> {
				headers.set("X-Changed", "2");
				headers.set("X-Set", "3");
				headers.remove("X-Removed");
			}).build()));
		List<String> lines = lines("GET", null, (xhr) -> {
			xhr.setRequestHeader("X-Removed", "0");
			xhr.setRequestHeader("X-Changed", "0");
			xhr.setRequestHeader("X-Set", value);
			xhr.setRequestHeader("X-Kept", value);
		});
		assertThat(lines).contains("X-Added: 1", "X-Changed: 2", "X-Set: 3", "X-Kept: " + value)
			.noneMatch((line) -> line.startsWith("X-Removed"));
		assertThat(lines.stream().filter((line) -> line.startsWith("X-Set"))).hasSize(1);
	}

	@Test
	void headerThatTheClientHasADefaultForIsSentOnce() throws InterruptedException {
		assertThat(lines("GET", null, (xhr) -> {
			xhr.setRequestHeader("Accept", CONTROL);
			xhr.setRequestHeader("User-Agent", CONTROL);
		})).containsExactly("GET / HTTP/1.1", "host: HOST", "Accept: " + CONTROL, "User-Agent: " + CONTROL,
				"Accept-Encoding: gzip, deflate, br, zstd");
	}

	@ParameterizedTest
	@CsvSource({ "16, 200", "17, 0" })
	void sixteenInterimResponsesAreSkippedAndNoMore(int count, int status) throws InterruptedException {
		try (FaultServer server = FaultServer.start(Script.keepAlive((connection) -> connection.readRequest()
			.send("HTTP/1.1 102 Processing\r\n\r\n".repeat(count))
			.send(Responses.ok("hello")))); XhrFactory factory = XhrFactory.builder(this.webClient).build()) {
			for (int i = 0; i < 2; i++) {
				XMLHttpRequest xhr = factory.create();
				EventLog log = EventLog.ofRequest(xhr);
				xhr.open("GET", server.url("/"));
				xhr.send();
				log.awaitEnd();
				assertThat(xhr.getStatus()).isEqualTo(status);
				if (status == 0) {
					assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.PROTOCOL);
				}
			}
		}
	}

}
