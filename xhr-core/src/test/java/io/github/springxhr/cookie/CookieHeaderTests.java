package io.github.springxhr.cookie;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which cookies go along with which request.
 */
class CookieHeaderTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# cookie               | set by                    | request                    | header
			a=b                    | https://example.com/      | https://example.com/x      | a=b
			a=b                    | https://example.com/      | https://example.com:8443/  | a=b
			a=b                    | http://example.com/       | https://example.com/       | a=b
			a=b                    | https://example.com/      | http://example.com/        | a=b
			a                      | https://example.com/      | https://example.com/       | a
			a=                     | https://example.com/      | https://example.com/       | a=
			a=b                    | https://example.com/      | https://www.example.com/   |
			a=b                    | https://www.example.com/  | https://example.com/       |
			a=b; Domain=example.com| https://www.example.com/  | https://example.com/       | a=b
			a=b; Domain=example.com| https://www.example.com/  | https://x.y.example.com/   | a=b
			a=b; Domain=example.com| https://www.example.com/  | https://badexample.com/    |
			a=b; Domain=example.com| https://www.example.com/  | https://example.com.evil/  |
			a=b; Domain=example.com| https://www.example.com/  | https://example.com./      |
			a=b                    | https://EXAMPLE.com/      | https://example.COM/       | a=b
			a=b                    | https://bücher.example/   | https://xn--bcher-kva.example/ | a=b
			a=b; Domain=1.2.3.4    | https://1.2.3.4/          | https://1.2.3.4/           | a=b
			a=b; Domain=1.2.3.4    | https://1.2.3.4/          | https://0x1020304/         | a=b
			a=b                    | https://[::1]/            | https://[0:0::1]/          | a=b
			a=b; Domain=github.io  | https://github.io/        | https://me.github.io/      |
			a=b; Path=/x           | https://example.com/      | https://example.com/x      | a=b
			a=b; Path=/x           | https://example.com/      | https://example.com/x/     | a=b
			a=b; Path=/x           | https://example.com/      | https://example.com/x/y?z  | a=b
			a=b; Path=/x           | https://example.com/      | https://example.com/xy     |
			a=b; Path=/x           | https://example.com/      | https://example.com/X      |
			a=b; Path=/x           | https://example.com/      | https://example.com/       |
			a=b; Path=/x/          | https://example.com/      | https://example.com/x      |
			a=b; Path=/x/          | https://example.com/      | https://example.com/x/y    | a=b
			a=b; Path=/x           | https://example.com/      | https://example.com/%78    |
			a=b; Secure            | https://example.com/      | https://example.com/       | a=b
			a=b; Secure            | https://example.com/      | http://example.com/        |
			a=b; Secure            | https://localhost/        | http://localhost:8080/     | a=b
			a=b; HttpOnly          | https://example.com/      | https://example.com/       | a=b
			a=b; Max-Age=0         | https://example.com/      | https://example.com/       |
			""")
	void sendsWhatMatches(String setCookie, String by, String request, String header) {
		assertThat(new JarFixture().set(by, setCookie).sent(request)).isEqualTo(header);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			a=b; Secure; SameSite=None   | a=b
			a=b; Secure; SameSite=Lax    |
			a=b; Secure; SameSite=Strict |
			a=b; Secure                  |
			a=b; Secure; SameSite=other  |
			""")
	void otherSitesSendAndSetWhatIsSameSiteNoneOnly(String setCookie, String header) {
		String url = "https://example.com/";
		JarFixture setBySameSite = new JarFixture().set(url, setCookie);
		assertThat(setBySameSite.sent(url)).isEqualTo("a=b");
		assertThat(setBySameSite.sentCrossSite(url)).isEqualTo(header);
		assertThat(new JarFixture().receive(url, false, setCookie).sent(url)).isEqualTo(header);
	}

	@Test
	void longerPathsComeFirstThenOlderCookies() {
		JarFixture fixture = new JarFixture();
		fixture.set("https://www.example.com/", "old=1; Path=/");
		fixture.clock.advance(Duration.ofSeconds(1));
		fixture.set("https://www.example.com/", "new=1; Path=/; Domain=example.com", "long=1; Path=/x/y",
				"middle=1; Path=/x");
		fixture.clock.advance(Duration.ofSeconds(1));
		fixture.set("https://www.example.com/", "old=2; Path=/");
		assertThat(fixture.sent("https://www.example.com/x/y")).isEqualTo("long=1; middle=1; old=2; new=1");
	}

	@Test
	void cookiesOfOneResponseKeepTheirOrder() {
		JarFixture fixture = new JarFixture().set("https://example.com/", "b=1", "a=2", "b=3", "a", "=c");
		assertThat(fixture.sent("https://example.com/")).isEqualTo("b=3; a=2; c");
	}

	@Test
	void sameNameWithOtherScopesAreOtherCookies() {
		JarFixture fixture = new JarFixture().set("https://example.com/x/y", "a=1", "a=2; Path=/",
				"a=3; Domain=example.com", "A=4");
		assertThat(fixture.sent("https://example.com/x/y")).isEqualTo("a=1; a=3; A=4; a=2");
	}

	@Test
	void urlThatIsNotFetchedOverHttpHasNoCookies() {
		JarFixture fixture = new JarFixture().set("data:text/plain,x", "a=b");
		assertThat(fixture.store.size()).isZero();
		assertThat(fixture.sent("data:text/plain,x")).isNull();
	}

}
