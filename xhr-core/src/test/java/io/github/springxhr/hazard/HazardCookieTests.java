package io.github.springxhr.hazard;

import java.time.InstantSource;
import java.util.Objects;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.cookie.CookieJar;
import io.github.springxhr.cookie.InMemoryCookieStore;
import io.github.springxhr.cookie.PublicSuffixes;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.Url;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server neither reads, nor plants, nor pushes out the cookies of another.
 */
class HazardCookieTests {

	private final InMemoryCookieStore store = new InMemoryCookieStore();

	private final CookieJar jar = new CookieJar(this.store, InstantSource.system(), new PublicSuffixes());

	/** Neither is a cookie kept, nor does the second URL get one. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			https://evil.test/         | a=1; Domain=victim.test                | https://victim.test/
			https://evil.co.uk/        | a=1; Domain=co.uk                      | https://victim.co.uk/
			https://evil.co.uk/        | a=1; Domain=co.UK                      | https://victim.co.uk/
			https://evil.com./         | a=1; Domain=com.                       | https://victim.com./
			https://evil.github.io/    | a=1; Domain=github.io                  | https://victim.github.io/
			https://evil.s3.amazonaws.com/ | a=1; Domain=s3.amazonaws.com       | https://victim.s3.amazonaws.com/
			https://evil.test/         | a=1; Domain=test                       | https://victim.test/
			https://evil.test/         | a=1; Domain=.test                      | https://victim.test/
			https://evil.test/         | a=1; Domain=test.                      | https://victim.test/
			https://evil.test/         | a=1; Domain=..                         | https://victim.test/
			https://evilvictim.test/   | a=1; Domain=victim.test                | https://victim.test/
			https://a.victim.test/     | a=1; Domain=b.victim.test              | https://b.victim.test/
			https://victim.test.evil.test/ | a=1; Domain=victim.test            | https://victim.test/
			https://evil.test/         | a=1; Domain=v\u00efctim.test           | https://v\u00efctim.test/
			https://10.0.0.1/          | a=1; Domain=0.0.1                      | https://10.0.0.1/x
			https://10.0.0.1/          | a=1; Domain=.10.0.0.1; Domain=0.1      | https://11.0.0.1/
			https://[::1]/             | a=1; Domain=[::2]                      | https://[::2]/
			https://evil.test/         | a=1; Domain=victim.test; Domain=com    | https://victim.com/
			http://victim.test/        | a=1; Secure                            | https://victim.test/
			http://victim.test/        | __Secure-a=1                           | https://victim.test/
			https://victim.test/       | __Secure-a=1                           | https://victim.test/
			https://victim.test/       | __sEcUrE-a=1                           | https://victim.test/
			https://victim.test/       | __Host-a=1; Secure                     | https://victim.test/
			https://victim.test/       | __Host-a=1; Path=/                     | https://victim.test/
			https://victim.test/       | __Host-a=1; Secure; Path=/x            | https://victim.test/x
			https://a.victim.test/     | __Host-a=1; Secure; Path=/; Domain=victim.test | https://victim.test/
			https://victim.test/       | __HOST-a=1; Path=/                     | https://victim.test/
			https://victim.test/       | =__Host-a=1                            | https://victim.test/
			https://victim.test/       | =__Secure-a=1; Path=/                  | https://victim.test/
			https://victim.test/       | __Host-a                               | https://victim.test/
			https://victim.test/       | a=1; SameSite=None                     | https://victim.test/
			""")
	void plantedForAnother(String url, String setCookie, String asked) {
		receive(url, setCookie);
		assertThat(this.store.size()).as("kept").isZero();
		assertThat(sent(asked)).isNull();
	}

	/** A cookie that is kept, and a URL that has no business with it. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			https://victim.test/  | a=1                      | https://sub.victim.test/
			https://victim.test/  | a=1; Domain=victim.test  | https://evilvictim.test/
			https://victim.test/  | a=1; Domain=victim.test  | https://victim.test.evil.test/
			https://victim.test/  | a=1; Secure              | http://victim.test/
			https://victim.test/  | a=1; Path=/a             | https://victim.test/ab
			https://victim.test/  | a=1; Path=/a             | https://victim.test/A
			https://victim.test/  | a=1; Path=/a/            | https://victim.test/a
			https://victim.test/  | a=1; Path=/a             | https://victim.test/a/../b
			https://victim.test/  | a=1; Path=/a             | https://victim.test/a/%2e%2e/b
			https://10.0.0.1/     | a=1; Domain=10.0.0.1     | https://x.10.0.0.1.evil.test/
			https://github.io/    | a=1; Domain=github.io    | https://evil.github.io/
			https://co.uk/        | a=1; Domain=co.uk        | https://evil.co.uk/
			https://victim.test/  | a=1; Max-Age=0           | https://victim.test/
			https://victim.test/  | a=1; Max-Age=-99999999999999999999 | https://victim.test/
			https://victim.test/  | a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT | https://victim.test/
			""")
	void readByAnother(String url, String setCookie, String asked) {
		receive(url, setCookie);
		assertThat(sent(asked)).isNull();
	}

	/** Whoever is on the network speaks for http. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			http://victim.test/     | a=evil
			http://victim.test/     | a=evil; Max-Age=0
			http://victim.test/     | a=evil; Domain=victim.test
			http://sub.victim.test/ | a=evil; Domain=victim.test
			http://victim.test/     | a=evil; Path=/login
			http://victim.test/     | a=evil; Path=/login/x
			http://victim.test/     | a=evil; Secure
			http://victim.test/     | a=evil; Expires=Thu, 01 Jan 1970 00:00:00 GMT
			""")
	void secureCookieIsNotOverlaid(String url, String setCookie) {
		receive("https://victim.test/", "a=good; Secure; Domain=victim.test");
		receive(url, setCookie);
		assertThat(sent("https://victim.test/login/x")).isEqualTo("a=good");
	}

	@Test
	void secureCookiesAreNotPushedOut() {
		receive("https://victim.test/", "session=good; Secure");
		for (int i = 0; i < 200; i++) {
			receive("http://victim.test/", "a" + i + "=evil");
		}
		assertThat(this.store.size()).isEqualTo(50);
		assertThat(sent("https://victim.test/")).contains("session=good");
	}

	@Test
	void manyHostsDoNotFillTheMemory() {
		for (int i = 0; i < 4_000; i++) {
			receive("https://h" + i + ".test/", "a=1");
		}
		assertThat(this.store.size()).isEqualTo(3_000);
	}

	@ParameterizedTest
	@ValueSource(ints = { 4_097, 10_000, 60_000 })
	void largeCookie(int size) {
		receive("https://victim.test/", "a=" + "x".repeat(size - 1));
		receive("https://victim.test/", "x".repeat(size) + "=");
		receive("https://victim.test/", "x".repeat(size));
		assertThat(this.store.size()).isZero();
	}

	@Test
	void largestCookie() {
		receive("https://victim.test/", "a=" + "x".repeat(4_095));
		assertThat(this.store.size()).isOne();
	}

	/** What would become a line, or another cookie, of the next request. */
	@ParameterizedTest
	@ValueSource(strings = { "a=1\r\nX-Evil: 1", "a=1\nX-Evil: 1", "a=1\0", "a\r=1", "a=1\u007F", "a=1\u0001; Path=/",
			"a=1; Path=/\n", "a=1; X=\r", "a=\u001B[2J", "\0", "a=\u0100" })
	void controlCharacters(String setCookie) {
		receive("https://victim.test/", setCookie);
		assertThat(this.store.size()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a=1; Path=/\u0080", "a=1;;;;;;;", "a=1; Domain=" + "; Domain=", "=", ";",
			"a=1; Max-Age=" + "9999999999999999999999", "a=1; Expires=" + "9999999", "a=\"1; Domain=evil\"",
			"a=1; Domain=%00", "a=1; Path=" + "//////////////////////////////" })
	void odditiesKeepTheJarWhole(String setCookie) {
		receive("https://victim.test/", setCookie, "good=1");
		assertThat(sent("https://victim.test/")).endsWith("good=1");
		assertThat(sent("https://evil.test/")).isNull();
	}

