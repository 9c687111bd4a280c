package io.github.springxhr.fetch;

import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.springxhr.http.CorsSafelist;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.FetchFailure.Phase;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.RequestBody;
import io.github.springxhr.http.Url;
import org.jspecify.annotations.Nullable;

/**
 * The rules of redirects: where to, with what, and what stays behind.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-redirect-fetch">Fetch Standard,
 * HTTP-redirect fetch</a>
 */
final class Redirects {

	private static final List<String> REQUEST_BODY_HEADERS = List.of("Content-Encoding", "Content-Language",
			"Content-Location", "Content-Type");

	/** What describes the body goes where the body goes. */
	private static final Set<String> BODY_HEADERS = Set.of("content-language", "content-type");

	private Redirects() {
	}

	/**
	 * Find where a redirect leads.
	 * <p>
	 * Deviation: a redirect from https to http is refused, as it would carry on in the
	 * clear what was meant to be kept secret.
	 * @see <a href=
	 * "https://fetch.spec.whatwg.org/#concept-response-location-url">Location URL</a>
	 */
	static Target target(HeaderList headers, FetchRequest request, FetchSettings.Rules rules) {
		Url current = request.currentUrl();
		List<String> locations = headers.getAll("Location");
		if (locations.isEmpty()) {
			return Target.NONE;
		}
		Url location = (locations.size() == 1) ? Url.parse(escapeBytes(locations.get(0)), current) : null;
		if (location == null) {
			return Target.failed("the Location header is malformed");
		}
		if (!location.isHttp()) {
			return Target.failed("it leads to the scheme '" + location.scheme() + "'");
		}
		if (request.redirectCount() >= rules.maxRedirects()) {
			return Target.failed("there were more than " + rules.maxRedirects() + " redirects");
		}
		if (location.includesCredentials()
				&& (request.isCrossOrigin() || !request.origin().equals(location.origin()))) {
			return Target.failed("it leads to or comes from another origin, and has a user name or password");
		}
		if (!rules.httpsDowngrade() && current.scheme().equals("https") && location.scheme().equals("http")) {
			return Target.failed("it leads from https to http");
		}
		return new Target((location.fragment() != null) ? location : location.withFragment(current.fragment()), null);
	}

	/**
	 * Escape what is not ASCII, byte by byte: a server that does not means UTF-8, and
	 * browsers take it for that.
	 */
	private static String escapeBytes(String location) {
		StringBuilder escaped = new StringBuilder(location.length());
		location.chars().forEach((c) -> {
			if (c < 0x80) {
				escaped.append((char) c);
			}
			else {
				escaped.append(String.format("%%%02X", c));
			}
		});
		return escaped.toString();
	}

	static Rewritten rewrite(int status, String method, @Nullable RequestBody body) {
		boolean postToGet = (status == 301 || status == 302) && method.equals("POST");
		boolean anyToGet = status == 303 && !method.equals("GET") && !method.equals("HEAD");
		return (postToGet || anyToGet) ? new Rewritten("GET", null) : new Rewritten(method, body);
	}

	static void removeRequestBodyHeaders(HeaderList headers) {
		REQUEST_BODY_HEADERS.forEach(headers::delete);
	}

	/**
	 * Remove what another origin must not see.
	 * <p>
	 * Deviation: the standard removes {@code Authorization} and leaves the rest to CORS,
	 * which a client without an origin does not have; so any header that may hold a
	 * secret stays behind.
	 */
	static void keepSafelistedHeaders(HeaderList headers) {
		for (String name : List.copyOf(headers.names())) {
			String value = headers.get(name);
			if (value != null && !BODY_HEADERS.contains(name.toLowerCase(Locale.ROOT))
					&& !CorsSafelist.isSafelistedRequestHeader(name, value)) {
				headers.delete(name);
			}
		}
	}

	/**
	 * Where a redirect leads: to a URL, into a failure, or nowhere as it has no location.
	 */
	record Target(@Nullable Url url, @Nullable FetchFailure failure) {

		static final Target NONE = new Target(null, null);

		static Target failed(String reason) {
			return new Target(null,
					FetchFailure.of(FailureKind.REDIRECT, Phase.HEADERS, "the redirect was not followed: " + reason));
		}

		/**
		 * Refuse to redirect a request whose body has gone. By the standard that holds
		 * even where the body would be dropped, unless the status is 303.
		 */
		Target withBody(int status, @Nullable RequestBody body) {
			boolean gone = body != null && !body.isRepeatable() && status != 303;
			return (gone && this.url != null) ? failed("the request's body cannot be sent twice") : this;
		}

	}

	/**
	 * The method and body that the redirected request has.
	 */
	record Rewritten(String method, @Nullable RequestBody body) {

	}

}
