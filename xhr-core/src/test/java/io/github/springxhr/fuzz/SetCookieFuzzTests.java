package io.github.springxhr.fuzz;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.springxhr.cookie.CookieJar;
import io.github.springxhr.cookie.InMemoryCookieStore;
import io.github.springxhr.cookie.PublicSuffixes;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.HttpRules;
import io.github.springxhr.http.Url;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever a server sets, other sites see nothing of it, secure cookies stay, and what is
 * sent is one line.
 */
class SetCookieFuzzTests {

	private static final PublicSuffixes SUFFIXES = new PublicSuffixes();

	private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

	@FuzzTest(maxDuration = "60s")
	void setCookie(FuzzedDataProvider data) {
		InMemoryCookieStore store = new InMemoryCookieStore(() -> NOW, (count) -> {
		});
		CookieJar jar = new CookieJar(store, () -> NOW, SUFFIXES);
		String setCookie = data.consumeRemainingAsString();
		// which the fuzzer cannot learn to set by itself
		String session = "session=" + UUID.nameUUIDFromBytes(setCookie.getBytes(StandardCharsets.UTF_16));
		receive(jar, "https://evil.co.uk/", session + "; Secure; Path=/");
		receive(jar, "http://evil.co.uk/a/b", setCookie);
		assertThat(store.size()).isBetween(1, 2);
		for (String other : new String[] { "https://good.co.uk/", "https://co.uk/", "https://vil.co.uk/",
				"https://[::1]/" }) {
			assertThat(jar.cookieHeader(url(other), true)).isNull();
		}
		String sent = jar.cookieHeader(url("https://evil.co.uk/a/b"), true);
		assertThat(sent).contains(session);
		assertThat(HttpRules.isHeaderValue(sent) && !HttpRules.hasControl(sent)).isTrue();
		String clear = jar.cookieHeader(url("http://evil.co.uk/a/b"), true);
		assertThat(clear == null || !clear.contains(session)).isTrue();
	}

	private static void receive(CookieJar jar, String url, String setCookie) {
		HeaderList headers = new HeaderList();
		headers.add("Set-Cookie", setCookie);
		jar.receive(headers, url(url), true);
	}

	private static Url url(String text) {
		return Objects.requireNonNull(Url.parse(text, null));
	}

}
