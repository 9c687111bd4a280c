package io.github.springxhr.cookie;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import io.github.springxhr.http.Url;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a response may set a cookie, and what is kept of it.
 * <p>
 * Deviation: without a list of public suffixes a cookie is kept for its host only,
 * whatever its {@code Domain}, as it cannot be told whether strangers share the domain.
 *
 * @param url what was requested
 * @param sameSite whether the request came from the URL's own site
 * @param now the time
 * @param suffixes the public suffixes
 * @see <a href=
 * "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis-22#name-storage-model">RFC
 * 6265bis, storage model</a>
 */
record CookieAcceptance(Url url, boolean sameSite, Instant now, PublicSuffixes suffixes) {

	private static final Duration MAX_AGE = Duration.ofDays(400);

	private static final String SECURE_PREFIX = "__secure-";

	private static final String HOST_PREFIX = "__host-";

	/**
	 * Apply the rules.
	 * @param received what the header says
	 * @param existing the cookies of the site
	 * @return the cookie; it may have expired already
	 * @throws CookieRefusedException if the response may not set it
	 */
	Cookie accept(SetCookie received, List<Cookie> existing) throws CookieRefusedException {
		boolean hostOnly = isHostOnly(received);
		Cookie cookie = cookie(received, hostOnly);
		if (!CookieMatching.isSecure(this.url)) {
			refuseIf(cookie.secure(), Refusal.INSECURE_CONNECTION);
			refuseIf(existing.stream().anyMatch((other) -> isOverlaid(other, cookie)), Refusal.SECURE_COOKIE_EXISTS);
		}
		checkSameSite(cookie);
		checkPrefixes(cookie, hostOnly && received.path() != null);
		return existing.stream()
			.filter((other) -> other.identity().equals(cookie.identity()))
			.findFirst()
			.map((other) -> cookie.withCreationTime(other.creationTime()))
			.orElse(cookie);
	}

	private boolean isHostOnly(SetCookie received) throws CookieRefusedException {
		String domain = received.domain();
		refuseIf(domain.chars().anyMatch((c) -> c >= 0x80), Refusal.DOMAIN_NOT_ASCII);
		if (domain.isEmpty()) {
			return true;
		}
		if (this.suffixes.isKnown() && this.suffixes.isPublicSuffix(domain)) {
			refuseIf(!domain.equals(host()), Refusal.PUBLIC_SUFFIX);
			return true;
		}
		refuseIf(!CookieMatching.domainMatches(host(), domain), Refusal.FOREIGN_DOMAIN);
		return false;
	}

	private Cookie cookie(SetCookie received, boolean hostOnly) {
		boolean narrowed = !hostOnly && !this.suffixes.isKnown();
		if (narrowed) {
			this.suffixes.warnOfMissingList();
		}
		String path = received.path();
		return new Cookie(received.name(), received.value(), (hostOnly || narrowed) ? host() : received.domain(),
				hostOnly || narrowed, (path == null || path.isEmpty()) ? CookieMatching.defaultPath(this.url) : path,
				received.secure(), received.httpOnly(), received.sameSite(), this.now, this.now, expiryTime(received));
	}

	private @Nullable Instant expiryTime(SetCookie received) {
		Instant latest = this.now.plus(MAX_AGE);
		Long maxAge = received.maxAge();
		if (maxAge != null) {
			return (maxAge <= 0) ? Instant.MIN : this.now.plusSeconds(Math.min(maxAge, MAX_AGE.toSeconds()));
		}
		Instant expires = received.expires();
		return (expires != null && expires.isAfter(latest)) ? latest : expires;
	}

	private static boolean isOverlaid(Cookie other, Cookie cookie) {
		return other.secure() && other.name().equals(cookie.name())
				&& (CookieMatching.domainMatches(other.domain(), cookie.domain())
						|| CookieMatching.domainMatches(cookie.domain(), other.domain()))
				&& CookieMatching.pathMatches(cookie.path(), other.path());
	}

	private void checkSameSite(Cookie cookie) throws CookieRefusedException {
		boolean none = cookie.sameSite() == Cookie.SameSite.NONE;
		refuseIf(!this.sameSite && !none, Refusal.CROSS_SITE);
		refuseIf(none && !cookie.secure(), Refusal.NONE_NEEDS_SECURE);
	}

	private void checkPrefixes(Cookie cookie, boolean hostOnlyWithPath) throws CookieRefusedException {
		String name = cookie.name().toLowerCase(Locale.ROOT);
		refuseIf(name.startsWith(SECURE_PREFIX) && !cookie.secure(), Refusal.SECURE_PREFIX);
		refuseIf(name.startsWith(HOST_PREFIX) && !(cookie.secure() && hostOnlyWithPath && cookie.path().equals("/")),
				Refusal.HOST_PREFIX);
		String value = cookie.value().toLowerCase(Locale.ROOT);
		refuseIf(name.isEmpty() && (value.startsWith(SECURE_PREFIX) || value.startsWith(HOST_PREFIX)),
				Refusal.PREFIX_IN_VALUE);
	}

	private String host() {
		return Objects.requireNonNull(this.url.host());
	}

	private static void refuseIf(boolean condition, Refusal refusal) throws CookieRefusedException {
		CookieRefusedException.refuseIf(condition, refusal);
	}

}
