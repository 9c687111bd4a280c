package io.github.springxhr.fetch;

import java.util.StringJoiner;

import io.github.springxhr.coding.ContentCodings;
import io.github.springxhr.cookie.CookieJar;
import io.github.springxhr.http.BasicCredentials;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.Origin;
import io.github.springxhr.http.Url;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what a hop sends: the headers of the author and of the configuration, and
 * those that the client adds by itself.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-network-or-cache-fetch">Fetch
 * Standard, HTTP-network-or-cache fetch</a>
 */
final class RequestHeaders {

	private static final String AUTHORIZATION = "Authorization";

	private static final String COOKIE = "Cookie";

	private final FetchRequest request;

	private final FetchSettings settings;

	RequestHeaders(FetchRequest request, FetchSettings settings) {
		this.request = request;
		this.settings = settings;
	}

	/**
	 * Find who is to be asked for the value of {@code Authorization} before the hop can
	 * be sent.
	 * @return the provider, or {@code null} if nobody is
	 */
	static @Nullable AuthorizationProvider authorizationProvider(FetchRequest request, FetchSettings settings,
			boolean isAuthenticationFetch) {
		AuthorizationProvider provider = settings.configured().authorizationProvider();
		boolean asked = provider != null && !isAuthenticationFetch && isConfiguredAuthorizationWanted(request, settings)
				&& !request.headers().contains(AUTHORIZATION);
		return asked ? provider : null;
	}

	/**
	 * The headers of a hop.
	 * @param isAuthenticationFetch whether the hop answers a challenge with the user name
	 * and password of its URL
	 * @param keptCookies the cookies of the jar, or {@code null}
	 * @param provided the value of {@code Authorization} that was asked for, or
	 * {@code null}
	 */
	HeaderList ofHop(boolean isAuthenticationFetch, @Nullable String keptCookies, @Nullable String provided) {
		HeaderList headers = this.request.headers();
		if (this.request.includesCredentials()) {
			appendCookies(headers, keptCookies);
			String authorization = (provided != null) ? provided : authorization(isAuthenticationFetch);
			if (authorization != null) {
				addIfAbsent(headers, AUTHORIZATION, authorization);
			}
		}
		appendClientHeaders(headers, this.request.method());
		return headers;
	}

	/**
	 * The headers of a preflight, none of which is the author's or a credential.
	 * @param unsafeNames the headers to ask for
	 */
	HeaderList ofPreflight(Iterable<String> unsafeNames) {
		HeaderList headers = new HeaderList();
		headers.add("Accept", "*/*");
		headers.add("Access-Control-Request-Method", this.request.method());
		String names = String.join(",", unsafeNames);
		if (!names.isEmpty()) {
			headers.add("Access-Control-Request-Headers", names);
		}
		appendClientHeaders(headers, "OPTIONS");
		return headers;
	}

	private void appendClientHeaders(HeaderList headers, String method) {
		if (this.request.isSameOriginPolicy()) {
			appendReferer(headers);
			appendOrigin(headers, method);
			appendFetchMetadata(headers);
		}
		addIfAbsent(headers, "Accept", "*/*");
		addIfAbsent(headers, "User-Agent", this.settings.configured().userAgent());
		if (headers.contains("Range") || !this.settings.rules().contentCoding()) {
			addIfAbsent(headers, "Accept-Encoding", "identity");
		}
		else {
			addIfAbsent(headers, "Accept-Encoding", ContentCodings.acceptEncoding());
		}
	}

	/**
	 * Determine the request's referrer.
	 * @see <a href=
	 * "https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer">Referrer
	 * Policy</a>
	 */
	private void appendReferer(HeaderList headers) {
		Url source = this.settings.site().referrer();
		String referrer = (source != null) ? this.request.referrerPolicy().referrer(source, this.request.currentUrl())
				: null;
		if (referrer != null) {
			headers.append("Referer", referrer);
		}
	}

	/**
	 * Append a request Origin header.
	 * @see <a href="https://fetch.spec.whatwg.org/#append-a-request-origin-header">Append
	 * a request Origin header</a>
	 */
	private void appendOrigin(HeaderList headers, String method) {
		if (this.request.isCors() || !(method.equals("GET") || method.equals("HEAD"))) {
			headers.append("Origin", this.request.serializedOrigin());
		}
	}

	/**
	 * Append the Fetch metadata headers, to trustworthy URLs only.
	 * @see <a href=
	 * "https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-append-the-fetch-metadata-headers-for-a-request">Fetch
	 * Metadata Request Headers</a>
	 */
	private void appendFetchMetadata(HeaderList headers) {
		if (Origin.isPotentiallyTrustworthy(this.request.currentUrl().origin())) {
			headers.append("Sec-Fetch-Dest", "empty");
			headers.append("Sec-Fetch-Mode", "cors");
			headers.append("Sec-Fetch-Site", this.request.fetchSite());
		}
	}

	/**
	 * Append a request Cookie header: the author's, the configured ones, those of the
	 * jar.
	 * @see <a href="https://fetch.spec.whatwg.org/#append-a-request-cookie-header">Append
	 * a request Cookie header</a>
	 */
	private void appendCookies(HeaderList headers, @Nullable String keptCookies) {
		String configured = this.request.isConfigured() ? this.settings.configured().cookie() : null;
		if (keptCookies == null && configured == null) {
			return;
		}
		StringJoiner cookies = new StringJoiner("; ");
		headers.getAll(COOKIE).forEach(cookies::add);
		if (configured != null) {
			cookies.add(configured);
		}
		if (keptCookies != null) {
			cookies.add(keptCookies);
		}
		headers.set(COOKIE, cookies.toString());
	}

	/**
	 * Ask the jar for the cookies of a hop.
	 * @throws RuntimeException if the application's cookie store throws one
	 */
	static @Nullable String keptCookies(FetchRequest request, FetchSettings settings) {
		CookieJar jar = settings.cookies();
		return (jar != null && request.includesCredentials())
				? jar.cookieHeader(request.currentUrl(), request.isSameSite()) : null;
	}

	/**
	 * Find the value of {@code Authorization}. The configured one is sent without being
	 * asked for, unless the URL has a user name and password of its own; those answer a
	 * challenge, and are remembered if they were right. What was left behind at another
	 * origin does not come back.
	 */
	private @Nullable String authorization(boolean isAuthenticationFetch) {
		Url url = this.request.currentUrl();
		if (isAuthenticationFetch) {
			return BasicCredentials.headerValue(url.decodedUsername(), url.decodedPassword());
		}
		if (this.request.hasLeftOrigin()) {
			return null;
		}
		if (url.includesCredentials()) {
			return this.settings.authentication().findFor(url);
		}
		String configured = this.settings.configured().authorization();
		return (configured != null && isConfiguredAuthorizationWanted(this.request, this.settings)) ? configured
				: this.settings.authentication().find(url);
	}

	private static boolean isConfiguredAuthorizationWanted(FetchRequest request, FetchSettings settings) {
		Url url = request.currentUrl();
		return request.includesCredentials() && !request.hasLeftOrigin() && !url.includesCredentials()
				&& !settings.configured().authorizationOrigins().isEmpty()
				&& settings.configured().authorizationOrigins().contains(url.origin());
	}

	private static void addIfAbsent(HeaderList headers, String name, String value) {
		if (!headers.contains(name)) {
			headers.add(name, value);
		}
	}

}
