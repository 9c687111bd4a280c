package io.github.springxhr.hazard;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.form.Blob;
import io.github.springxhr.form.File;
import io.github.springxhr.form.FormData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Nobody who chooses a method, a URL, a header, a form field or a file name adds a line
 * to a request, nor a request to a connection.
 */
class HazardInjectionTests {

	private static final Script HELLO = Script
		.keepAlive((connection) -> connection.readRequest().send(Responses.ok("")));

	/** Line ends, what a careless encoder makes them of, and NUL. */
	static final List<String> BREAKS = List.of("\r\n", "\n", "\r", "\0", "\n\n", "\r\n\r\n", "\u010D\u010A",
			"\u560D\u560A", "\u2028", "\u0100");

	static Stream<String> tokens() {
		return Stream
			.concat(BREAKS.stream(), Stream.of(" ", "\t", ":", " HTTP/1.1\r\nX-Evil: evil\r\n\r\nGET", "\u000B"))
			.map((text) -> "A" + text + "evil");
	}

	@ParameterizedTest
	@MethodSource("tokens")
	void method(String method) {
		try (FaultServer server = FaultServer.start(HELLO); Victim victim = Victim.plain()) {
			XMLHttpRequest xhr = victim.create();
			assertThatThrownBy(() -> xhr.open(method, server.url("/"))).hasMessageStartingWith("SyntaxError")
				.message()
				.doesNotContain("evil");
			assertThat(server.connectionsAccepted()).isZero();
		}
	}

	@ParameterizedTest
	@MethodSource("tokens")
	void headerName(String name) throws InterruptedException {
		try (FaultServer server = FaultServer.start(HELLO); Victim victim = Victim.plain()) {
			victim.get(server.url("/"),
					(xhr) -> assertThatThrownBy(() -> xhr.setRequestHeader(name, "x"))
						.hasMessageStartingWith("SyntaxError")
						.message()
						.doesNotContain("evil"));
			assertIntact(server);
		}
	}

	static Stream<String> values() {
		return BREAKS.stream().map((text) -> "a" + text + "X-Evil: evil");
	}

	@ParameterizedTest
	@MethodSource("values")
	void headerValue(String value) throws InterruptedException {
		try (FaultServer server = FaultServer.start(HELLO); Victim victim = Victim.plain()) {
			victim.get(server.url("/"),
					(xhr) -> assertThatThrownBy(() -> xhr.setRequestHeader("X-A", value))
						.hasMessageStartingWith("SyntaxError")
						.message()
						.doesNotContain("evil"));
			assertIntact(server);
			assertThat(server.requests().get(0).header("X-A")).isNull();
		}
	}

	/** Which the Fetch Standard allows, and servers have to cope with. */
	@ParameterizedTest
	@ValueSource(strings = { "a\u000BX-Evil: evil", "a\fX-Evil: evil", "a\u001BX-Evil: evil", "a\u0085X-Evil: evil",
			"a\u007FX-Evil: evil", "\r\nX-Evil: evil\r\n", "a\tX-Evil: evil", "a\u00A0X-Evil: evil" })
	void headerValueThatOnlyLooksLikeALine(String value) throws InterruptedException {
		try (FaultServer server = FaultServer.start(HELLO); Victim victim = Victim.plain()) {
			victim.get(server.url("/"), (xhr) -> xhr.setRequestHeader("X-A", value));
			assertIntact(server);
			assertThat(server.requests().get(0).head().split("\r|\n")).noneMatch((line) -> line.startsWith("X-Evil"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length", "content-length", "Transfer-Encoding", "TRANSFER-ENCODING", "Host",
			"Connection", "Upgrade", "Expect", "Trailer", "TE", "Keep-Alive" })
	void headerThatFramesTheMessage(String name) throws InterruptedException {
		try (FaultServer server = FaultServer.start(HELLO); Victim victim = Victim.plain()) {
			victim.send("POST", server.url("/"), (xhr) -> {
				xhr.setRequestHeader(name, "evil");
				xhr.send("body");
			});
			assertIntact(server);
			assertThat(server.requests().get(0).head()).doesNotContain("evil");
			assertThat(server.requests().get(0).bodyText()).isEqualTo("body");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/a\r\nX-Evil: evil", "/a\nX-Evil:evil", "/a HTTP/1.1\r\nX-Evil: evil\r\n\r\n",
			"/?\r\n\r\nGET /evil", "/?a=\u010D\u010AX-Evil: evil", "/\u560D\u560AX-Evil: evil", "/%0d%0aX-Evil:%20evil",
			"/%0D%0A%0D%0AGET%20/evil", "/\u2028X-Evil: evil", "/\0X-Evil: evil", "/\u0085X-Evil: evil",
			"/#\r\nX-Evil: evil", "/;\rX-Evil: evil", "/\\\r\nX-Evil: evil", "/a b c HTTP/1.0", "/\ud83dX-Evil: evil" })
	void url(String path) throws InterruptedException {
		try (FaultServer server = FaultServer.start(HELLO); Victim victim = Victim.plain()) {
			victim.get(server.url("") + path);
			assertIntact(server);
		}
	}

	@ParameterizedTest
	@MethodSource("values")
	void variableOfAUrl(String value) throws InterruptedException {
		try (FaultServer server = FaultServer.start(HELLO); Victim victim = Victim.plain()) {
			victim.get(server.url("/"), (xhr) -> xhr.open(HttpMethod.GET, server.url("/") + "{a}?b={b}", value, value));
			assertIntact(server);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://127.0.0.1\r\nX-Evil: evil/", "http://127.0.0.1%0d%0aevil/", "http://evil%00.test/",
			"http://127.0.0.1 evil/", "http://127.0.0.1:80\u010D\u010Aevil/", "http://[::1\r\n]evil/",
			"http://evil^/" })
	void host(String url) {
		try (Victim victim = Victim.plain()) {
			XMLHttpRequest xhr = victim.create();
			assertThatThrownBy(() -> xhr.open("GET", url)).hasMessageStartingWith("SyntaxError")
				.message()
				.doesNotContain("evil");
		}
	}

	@ParameterizedTest
	@MethodSource("values")
	void configuredHeader(String value) {
		XhrFactoryBuilder builder = XhrFactory.builder(WebClient.builder());
		assertThatIllegalArgumentException().isThrownBy(() -> builder.header("X-A", value))
			.withMessageNotContaining("evil");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.userAgent(value))
			.withMessageNotContaining("evil");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.bearerToken(value))
			.withMessageNotContaining("evil");
		assertThatIllegalArgumentException().isThrownBy(() -> builder.header(value, "x"))
			.withMessageNotContaining("evil");
	}