	@Test
	void offUnlessSwitchedOn() throws InterruptedException {
		try (FaultServer server = FaultServer.start(Script.keepAlive(
				(connection) -> connection.readRequest().send(Responses.ok("", "Set-Cookie: a=canary; Path=/"))));
				Victim off = Victim.plain();
				Victim on = Victim.with((builder) -> builder.cookieStore(new InMemoryCookieStore()));
				Victim other = Victim.with((builder) -> builder.cookieStore(new InMemoryCookieStore()))) {
			off.get(server.url("/"));
			off.get(server.url("/"));
			on.get(server.url("/"));
			other.get(server.url("/"));
			assertThat(server.requests()).allSatisfy((request) -> assertThat(request.header("Cookie")).isNull());
			XMLHttpRequest xhr = on.get(server.url("/"));
			assertThat(server.requests().get(4).header("Cookie")).isEqualTo("a=canary");
			assertThat(xhr.toString()).doesNotContain("canary");
		}
	}

	private void receive(String url, String... setCookies) {
		HeaderList headers = new HeaderList();
		for (String setCookie : setCookies) {
			headers.add("Set-Cookie", setCookie);
		}
		this.jar.receive(headers, url(url), true);
	}

	private @Nullable String sent(String url) {
		return this.jar.cookieHeader(url(url), true);
	}

	private static Url url(String text) {
		return Objects.requireNonNull(Url.parse(text, null));
	}

}
