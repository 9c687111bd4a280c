package io.github.springxhr.hazard;

import java.util.List;
import java.util.stream.Stream;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.cookie.InMemoryCookieStore;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.fixture.TestCertificates;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.webclient.TlsSettings;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that redirects gets nobody's secrets, neither for itself nor for another.
 */
class HazardRedirectTests {

	private static final String SECRET = "canary";

	private static final List<String> STATUSES = List.of("301", "302", "303", "307", "308");

	static Stream<Arguments> chains() {
		return STATUSES.stream()
			.flatMap((status) -> Stream.of("other", "other own", "other own own", "other other own", "host", "host own")
				.map((chain) -> Arguments.of(status, chain)));
	}

	/** One more port, or one more name of the same server, is another origin. */
	@ParameterizedTest
	@MethodSource("chains")
	void secretsStayAtTheirOriginForGood(String status, String chain) throws InterruptedException {
		try (FaultServer other = redirecting(status); FaultServer own = redirecting(status)) {
			try (Victim victim = victim(own.url("/"))) {
				victim.get(own.url("/cookie"));
				XMLHttpRequest xhr = get(victim, own.url("/0") + targets(chain, own, other));
				assertThat(xhr.getFailure()).isNull();
				assertThat(own.requests().get(1).head().split(SECRET, -1)).as("sent to its origin").hasSize(8);
				long hops = chain.split(" ").length;
				assertThat(own.requestCount() + other.requestCount()).isEqualTo(2 + (int) hops);
				assertThat(own.requests().subList(2, own.requestCount()))
					.allSatisfy((request) -> assertThat(request.head()).doesNotContain(SECRET));
				assertThat(other.requests()).allSatisfy((request) -> assertThat(request.head()).doesNotContain(SECRET));
			}
		}
	}

	/**
	 * Whether configured or remembered, and even for one who wants them sent elsewhere.
	 */
	@ParameterizedTest
	@CsvSource({ "301, true", "302, true", "303, true", "307, true", "308, true", "301, false", "302, false",
			"303, false", "307, false", "308, false" })
	void credentialsDoNotComeBack(String status, boolean configured) throws InterruptedException {
		try (FaultServer other = redirecting(status);
				FaultServer own = challenging(status, other);
				Victim victim = Victim
					.with((builder) -> configured ? builder.baseUrl(own.url("/")).bearerToken(SECRET) : builder)) {
			victim.send("GET", own.url("/"), (xhr) -> {
				xhr.open("GET", own.url("/"), true, configured ? null : "user", configured ? null : SECRET);
				xhr.send();
			});
			int first = own.requestCount();
			assertThat(own.requests().get(first - 1).header("Authorization")).isNotNull();
			victim.get(own.url("/away"), (xhr) -> xhr.setWithCredentials(true));
			assertThat(own.requests().get(first).header("Authorization")).isNotNull();
			assertThat(other.requests().get(0).header("Authorization")).isNull();
			assertThat(own.requests().get(first + 1).target()).isEqualTo("/back");
			assertThat(own.requests().get(first + 1).header("Authorization")).isNull();
		}
	}

	private static FaultServer challenging(String status, FaultServer other) {
		return FaultServer.start(Script.keepAlive((connection) -> {
			boolean known = connection.readRequest().request().header("Authorization") != null;
			String back = other.url("/?http://" + connection.request().header("Host") + "/back");
			connection.send(connection.request().target().equals("/away") ? Responses.redirect(status + " x", back)
					: Responses.response(known ? "200 OK" : "401 x", "", "WWW-Authenticate: Basic realm=x"));
		}));
	}

