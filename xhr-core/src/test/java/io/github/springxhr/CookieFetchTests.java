package io.github.springxhr;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.springxhr.cookie.Cookie;
import io.github.springxhr.cookie.CookieStore;
import io.github.springxhr.cookie.InMemoryCookieStore;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which request takes cookies along, and whose are kept.
 */
class CookieFetchTests {

	private static final String API = "https://api.test/";

	private static final String OTHER = "https://other.example/";

	private final FakeTransport transport = new FakeTransport();

	private final ManualExecutor executor = new ManualExecutor();

	private XhrFactory factory = factory((builder) -> builder.baseUrl(API).cookieStore(new InMemoryCookieStore()));

	@AfterEach
	void close() {
		this.factory.close();
	}

	private XhrFactory factory(Consumer<XhrFactoryBuilder> settings) {
		XhrFactoryBuilder builder = XhrFactory.builder(WebClient.builder())
			.transport(this.transport)
			.eventExecutor(this.executor);
		settings.accept(builder);
		return builder.build();
	}

	private XMLHttpRequest send(String url, boolean withCredentials) {
		return send(this.factory.create(), url, withCredentials);
	}

	private static XMLHttpRequest send(XMLHttpRequest xhr, String url, boolean withCredentials) {
		xhr.open("GET", url);
		xhr.setWithCredentials(withCredentials);
		xhr.send();
		return xhr;
	}

	private void answer(int status, String... headers) {
		this.transport.last().head(status, headers).end();
		this.executor.run();
	}

	private void keep(String url, String cookie) {
		send(url, true);
		answer(200, "Set-Cookie", cookie);
	}

	private String cookie() {
		return this.transport.last().request.headers().get("Cookie");
	}

	@Test
	void cookiesComeBack() {
		keep(API, "a=1");
		keep(API, "b=2");
		send(API, false);
		assertThat(cookie()).isEqualTo("a=1; b=2");
	}

	@Test
	void noneAreKeptWithoutAStore() {
		this.factory.close();
		this.factory = factory((builder) -> builder.baseUrl(API));
		keep(API, "a=1");
		send(API, false);
		assertThat(cookie()).isNull();
	}

	@Test
	void anotherOriginNeedsWithCredentialsBothWays() {
		send(OTHER, false);
		answer(200, "Set-Cookie", "a=1; Secure; SameSite=None");
		send(OTHER, true);
		assertThat(cookie()).isNull();
		answer(200, "Set-Cookie", "a=1; Secure; SameSite=None");
		send(OTHER, false);
		assertThat(cookie()).isNull();
		send(OTHER, true);
		assertThat(cookie()).isEqualTo("a=1");
	}

	@Test
	void anotherSiteSeesNoCookieThatIsForItsOwnOnly() {
		keep(OTHER, "lax=1; SameSite=Lax");
		keep(OTHER, "strict=1; SameSite=Strict");
		keep(OTHER, "none=1; Secure; SameSite=None");
		send(OTHER, true);
		assertThat(cookie()).isEqualTo("none=1");
	}

	@Test
	void anonymousRequestTakesNoneAndKeepsNone() {
		keep(API, "a=1");
		send(this.factory.create(XhrOptions.DEFAULTS.anonymous()), API, true);
		assertThat(cookie()).isNull();
		answer(200, "Set-Cookie", "a=2");
		send(API, false);
		assertThat(cookie()).isEqualTo("a=1");
	}

	@Test
	void cookiesOfEachHopAreKeptAndChosenAnew() {
		send(API + "login", false);
		answer(302, "Location", "/home", "Set-Cookie", "session=1");
		assertThat(cookie()).isEqualTo("session=1");
		answer(302, "Location", OTHER, "Set-Cookie", "home=2");
		assertThat(cookie()).isNull();
		answer(302, "Location", API, "Set-Cookie", "other=3");
		assertThat(cookie()).as("has been elsewhere").isNull();
		answer(200, "Set-Cookie", "late=4");
		send(API, false);
		assertThat(cookie()).isEqualTo("session=1; home=2");
	}