	static Stream<String> fields() {
		return Stream
			.concat(BREAKS.stream(),
					Stream.of("\"", "\"\r\n", "\"; filename=\"evil.jsp", "\"\r\nContent-Type: text/evil\r\n\r\n",
							"\\\"", "%0D%0A", "\r\n--", "%22", "\ud800"))
			.map((text) -> "a" + text + "X-Evil: evil");
	}

	@ParameterizedTest
	@MethodSource("fields")
	void nameOfAField(String name) throws InterruptedException {
		FormData form = new FormData();
		form.append(name, "value");
		assertThat(heads(form)).singleElement()
			.asString()
			.matches("Content-Disposition: form-data; name=\"[^\"\r\n]*\"");
	}

	@ParameterizedTest
	@MethodSource("fields")
	void nameOfAFile(String name) throws InterruptedException {
		FormData form = new FormData();
		form.append("file", new File(List.of("value"), name, "text/plain"));
		assertThat(heads(form)).singleElement()
			.asString()
			.matches(
					"Content-Disposition: form-data; name=\"file\"; filename=\"[^\"\r\n]*\"\r\nContent-Type: text/plain");
	}

	@ParameterizedTest
	@MethodSource("values")
	void typeOfAFile(String type) throws InterruptedException {
		FormData form = new FormData();
		form.append("file", new Blob(List.of("value"), "text/plain" + type), "name");
		assertThat(heads(form)).singleElement().asString().hasLineCount(2).doesNotContain("X-Evil:\r");
	}

	@Test
	void typeOfABlobIsNoLine() throws InterruptedException {
		try (FaultServer server = FaultServer.start(HELLO); Victim victim = Victim.plain()) {
			victim.send("POST", server.url("/"),
					(xhr) -> xhr.send(new Blob(List.of("x"), "text/plain\r\nX-Evil: evil")));
			assertIntact(server);
		}
	}

	/** Return the heads of the parts that a server sees. */
	private static List<String> heads(FormData form) throws InterruptedException {
		try (FaultServer server = FaultServer.start(HELLO); Victim victim = Victim.plain()) {
			victim.send("POST", server.url("/"), (xhr) -> xhr.send(form));
			RecordedRequest request = server.requests().get(0);
			String boundary = request.header("Content-Type").replaceFirst(".*boundary=", "");
			String body = new String(request.body(), StandardCharsets.ISO_8859_1);
			return Stream.of(body.split("--" + boundary + "(--)?\r\n"))
				.filter((part) -> !part.isEmpty())
				.map((part) -> part.substring(0, part.indexOf("\r\n\r\n")))
				.toList();
		}
	}

	/** There is one request, of three words, with no line that an attacker added. */
	private static void assertIntact(FaultServer server) {
		assertThat(server.requestCount()).isOne();
		RecordedRequest request = server.requests().get(0);
		assertThat(request.requestLine()).matches("[A-Z]+ /[!-~]* HTTP/1\\.1");
		assertThat(request.head().split("\r\n|\n|\r")).noneMatch((line) -> line.startsWith("X-Evil"));
		assertThat(request.head()).doesNotContain("\0").doesNotContain("\n\n");
	}

}
