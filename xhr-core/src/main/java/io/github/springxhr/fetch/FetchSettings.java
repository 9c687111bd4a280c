package io.github.springxhr.fetch;

import java.util.Set;

import io.github.springxhr.cookie.CookieJar;
import io.github.springxhr.cookie.PublicSuffixes;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.Internal;
import io.github.springxhr.http.Origin;
import io.github.springxhr.http.Url;
import org.jspecify.annotations.Nullable;

/**
 * What a factory lends to its fetches: the part of the standard's settings object that
 * fetching reads.
 *
 * @param site where the client is
 * @param configured what the configuration adds to requests to the base URL's origin
 * @param rules what is allowed
 * @param cookies the cookies, or {@code null} if the client keeps none
 * @param preflights what servers allowed
 * @param authentication the user names and passwords that servers accepted
 * @since 0.1.0
 */
@Internal
public record FetchSettings(Site site, Configured configured, Rules rules, @Nullable CookieJar cookies,
		PreflightCache preflights, AuthenticationCache authentication) {

	/**
	 * Return the origin of a request: the client's own, else the base URL's. A client
	 * that has neither trusts what it is told to fetch.
	 * @param url what is fetched
	 * @return the origin
	 */
	Origin requestOrigin(Url url) {
		if (this.site.origin() != null) {
			return this.site.origin();
		}
		if (this.site.baseUrl() != null) {
			return this.site.baseUrl().origin();
		}
		return url.isHttp() ? url.origin() : Origin.OPAQUE;
	}

	/**
	 * Return whether the URL is of the origin that the configuration is for. A client
	 * without a base URL has no configured headers that could go astray.
	 * @param url an HTTP(S) URL
	 * @return {@code true} if it is
	 */
	boolean isConfiguredFor(Url url) {
		return this.site.baseUrl() == null || url.isOf(this.site.baseUrl().origin());
	}

	/**
	 * Where a client is, as a browser would see it.
	 *
	 * @param baseUrl what relative URLs are resolved against, or {@code null}
	 * @param origin the origin in whose name requests are made, so that the rules of a
	 * browser apply to them, or {@code null} for a trusted server-side caller
	 * @param referrer the URL of the page that makes them, or {@code null}
	 * @param publicSuffixes decides whether two origins are of the same site
	 */
	public record Site(@Nullable Url baseUrl, @Nullable Origin origin, @Nullable Url referrer,
			PublicSuffixes publicSuffixes) {

	}

	/**
	 * What the configuration adds to requests.
	 *
	 * @param headers headers that are no credentials
	 * @param cookie the value of a configured {@code Cookie}, or {@code null}
	 * @param userAgent the value of {@code User-Agent}, which goes anywhere
	 * @param authorization the value of the configured {@code Authorization}, or
	 * {@code null}
	 * @param authorizationProvider has that value instead, or {@code null}
	 * @param authorizationOrigins the origins that may see it
	 */
	public record Configured(HeaderList headers, @Nullable String cookie, String userAgent,
			@Nullable String authorization, @Nullable AuthorizationProvider authorizationProvider,
			Set<Origin> authorizationOrigins) {

		/**
		 * Leaves out values, which may be secrets.
		 */
		@Override
		public String toString() {
			return "Configured" + this.headers;
		}

	}

	/**
	 * What is allowed.
	 *
	 * @param maxRedirects how many redirects are followed
	 * @param httpsDowngrade whether a redirect may lead from https to http
	 * @param confined whether only the base URL's origin may be fetched
	 * @param contentCoding whether coded responses are asked for
	 * @param maxResponseSize the largest body in bytes, decoded
	 */
	public record Rules(int maxRedirects, boolean httpsDowngrade, boolean confined, boolean contentCoding,
			long maxResponseSize) {

	}

}
