package io.github.springxhr.hazard;

import java.util.List;
import java.util.stream.Stream;

import io.github.springxhr.cookie.InMemoryCookieStore;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nobody writes a line of the log, nor moves its cursor, by what a server or a caller
 * says.
 */
class HazardLogTests {

	/** C1 controls, escape sequences, and what lies beyond a line's end, in Latin-1. */
	private static final List<String> FORGERIES = List.of("\u001B[2J\u001B[1;1H", "\u0085INFO evil", "\b\b\b\b",
			"\u0007", "\u009B31m", "\u000BINFO evil", "\fINFO evil", "\u007F", "\u00AD", "\u0001");

	static Stream<Arguments> answers() {
		return FORGERIES.stream()
			.flatMap((text) -> Stream.of(Arguments.of("reason", Responses.response("500 x" + text, "")),
					Arguments.of("header", Responses.ok("", "X-A: " + text)),
					Arguments.of("cookie", Responses.ok("", "Set-Cookie: a" + text + "=1")),
					Arguments.of("cors", Responses.ok("", "Access-Control-Allow-Origin: " + text)),
					Arguments.of("location", Responses.redirect("302 x", "/a" + text + "b")),
					Arguments.of("scheme", Responses.redirect("302 x", "x:" + text)),
					Arguments.of("coding", Responses.ok("", "Content-Encoding: gzip" + text)),
					Arguments.of("challenge",
							Responses.response("401 x", "", "WWW-Authenticate: Basic realm=\"" + text + "\"")),
					Arguments.of("status", "HTTP/1.1 2" + text + "0 OK\r\n\r\n")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("answers")
	void whatAServerSays(String where, String answer) throws InterruptedException {
		try (CapturedLines log = new CapturedLines(); FaultServer server = FaultServer.start((connection) -> {
			boolean first = connection.readRequest().request().target().equals("/");
			connection.send(first ? answer : Responses.response("500 x", "")).close();
		}); Victim victim = Victim.with((builder) -> {
			builder.cookieStore(new InMemoryCookieStore());
			return where.equals("cors") ? builder.origin("https://own.test") : builder;
		})) {
			victim.get(server.url("/"));
			assertSafe(log.awaitLines(""));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/\u001B[2J", "/\u0085INFO evil", "/\r\nINFO evil", "/\u2028INFO evil", "/\u2029INFO evil",
			"/\u202Eevil", "/\u200Bevil", "/\uFEFFevil", "/\ud800evil", "/%0d%0aINFO%20evil", "/\u0000evil" })
	void whatACallerAsksFor(String path) throws InterruptedException {
		try (CapturedLines log = new CapturedLines();
				FaultServer server = FaultServer.start(Script
					.keepAlive((connection) -> connection.readRequest().send(Responses.response("500 x", ""))));
				Victim victim = Victim.plain()) {
			victim.get(server.url("") + path);
			assertSafe(log.awaitLines(""));
		}
	}

	/** The name of a client is a part of each line. */
	@ParameterizedTest
	@ValueSource(strings = { "a\r\nINFO evil", "a\u001B[2J", "a\u2028INFO evil", "a\u202Eevil", "a\u0085INFO",
			"a\ud800", "a\u200B" })
	void nameOfAClient(String name) throws InterruptedException {
		try (CapturedLines log = new CapturedLines();
				FaultServer server = FaultServer.start(Script
					.keepAlive((connection) -> connection.readRequest().send(Responses.response("500 x", ""))));
				Victim victim = Victim.with((builder) -> builder.name(name))) {
			victim.get(server.url("/"));
			assertSafe(log.awaitLines(""));
		}
		catch (IllegalArgumentException ex) {
			assertThat(ex).hasMessageNotContaining("evil");
		}
	}

	private static void assertSafe(List<String> lines) {
		assertThat(lines).isNotEmpty()
			.noneMatch((line) -> line.codePoints()
				.anyMatch((c) -> (Character.isISOControl(c) && c != '\t') || Character.getType(c) == Character.FORMAT
						|| c == 0x2028 || c == 0x2029 || Character.getType(c) == Character.SURROGATE));
	}

}
