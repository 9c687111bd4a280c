package io.github.springxhr.cookie;

import java.util.Objects;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.springxhr.http.Origin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PublicSuffixes}, with the list and without it.
 */
class PublicSuffixesTests {

	private final PublicSuffixes suffixes = new PublicSuffixes();

	private final PublicSuffixes none = new PublicSuffixes(false);

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			com                       |
			example.com               | example.com
			a.b.example.com           | example.com
			a.b.example.com.          | example.com.
			com.                      |
			co.uk                     |
			example.co.uk             | example.co.uk
			github.io                 |
			me.github.io              | me.github.io
			www.me.github.io          | me.github.io
			s3.amazonaws.com          |
			bucket.s3.amazonaws.com   | bucket.s3.amazonaws.com
			ck                        |
			any.ck                    |
			shop.any.ck               | shop.any.ck
			www.ck                    | www.ck
			city.kawasaki.jp          | city.kawasaki.jp
			other.kawasaki.jp         |
			unlisted                  |
			example.unlisted          | example.unlisted
			xn--55qx5d.cn             |
			a.xn--55qx5d.cn           | a.xn--55qx5d.cn
			localhost                 |
			""")
	void registrableDomainIsASuffixAndOneLabel(String host, String domain) {
		assertThat(this.suffixes.registrableDomain(host)).isEqualTo(domain);
		assertThat(this.suffixes.isPublicSuffix(host)).isEqualTo(domain == null);
		assertThat(this.none.registrableDomain(host)).isNull();
		assertThat(this.none.isPublicSuffix(host)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "192.0.2.1", "127.0.0.1", "[::1]", "[2001:db8::1]" })
	void addressHasNoRegistrableDomainAndIsNoSuffix(String address) {
		assertThat(this.suffixes.registrableDomain(address)).isNull();
		assertThat(this.suffixes.isPublicSuffix(address)).isFalse();
		assertThat(this.none.isPublicSuffix(address)).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			https://example.com      | https://example.com      | true  | true
			https://example.com      | https://example.com:8443 | true  | true
			https://www.example.com  | https://example.com      | true  | false
			https://a.example.com    | https://b.example.com    | true  | false
			https://example.com      | http://example.com       | false | false
			https://example.com      | https://example.org      | false | false
			https://a.github.io      | https://b.github.io      | false | false
			https://a.co.uk          | https://b.co.uk          | false | false
			https://co.uk            | https://co.uk            | true  | true
			https://192.0.2.1        | https://192.0.2.1        | true  | true
			https://192.0.2.1        | https://192.1.2.1        | false | false
			http://localhost         | http://localhost:81      | true  | true
			http://localhost         | http://127.0.0.1         | false | false
			http://a.localhost       | http://localhost         | false | false
			""")
	void sameSite(String a, String b, boolean sameSite, boolean sameSiteWithoutList) {
		assertThat(this.suffixes.isSameSite(origin(a), origin(b))).isEqualTo(sameSite);
		assertThat(this.suffixes.isSameSite(origin(b), origin(a))).isEqualTo(sameSite);
		assertThat(this.none.isSameSite(origin(a), origin(b))).isEqualTo(sameSiteWithoutList);
	}

	@Test
	void listIsThereWithHttpClient5() {
		assertThat(this.suffixes.isKnown()).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			a=b; Domain=example.com     | https://www.example.com/  | a=b
			a=b; Domain=www.example.com | https://www.example.com/  | a=b
			a=b; Domain=com             | https://www.example.com/  | a=b
			a=b; Domain=example.com     | https://example.com/      |
			a=b; Domain=example.com     | https://x.www.example.com/|
			a=b; Domain=other.com       | https://www.example.com/  |
			__Host-a=b; Secure; Path=/; Domain=www.example.com | https://www.example.com/ |
			""")
	void withoutListACookieIsForItsHostOnly(String setCookie, String url, String header) {
		assertThat(new JarFixture(this.none).set("https://www.example.com/", setCookie).sent(url)).isEqualTo(header);
	}

	@Test
	void withoutListACookieOfASharedStoreIsSentToItsDomainOnly() {
		JarFixture fixture = new JarFixture(this.none);
		for (String site : new String[] { "example.com", "www.example.com" }) {
			fixture.store.store(site, new Cookie("a", "b", "example.com", false, "/", false, false,
					Cookie.SameSite.UNSET, TestClock.START, TestClock.START, null));
		}
		assertThat(fixture.sent("https://www.example.com/")).isNull();
		assertThat(fixture.sent("https://example.com/")).isEqualTo("a=b");
	}

	@Test
	void missingListIsToldOfOnce() {
		Logger logger = (Logger) LoggerFactory.getLogger(PublicSuffixes.class);
		ListAppender<ILoggingEvent> events = new ListAppender<>();
		events.start();
		logger.addAppender(events);
		try {
			JarFixture fixture = new JarFixture(this.none).set("https://www.example.com/", "a=b");
			assertThat(events.list).isEmpty();
			fixture.set("https://www.example.com/", "a=b; Domain=example.com", "a=b; Domain=example.com");
		}
		finally {
			logger.detachAppender(events);
		}
		assertThat(events.list).singleElement().satisfies((event) -> {
			assertThat(event.getLevel()).isEqualTo(Level.WARN);
			assertThat(event.getFormattedMessage())
				.endsWith("add org.apache.httpcomponents.client5:httpclient5 to the" + " class path");
		});
	}

	private static Origin origin(String url) {
		return Objects.requireNonNull(JarFixture.url(url)).origin();
	}

}
