package io.github.springxhr.cookie;

import java.util.Objects;

import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.Url;
import org.jspecify.annotations.Nullable;

/**
 * A jar with its store and its clock.
 */
final class JarFixture {

	final TestClock clock = new TestClock();

	final InMemoryCookieStore store = new InMemoryCookieStore(this.clock, (count) -> {
	});

	final CookieJar jar;

	JarFixture() {
		this(new PublicSuffixes());
	}

	JarFixture(PublicSuffixes suffixes) {
		this.jar = new CookieJar(this.store, this.clock, suffixes);
	}

	JarFixture set(String url, String... setCookies) {
		return receive(url, true, setCookies);
	}

	JarFixture receive(String url, boolean sameSite, String... setCookies) {
		HeaderList headers = new HeaderList();
		for (String setCookie : setCookies) {
			headers.add("Set-Cookie", setCookie);
		}
		this.jar.receive(headers, url(url), sameSite);
		return this;
	}

	@Nullable String sent(String url) {
		return this.jar.cookieHeader(url(url), true);
	}

	@Nullable String sentCrossSite(String url) {
		return this.jar.cookieHeader(url(url), false);
	}

	static Url url(String text) {
		return Objects.requireNonNull(Url.parse(text, null), text);
	}

}