	/** However the other origin is written. */
	@ParameterizedTest
	@ValueSource(strings = { "//$/", "\\\\$/", "/\\$/", "http:\\\\$/", "http:////$/", "HTTP://$/", "ht\ttp://$/",
			"//x@$/", "http://$#http://localhost/", "http://$?@localhost/", "http://$\\@localhost/", "//localhost@$/" })
	void locationInDisguise(String location) throws InterruptedException {
		try (FaultServer other = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("end"))))) {
			String authority = "127.0.0.1:" + other.port();
			try (FaultServer own = FaultServer.start(Script.keepAlive((connection) -> connection.readRequest()
				.send(Responses.redirect("302 Found", location.replace("$", authority)))));
					Victim victim = victim(own.url("/"))) {
				XMLHttpRequest xhr = get(victim, own.url("/"));
				assertThat(own.requests().get(0).head()).contains(SECRET);
				assertThat(other.requests()).allSatisfy((request) -> assertThat(request.head()).doesNotContain(SECRET));
				assertThat(other.requestCount()).isEqualTo((xhr.getFailure() != null) ? 0 : 1);
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "301", "302", "303", "307", "308" })
	void nothingGoesOnInTheClear(String status) throws InterruptedException {
		TestCertificates certificates = TestCertificates.create();
		try (FaultServer clear = redirecting(status);
				FaultServer secure = FaultServer.builder()
					.tls(certificates.valid())
					.start(Script.keepAlive((connection) -> connection.readRequest()
						.send(Responses.redirect(status + " x", clear.url("/")))));
				Victim victim = Victim
					.with((builder) -> builder.tls(TlsSettings.defaults().withTrust(certificates.trust())))) {
			assertThat(victim.get(secure.url("localhost", "/")).getFailure().kind()).isEqualTo(FailureKind.REDIRECT);
			assertThat(clear.connectionsAccepted()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "file:///etc/passwd", "file://localhost/etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/",
					"jar:file:///x!/", "javascript:alert(1)", "data:,x", "about:blank", "blob:x", "ws://127.0.0.1/",
					"mailto:a@b", "view-source:http://127.0.0.1/", "FILE:///etc/passwd", "fi\tle:///etc/passwd" })
	void schemesThatAreNotHttp(String location) throws InterruptedException {
		try (FaultServer own = FaultServer.start(Script
			.keepAlive((connection) -> connection.readRequest().send(Responses.redirect("302 Found", location))));
				Victim victim = Victim.plain()) {
			XMLHttpRequest xhr = victim.get(own.url("/"));
			assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.REDIRECT);
			assertThat(xhr.getResponseText()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "?", "#", "", ".", "/x?y" })
	void loopEnds(String location) throws InterruptedException {
		try (FaultServer own = FaultServer.start(Script
			.keepAlive((connection) -> connection.readRequest().send(Responses.redirect("302 Found", location))));
				Victim victim = Victim.plain()) {
			assertThat(victim.get(own.url("/")).getFailure().kind()).isEqualTo(FailureKind.REDIRECT);
			assertThat(own.requestCount()).isEqualTo(21);
		}
	}

	private static Victim victim(String baseUrl) {
		return Victim.with(WebClient.builder().defaultHeader("X-Default", SECRET).defaultCookie("default", SECRET),
				(builder) -> builder.baseUrl(baseUrl)
					.header("X-Api-Key", SECRET)
					.bearerToken(SECRET)
					.cookieStore(new InMemoryCookieStore()));
	}

	private static XMLHttpRequest get(Victim victim, String url) throws InterruptedException {
		return victim.get(url, (xhr) -> {
			xhr.setRequestHeader("X-Author", SECRET);
			xhr.setRequestHeader("Cookie", "author=" + SECRET);
			xhr.setRequestHeader("Accept-Language", "en");
		});
	}

	/** Redirects to the first of the URLs in the query, with the others as its query. */
	private static FaultServer redirecting(String status) {
		return FaultServer.start(Script.keepAlive((connection) -> {
			String target = connection.readRequest().request().target();
			if (target.equals("/cookie")) {
				connection.send(Responses.ok("", "Set-Cookie: jar=" + SECRET));
			}
			else if (target.contains("?")) {
				String[] next = target.split("[?]", 2)[1].split("!", 2);
				connection.send(Responses.redirect(status + " x", next[0] + ((next.length > 1) ? "?" + next[1] : "")));
			}
			else {
				connection.send(Responses.ok("end"));
			}
		}));
	}

	private static String targets(String chain, FaultServer own, FaultServer other) {
		StringBuilder query = new StringBuilder("?");
		int hop = 1;
		for (String target : chain.split(" ")) {
			String path = "/" + hop++;
			query.append((query.length() > 1) ? "!" : "").append(switch (target) {
				case "own" -> own.url(path);
				case "other" -> other.url(path);
				default -> own.url("localhost", path);
			});
		}
		return query.toString();
	}

}
