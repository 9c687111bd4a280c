package io.github.springxhr.hazard;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Answers that are shared with nobody whom they do not name, and preflights that allow no
 * more than was asked for.
 */
class HazardCorsTests {

	private static final String ORIGIN = "http://shop.test";

	private static final String ALLOWED = "Access-Control-Allow-Origin: " + ORIGIN;

	private static Victim victim() {
		return Victim.with((builder) -> builder.origin(ORIGIN));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://shop.test.evil.test", "http://evilshop.test", "http://shop.test/",
			"http://shop.test#", "http://shop.test:80", "http://SHOP.test", "https://shop.test",
			"http://shop.test http://shop.test", "http://shop.test,", ", http://shop.test", "http://shop.test,*", "*,*",
			"* *", "**", "null", "\"*\"", "%2A", "http://*.test", "http://shop.tes", "http://shop.test\u0001",
			"http://sh\u00f6p.test", "shop.test", "//shop.test", "http://u@shop.test", "'*'", "*.test", "true",
			"http://shop.test\u00a0" })
	void originThatIsNotExact(String allowed) throws InterruptedException {
		try (FaultServer server = answering("Access-Control-Allow-Origin: " + allowed); Victim victim = victim()) {
			assertRefused(victim.get(server.url("/")));
			assertRefused(victim.send("GET", server.url("/"), (xhr) -> {
				xhr.setWithCredentials(true);
				xhr.send();
			}));
		}
	}

	@ParameterizedTest
	@CsvSource({ "*, true", "http://shop.test, TRUE", "http://shop.test, True", "http://shop.test, 1",
			"http://shop.test, yes", "http://shop.test, 'true,'", "http://shop.test, 'true, true'",
			"http://shop.test, '\"true\"'", "http://shop.test, tru", "http://shop.test, truee", "http://shop.test, *",
			"http://shop.test, ''", "null, true", "http://shop.test.evil.test, true",
			"http://shop.test, http://shop.test" })
	void credentialsThatWereNotAllowed(String origin, String credentials) throws InterruptedException {
		try (FaultServer server = answering("Access-Control-Allow-Origin: " + origin,
				"Access-Control-Allow-Credentials: " + credentials); Victim victim = victim()) {
			assertRefused(victim.send("GET", server.url("/"), (xhr) -> {
				xhr.setWithCredentials(true);
				xhr.send();
			}));
		}
	}

	/** The request is not sent, whatever would have come of it. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			DELETE | X-A           | Access-Control-Allow-Methods: GET    | Access-Control-Allow-Headers: X-A
			DELETE | X-A           | Access-Control-Allow-Methods: delete | Access-Control-Allow-Headers: X-A
			DELETE | X-A           | Access-Control-Allow-Methods: DELETE; | Access-Control-Allow-Headers: X-A
			DELETE | X-A           | Access-Control-Allow-Methods: "DELETE" | Access-Control-Allow-Headers: X-A
			DELETE | X-A           | Access-Control-Allow-Methods: DELETE GET | Access-Control-Allow-Headers: X-A
			DELETE | X-A           | Allow: DELETE                        | Access-Control-Allow-Headers: X-A
			DELETE | X-A           | Access-Control-Allow-Methods: DELETE, \u00fc | Access-Control-Allow-Headers: X-A
			patch  | X-A           | Access-Control-Allow-Methods: PATCH  | Access-Control-Allow-Headers: X-A
			GET    | Authorization | Access-Control-Allow-Methods: *      | Access-Control-Allow-Headers: *
			GET    | authorization | Access-Control-Allow-Methods: *      | Access-Control-Allow-Headers: *, X-A
			GET    | X-A           | Access-Control-Allow-Methods: *      | Access-Control-Allow-Headers: X-A-B
			GET    | X-A           | Access-Control-Allow-Methods: *      | Access-Control-Allow-Headers: X A
			GET    | X-A           | Access-Control-Allow-Methods: *      | Access-Control-Expose-Headers: X-A
			GET    | X-A           | Access-Control-Allow-Methods: *      | Access-Control-Allow-Headers: X-A; X-B
			GET    | X-A           | Access-Control-Allow-Methods: *      | Access-Control-Allow-Headers: **
			""")
	void preflightThatAllowsLess(String method, String header, String methods, String headers)
			throws InterruptedException {
		try (FaultServer server = answering(ALLOWED, methods, headers); Victim victim = victim()) {
			assertRefused(victim.send(method, server.url("/"), (xhr) -> {
				xhr.setRequestHeader(header, "canary");
				xhr.send();
			}));
			assertThat(server.requests()).extracting(RecordedRequest::method).containsExactly("OPTIONS");
			assertThat(server.requests().get(0).head()).doesNotContain("canary");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Access-Control-Allow-Methods: *", "Access-Control-Allow-Headers: *",
			"Access-Control-Allow-Methods: DELETE, *", "Access-Control-Allow-Headers: X-B, *" })
	void wildcardAllowsNothingWithCredentials(String wildcard) throws InterruptedException {
		try (FaultServer server = answering(ALLOWED, "Access-Control-Allow-Credentials: true", wildcard);
				Victim victim = victim()) {
			for (int i = 0; i < 2; i++) {
				assertRefused(victim.send("PUT", server.url("/"), (xhr) -> {
					xhr.setWithCredentials(true);
					xhr.setRequestHeader("X-A", "1");
					xhr.send();
				}));
			}
			assertThat(server.requests()).extracting(RecordedRequest::method).containsOnly("OPTIONS");
		}
	}

	/**
	 * What was allowed to one URL, or without credentials, says nothing about another.
	 */
	@ParameterizedTest
	@CsvSource({ "/a, false, /a, false, 1", "/a, false, /b, false, 2", "/a, false, /a?x, false, 2",
			"/a, false, /A, false, 2", "/a, false, /a, true, 2", "/a, true, /a, true, 1" })
	void preflightsAreRememberedFor(String first, boolean firstCredentials, String second, boolean secondCredentials,
			int preflights) throws InterruptedException {
		try (FaultServer server = answering(ALLOWED, "Access-Control-Allow-Credentials: true",
				"Access-Control-Allow-Methods: PUT", "Access-Control-Max-Age: 99999999999"); Victim victim = victim()) {
			put(victim, server.url(first), firstCredentials);
			put(victim, server.url(second), secondCredentials);
			assertThat(preflights(server)).isEqualTo(preflights);
		}
	}

	@Test
	void preflightsOf256UrlsAreRemembered() throws InterruptedException {
		try (FaultServer server = answering(ALLOWED, "Access-Control-Allow-Methods: PUT",
				"Access-Control-Max-Age: 600"); Victim victim = victim()) {
			for (int i = 0; i <= 256; i++) {
				put(victim, server.url("/" + i), false);
			}
			assertThat(preflights(server)).isEqualTo(257);
			put(victim, server.url("/256"), false);
			assertThat(preflights(server)).as("the latest").isEqualTo(257);
			put(victim, server.url("/0"), false);
			assertThat(preflights(server)).as("the oldest").isEqualTo(258);
		}
	}

	/**
	 * So that a server cannot make another one believe that the client's own origin asks.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "301", "302", "303", "307", "308" })
	void originIsNullAfterARedirectFromAnother(String status) throws InterruptedException {
		try (FaultServer last = answering(ALLOWED);
				FaultServer first = FaultServer.start(Script.keepAlive((connection) -> connection.readRequest()
					.send(Responses.response(status + " x", "", ALLOWED, "Location: " + last.url("/")))));
				Victim victim = victim()) {
			assertRefused(victim.get(first.url("/")));
			assertThat(first.requests().get(0).header("Origin")).isEqualTo(ORIGIN);
			assertThat(last.requests().get(0).header("Origin")).isEqualTo("null");
		}
	}

	private static FaultServer answering(String... headers) {
		return FaultServer.start(Script
			.keepAlive((connection) -> connection.readRequest().send(Responses.response("200 OK", "canary", headers))));
	}

	private static void put(Victim victim, String url, boolean credentials) throws InterruptedException {
		XMLHttpRequest xhr = victim.send("PUT", url, (request) -> {
			request.setWithCredentials(credentials);
			request.send();
		});
		assertThat(xhr.getFailure()).isNull();
	}

	private static long preflights(FaultServer server) {
		return server.requests().stream().filter((request) -> request.method().equals("OPTIONS")).count();
	}

	private static void assertRefused(XMLHttpRequest xhr) {
		assertThat(xhr.getFailure()).isNotNull();
		assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.CORS);
		assertThat(xhr.getResponseText()).isEmpty();
		assertThat(xhr.getAllResponseHeaders()).isEmpty();
		assertThat(xhr.getStatus()).isZero();
	}

}
