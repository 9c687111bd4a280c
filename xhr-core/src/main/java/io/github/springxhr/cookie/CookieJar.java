package io.github.springxhr.cookie;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.Internal;
import io.github.springxhr.http.Url;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of one client: takes them from responses and gives them to requests.
 * <p>
 * <strong>Concurrency.</strong> Safe for use from many threads. Cookies are set one
 * response after the other, so that a cookie is judged by those which are there when it
 * is stored. Nothing is locked to read them.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis-22#name-user-agent-requirements">RFC
 * 6265bis, user agent requirements</a>
 */
@Internal
public final class CookieJar {

	private static final Log logger = LogFactory.getLog(CookieJar.class);

	private static final Comparator<Cookie> ORDER = Comparator.comparingInt((Cookie cookie) -> -cookie.path().length())
		.thenComparing(Cookie::creationTime);

	private final CookieStore store;

	private final InstantSource clock;

	private final PublicSuffixes suffixes;

	private final Object receiving = new Object();

	/**
	 * Create a jar.
	 * @param store where its cookies are kept
	 * @param clock the clock
	 * @param suffixes the public suffixes
	 */
	public CookieJar(CookieStore store, InstantSource clock, PublicSuffixes suffixes) {
		this.store = store;
		this.clock = clock;
		this.suffixes = suffixes;
	}

	/**
	 * Return the cookies that go along with a request.
	 * @param url what is requested
	 * @param sameSite whether the request comes from the URL's own site; if not, cookies
	 * with {@code SameSite=None} go along only
	 * @return the value of the {@code Cookie} header, or {@code null} if there is none; a
	 * secret
	 * @see <a href=
	 * "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis-22#name-retrieval-algorithm">Retrieval
	 * algorithm</a>
	 */
	public @Nullable String cookieHeader(Url url, boolean sameSite) {
		String host = url.host();
		if (host == null) {
			return null;
		}
		String site = this.suffixes.siteOf(host);
		Instant now = this.clock.instant();
		List<Cookie> cookies = this.store.cookies(site)
			.stream()
			.filter((cookie) -> !cookie.isExpired(now) && isFor(cookie, host)
					&& CookieMatching.pathMatches(url.path(), cookie.path())
					&& (!cookie.secure() || CookieMatching.isSecure(url))
					&& (sameSite || cookie.sameSite() == Cookie.SameSite.NONE))
			.sorted(ORDER)
			.toList();
		cookies.forEach((cookie) -> this.store.accessed(site, cookie.identity(), now));
		return cookies.isEmpty() ? null : cookies.stream().map(CookieJar::serialize).collect(Collectors.joining("; "));
	}

	/**
	 * Keep the cookies that a response sets. What is refused is logged by its name only,
	 * on debug level.
	 * @param responseHeaders the headers of the response
	 * @param url what was requested, not what it redirects to
	 * @param sameSite whether the request came from the URL's own site; if not, it may
	 * set cookies with {@code SameSite=None} only
	 */
	public void receive(HeaderList responseHeaders, Url url, boolean sameSite) {
		List<String> values = responseHeaders.getAll("Set-Cookie");
		String host = url.host();
		if (values.isEmpty() || host == null) {
			return;
		}
		String site = this.suffixes.siteOf(host);
		CookieAcceptance acceptance = new CookieAcceptance(url, sameSite, this.clock.instant(), this.suffixes);
		synchronized (this.receiving) {
			values.forEach((value) -> receive(value, site, acceptance));
		}
	}

	private void receive(String value, String site, CookieAcceptance acceptance) {
		try {
			Cookie cookie = acceptance.accept(SetCookie.parse(value), unexpired(site, acceptance.now()));
			if (cookie.isExpired(acceptance.now())) {
				this.store.remove(site, cookie.identity());
			}
			else {
				this.store.store(site, cookie);
			}
		}
		catch (CookieRefusedException ex) {
			if (logger.isDebugEnabled()) {
				logger.debug("Refused cookie '" + SetCookie.printable(SetCookie.nameOf(value)) + "' of "
						+ acceptance.url().host() + ": " + ex.refusal());
			}
		}
	}

	/** Return the cookies of a site, and remove what has expired. */
	private List<Cookie> unexpired(String site, Instant now) {
		List<Cookie> cookies = this.store.cookies(site);
		cookies.stream()
			.filter((cookie) -> cookie.isExpired(now))
			.forEach((cookie) -> this.store.remove(site, cookie.identity()));
		return cookies.stream().filter((cookie) -> !cookie.isExpired(now)).toList();
	}

	/**
	 * Return whether a cookie is for the host. The list may have changed since it was
	 * stored, or the store be another application's, so its domain is looked at again.
	 */
	private boolean isFor(Cookie cookie, String host) {
		return cookie.domain().equals(host) || (!cookie.hostOnly() && !this.suffixes.isPublicSuffix(cookie.domain())
				&& CookieMatching.domainMatches(host, cookie.domain()));
	}

	private static String serialize(Cookie cookie) {
		return cookie.name().isEmpty() ? cookie.value() : cookie.name() + "=" + cookie.value();
	}

}
