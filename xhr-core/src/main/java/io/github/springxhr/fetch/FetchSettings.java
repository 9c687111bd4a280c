package io.github.springxhr.fetch;

import java.util.Set;

import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.Internal;
import io.github.springxhr.http.Origin;
import io.github.springxhr.http.Url;
import org.jspecify.annotations.Nullable;

/**
 * What a factory lends to its fetches: the part of the standard's settings object that
 * fetching reads.
 *
 * @param baseUrl what relative URLs are resolved against and whose origin is the client's
 * own, or {@code null}
 * @param headers the configured headers, sent to the base URL's origin only
 * @param authorization the value of the configured {@code Authorization}, or {@code null}
 * @param authorizationOrigins the origins that may see it
 * @param maxRedirects how many redirects are followed
 * @param maxResponseSize the largest body in bytes
 * @since 0.1.0
 */
@Internal
public record FetchSettings(@Nullable Url baseUrl, HeaderList headers, @Nullable String authorization,
		Set<Origin> authorizationOrigins, int maxRedirects, long maxResponseSize) {

	/**
	 * Return whether the URL is of the client's own origin: the base URL's. A client
	 * without a base URL trusts what it is told to fetch.
	 * @param url an HTTP(S) URL
	 * @return {@code true} if it is
	 */
	boolean isOwnOrigin(Url url) {
		return this.baseUrl == null || this.baseUrl.origin().equals(url.origin());
	}

	/**
	 * Leaves out values, which may be secrets.
	 */
	@Override
	public String toString() {
		return "FetchSettings[baseUrl=" + this.baseUrl + ", headers=" + this.headers + "]";
	}

}
