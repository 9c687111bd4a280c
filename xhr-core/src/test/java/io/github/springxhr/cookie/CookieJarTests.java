package io.github.springxhr.cookie;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.springxhr.http.HeaderList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens to cookies that are there already.
 */
class CookieJarTests {

	private static final String URL = "https://example.com/";

	@Test
	void replacedCookieKeepsItsCreationTimeOnly() {
		JarFixture fixture = new JarFixture().set(URL, "a=1; Secure; Max-Age=100");
		fixture.clock.advance(Duration.ofSeconds(1));
		fixture.set(URL, "a=2; HttpOnly");
		assertThat(fixture.store.cookies("example.com")).singleElement().satisfies((cookie) -> {
			assertThat(cookie.creationTime()).isEqualTo(TestClock.START);
			assertThat(cookie.lastAccessTime()).isEqualTo(TestClock.START.plusSeconds(1));
			assertThat(cookie.value()).isEqualTo("2");
			assertThat(cookie.secure()).isFalse();
			assertThat(cookie.httpOnly()).isTrue();
			assertThat(cookie.expiryTime()).isNull();
		});
	}

	@Test
	void expiredCookieDoesNotPassOnItsCreationTime() {
		JarFixture fixture = new JarFixture().set(URL, "a=1; Max-Age=1");
		fixture.clock.advance(Duration.ofSeconds(1));
		fixture.set(URL, "a=2");
		assertThat(fixture.store.cookies("example.com")).singleElement()
			.extracting(Cookie::creationTime)
			.isEqualTo(TestClock.START.plusSeconds(1));
	}

	@Test
	void cookieEndsAtItsExpiryTime() {
		JarFixture fixture = new JarFixture().set(URL, "a=1; Max-Age=10", "b=2");
		fixture.clock.advance(Duration.ofMillis(9_999));
		assertThat(fixture.sent(URL)).isEqualTo("a=1; b=2");
		fixture.clock.advance(Duration.ofMillis(1));
		assertThat(fixture.sent(URL)).isEqualTo("b=2");
		fixture.set(URL, "c=3");
		assertThat(fixture.store.size()).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			a=; Max-Age=0                       |
			a=x; Expires=Thu, 01 Jan 1970 00:00:00 GMT |
			a=x; Max-Age=0; Path=/x             | a=1
			a=x; Max-Age=0; Domain=example.com  | a=1
			A=x; Max-Age=0                      | a=1
			""")
	void expiryInThePastDeletesTheSameCookieOnly(String setCookie, String header) {
		assertThat(new JarFixture().set(URL, "a=1").set(URL, setCookie).sent(URL)).isEqualTo(header);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# set over https by www.example.com | then set over http by www.example.com | which is
			a=1; Secure                          | a=2                           | refused
			a=1; Secure                          | a=2; Domain=example.com       | refused
			a=1; Secure; Domain=example.com      | a=2                           | refused
			a=1; Secure; Path=/login             | a=2; Path=/login/en           | refused
			a=1; Secure; Path=/login             | a=2; Path=/                   | kept
			a=1; Secure; Path=/login             | a=2; Path=/loginx             | kept
			a=1; Secure                          | b=2                           | kept
			a=1; Secure                          | A=2                           | kept
			a=1                                  | a=2                           | kept
			a=1; Secure                          | a=2; Max-Age=0                | refused
			""")
	void secureCookiesAreNotOverlaidOverHttp(String secure, String insecure, String outcome) {
		JarFixture fixture = new JarFixture().set("https://www.example.com/", secure);
		fixture.set("http://www.example.com/", insecure);
		List<Cookie> cookies = fixture.store.cookies("example.com");
		assertThat(cookies).isNotEmpty();
		assertThat(cookies.stream().anyMatch((cookie) -> cookie.value().equals("2"))).isEqualTo(outcome.equals("kept"));
	}

	@Test
	void secureCookieOfASiblingHostIsNotOverlaidOverHttp() {
		JarFixture fixture = new JarFixture().set("https://login.example.com/", "a=1; Secure");
		fixture.set("http://www.example.com/", "a=2; Domain=example.com", "a=3");
		assertThat(fixture.sent("http://www.example.com/")).isEqualTo("a=3");
		assertThat(fixture.sent("https://login.example.com/")).isEqualTo("a=1");
	}

	@Test
	void secureCookieMayBeReplacedOverTls() {
		assertThat(new JarFixture().set(URL, "a=1; Secure").set(URL, "a=2").sent("http://example.com/"))
			.isEqualTo("a=2");
	}

	@Test
	void sendingUpdatesTheLastAccess() {
		JarFixture fixture = new JarFixture().set(URL, "a=1; Path=/", "b=2; Path=/x");
		fixture.clock.advance(Duration.ofSeconds(1));
		fixture.sent(URL);
		assertThat(fixture.store.cookies("example.com")).extracting(Cookie::lastAccessTime)
			.containsExactly(TestClock.START.plusSeconds(1), TestClock.START);
	}

	@Test
	void domainThatHasBecomeAPublicSuffixIsNotSentBelow() {
		JarFixture fixture = new JarFixture();
		fixture.store.store("example.co.uk", new Cookie("a", "b", "co.uk", false, "/", false, false,
				Cookie.SameSite.UNSET, TestClock.START, TestClock.START, null));
		assertThat(fixture.sent("https://www.example.co.uk/")).isNull();
	}

	@Test
	void refusedCookieIsLoggedByItsEscapedNameOnly() {
		Logger logger = (Logger) LoggerFactory.getLogger(CookieJar.class);
		ListAppender<ILoggingEvent> events = new ListAppender<>();
		events.start();
		logger.addAppender(events);
		logger.setLevel(Level.DEBUG);
		try {
			new JarFixture().set("https://example.com/path?query", "n\r\u00E4=secret; Path=/secret",
					"secret-without-name\n", "kept=secret");
		}
		finally {
			logger.setLevel(null);
			logger.detachAppender(events);
		}
		assertThat(events.list).extracting(ILoggingEvent::getFormattedMessage)
			.containsExactly("Refused cookie 'n\\u000d\\u00e4' of example.com: it has a control character",
					"Refused cookie '' of example.com: it has a control character");
	}

	@Test
	void manyThreadsSetAndSendAtOnce() throws Exception {
		InMemoryCookieStore store = new InMemoryCookieStore();
		CookieJar jar = new CookieJar(store, InstantSource.system(), new PublicSuffixes());
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			List<Callable<Integer>> tasks = IntStream.range(0, 8)
				.<Callable<Integer>>mapToObj((thread) -> () -> setAndSend(jar, thread))
				.toList();
			for (Future<Integer> sent : threads.invokeAll(tasks)) {
				assertThat(sent.get()).isEqualTo(200);
			}
		}
		finally {
			threads.shutdownNow();
		}
		assertThat(store.cookies("example.com")).hasSize(8 + 1).doesNotHaveDuplicates();
		assertThat(store.size()).isEqualTo(9);
	}

	private static int setAndSend(CookieJar jar, int thread) {
		int found = 0;
		for (int i = 0; i < 200; i++) {
			HeaderList headers = new HeaderList();
			headers.add("Set-Cookie", "own" + thread + "=" + i);
			headers.add("set-cookie", "shared=" + i + "; Domain=example.com");
			jar.receive(headers, JarFixture.url(URL), true);
			String sent = jar.cookieHeader(JarFixture.url(URL), true);
			if (sent != null && List.of(sent.split("; ")).contains("own" + thread + "=" + i)) {
				found++;
			}
		}
		return found;
	}

}
