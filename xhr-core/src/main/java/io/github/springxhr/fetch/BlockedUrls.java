package io.github.springxhr.fetch;

import io.github.springxhr.http.BadPorts;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.FetchFailure.Phase;
import io.github.springxhr.http.Origin;
import io.github.springxhr.http.Url;
import org.jspecify.annotations.Nullable;

/**
 * What is not fetched at all, on any hop.
 */
final class BlockedUrls {

	private BlockedUrls() {
	}

	/**
	 * Check a URL.
	 * @return why it is not fetched, or {@code null} if it is
	 * @see <a href="https://fetch.spec.whatwg.org/#block-bad-port">Fetch Standard,
	 * blocked due to a bad port</a>
	 * @see <a href=
	 * "https://w3c.github.io/webappsec-mixed-content/#should-block-fetch">Mixed
	 * Content</a>
	 */
	static @Nullable FetchFailure check(Url url, FetchSettings settings) {
		Url base = settings.site().baseUrl();
		if (settings.rules().confined() && (base == null || !url.isHttp() || !base.origin().equals(url.origin()))) {
			return blocked("the client is confined to the origin of its base URL, and this is "
					+ (url.isHttp() ? url.origin() : url.scheme() + ":"));
		}
		if (!url.isHttp()) {
			return null;
		}
		Origin origin = settings.site().origin();
		if (origin != null && BadPorts.isBad(url.origin().port())) {
			return blocked("browsers do not fetch from port " + url.origin().port());
		}
		if (origin != null && origin.scheme().equals("https") && !Origin.isPotentiallyTrustworthy(url.origin())) {
			return blocked("it is mixed content: the origin is https, and this is " + url.origin());
		}
		return null;
	}

	private static FetchFailure blocked(String message) {
		return FetchFailure.of(FailureKind.BLOCKED, Phase.CONNECT, message);
	}

}