	@Test
	void cookiesOfAChallengeAreKept() {
		XMLHttpRequest xhr = this.factory.create();
		xhr.open("GET", API, true, "user", "pw");
		xhr.send();
		answer(401, "WWW-Authenticate", "Basic", "Set-Cookie", "a=1");
		assertThat(cookie()).isEqualTo("a=1");
	}

	@Test
	void cookiesOfAResponseThatIsNotSharedAreKept() {
		this.factory.close();
		this.factory = factory(
				(builder) -> builder.origin("https://shop.api.test").cookieStore(new InMemoryCookieStore()));
		XMLHttpRequest xhr = send(API, true);
		answer(200, "Set-Cookie", "a=1; Secure; SameSite=None");
		assertThat(xhr.getFailure().cors()).isNotNull();
		send(API, true);
		assertThat(cookie()).isEqualTo("a=1");
	}

	@Test
	void preflightTakesNone() {
		this.factory.close();
		this.factory = factory(
				(builder) -> builder.origin("https://shop.example").cookieStore(new InMemoryCookieStore()));
		keep(API, "a=1; Secure; SameSite=None");
		XMLHttpRequest xhr = this.factory.create();
		xhr.open("PUT", API);
		xhr.setWithCredentials(true);
		xhr.send();
		assertThat(this.transport.last().request.method()).isEqualTo("OPTIONS");
		assertThat(cookie()).isNull();
	}

	@Test
	void authorsAndConfiguredCookiesGoFirst() {
		this.factory.close();
		this.factory = factory((builder) -> builder.baseUrl(API)
			.header("Cookie", "configured=2")
			.cookieStore(new InMemoryCookieStore()));
		keep(API, "jar=3");
		XMLHttpRequest xhr = this.factory.create();
		xhr.open("GET", API);
		xhr.setRequestHeader("Cookie", "mine=1");
		xhr.send();
		assertThat(this.transport.last().request.headers().getAll("Cookie"))
			.containsExactly("mine=1; configured=2; jar=3");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void storeThatFailsEndsTheRequestOnce(boolean whenReading) {
		this.factory.close();
		AtomicBoolean broken = new AtomicBoolean();
		CookieStore store = new ForwardingStore(new InMemoryCookieStore()) {

			@Override
			public List<Cookie> cookies(String site) {
				if (whenReading && broken.get()) {
					throw new IllegalStateException("broken");
				}
				return super.cookies(site);
			}

			@Override
			public void store(String site, Cookie cookie) {
				throw new IllegalStateException("broken");
			}

		};
		this.factory = factory((builder) -> builder.baseUrl(API).cookieStore(store));
		XMLHttpRequest xhr = this.factory.create();
		EventLog log = EventLog.ofRequest(xhr);
		xhr.open("GET", API);
		xhr.send();
		broken.set(true);
		if (whenReading) {
			answer(302, "Location", "/x");
		}
		else {
			answer(200, "Set-Cookie", "a=1");
		}
		assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.OTHER);
		assertThat(log.entries()).containsExactly("readystatechange 1", "loadstart(0,0,false)", "readystatechange 4",
				"error(0,0,false)", "loadend(0,0,false)");
		assertThat(this.transport.last().cancelled).isTrue();
	}

	@Test
	void clientsShareNothing() {
		keep(API, "a=1");
		try (XhrFactory second = factory((builder) -> builder.baseUrl(API).cookieStore(new InMemoryCookieStore()))) {
			send(second.create(), API, true);
			assertThat(cookie()).isNull();
		}
	}

	private static class ForwardingStore implements CookieStore {

		private final CookieStore store;

		ForwardingStore(CookieStore store) {
			this.store = store;
		}

		@Override
		public List<Cookie> cookies(String site) {
			return this.store.cookies(site);
		}

		@Override
		public void store(String site, Cookie cookie) {
			this.store.store(site, cookie);
		}

		@Override
		public void remove(String site, Cookie.Identity identity) {
			this.store.remove(site, identity);
		}

		@Override
		public void clear() {
			this.store.clear();
		}

	}

}
