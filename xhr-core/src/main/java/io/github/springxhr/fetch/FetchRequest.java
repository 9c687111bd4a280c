package io.github.springxhr.fetch;

import java.util.List;
import java.util.stream.Stream;

import io.github.springxhr.http.CorsSafelist;
import io.github.springxhr.http.CredentialsMode;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.Origin;
import io.github.springxhr.http.ReferrerPolicy;
import io.github.springxhr.http.Request;
import io.github.springxhr.http.RequestBody;
import io.github.springxhr.http.Url;
import org.jspecify.annotations.Nullable;

/**
 * A request as its fetch changes it, hop by hop. Touched by one hop's thread at a time.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#concept-request">Fetch Standard,
 * request</a>
 */
final class FetchRequest {

	private final Request request;

	private final FetchSettings settings;

	private final Origin origin;

	private final boolean sameOriginPolicy;

	private List<Url> urlList;

	private final HeaderList headers;

	private String method;

	private @Nullable RequestBody body;

	private ReferrerPolicy referrerPolicy = ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN;

	private boolean crossOrigin;

	private boolean leftOrigin;

	private boolean originTainted;

	FetchRequest(Request request, FetchSettings settings) {
		this.request = request;
		this.settings = settings;
		this.origin = settings.requestOrigin(request.url());
		this.sameOriginPolicy = settings.site().origin() != null && !request.system();
		this.urlList = List.of(request.url());
		this.headers = request.headers();
		this.method = request.method();
		this.body = request.body();
	}

	String method() {
		return this.method;
	}

	@Nullable RequestBody body() {
		return this.body;
	}

	Origin origin() {
		return this.origin;
	}

	ReferrerPolicy referrerPolicy() {
		return this.referrerPolicy;
	}

	List<Url> urlList() {
		return this.urlList;
	}

	int redirectCount() {
		return this.urlList.size() - 1;
	}

	Url currentUrl() {
		return this.urlList.get(this.urlList.size() - 1);
	}

	/**
	 * Whether the request is made as a browser makes it: in the name of an origin that
	 * other origins have to let in.
	 */
	boolean isSameOriginPolicy() {
		return this.sameOriginPolicy;
	}

	/**
	 * Take notice of the current URL's origin. Once another has been seen the request
	 * stays cross-origin: its response tainting is "cors" where the same-origin policy
	 * applies.
	 * @see <a href=
	 * "https://fetch.spec.whatwg.org/#concept-request-response-tainting">Response
	 * tainting</a>
	 */
	void taint() {
		this.crossOrigin = this.crossOrigin || !currentUrl().isOf(this.origin);
	}

	/**
	 * Whether another origin than the request's own has been seen.
	 */
	boolean isCrossOrigin() {
		return this.crossOrigin;
	}

	/**
	 * Whether the response tainting is "cors".
	 */
	boolean isCors() {
		return this.sameOriginPolicy && this.crossOrigin;
	}

	/**
	 * Whether a redirect has led from one origin to another.
	 */
	boolean hasLeftOrigin() {
		return this.leftOrigin;
	}

	/**
	 * Whether the request carries what the client is configured with.
	 */
	boolean isConfigured() {
		return !isAnonymous() && !this.leftOrigin && this.settings.isConfiguredFor(currentUrl());
	}

	/**
	 * Whether the application's own filters see the request: they may add secrets, and
	 * headers that no preflight has asked for.
	 */
	boolean isFiltered() {
		return isConfigured() && !isCors();
	}

	private boolean isAnonymous() {
		return this.request.credentialsMode() == CredentialsMode.OMIT;
	}

	/**
	 * Whether this hop carries credentials.
	 */
	boolean includesCredentials() {
		return switch (this.request.credentialsMode()) {
			case OMIT -> false;
			case SAME_ORIGIN -> !this.crossOrigin;
			case INCLUDE -> true;
		};
	}

	/**
	 * Whether the credentials mode is "include", on which wildcards depend.
	 */
	boolean isCredentialed() {
		return this.request.credentialsMode() == CredentialsMode.INCLUDE;
	}

	/**
	 * Whether the current URL is of the same site as the request's origin.
	 */
	boolean isSameSite() {
		return this.settings.site().publicSuffixes().isSameSite(this.origin, currentUrl().origin());
	}

	/**
	 * How the current URL relates to the request's origin, in the words of
	 * {@code Sec-Fetch-Site}; what a redirect has gone through on the way counts.
	 * @see <a href=
	 * "https://w3c.github.io/webappsec-fetch-metadata/#abstract-opdef-set-site">Set the
	 * Sec-Fetch-Site header</a>
	 */
	String fetchSite() {
		String site = "same-origin";
		for (Url url : this.urlList) {
			if (url.isOf(this.origin)) {
				continue;
			}
			if (!this.settings.site().publicSuffixes().isSameSite(this.origin, url.origin())) {
				return "cross-site";
			}
			site = "same-site";
		}
		return site;
	}

	/**
	 * The headers of the author, and those of the configuration that the author has not
	 * set.
	 */
	HeaderList headers() {
		HeaderList all = this.headers.copy();
		if (isConfigured()) {
			this.settings.configured().headers().forEach((name, value) -> {
				if (!this.headers.contains(name)) {
					all.add(name, value);
				}
			});
		}
		return all;
	}

	/**
	 * Serialize the request's origin.
	 * @see <a href=
	 * "https://fetch.spec.whatwg.org/#serializing-a-request-origin">Serializing a request
	 * origin</a>
	 */
	String serializedOrigin() {
		return this.originTainted ? "null" : this.origin.toString();
	}

	/**
	 * Whether the server has to be asked first.
	 * @see <a href="https://fetch.spec.whatwg.org/#concept-main-fetch">Main fetch</a>
	 */
	boolean needsCorsPreflight() {
		return isCors() && (this.request.useCorsPreflight() || !CorsSafelist.isSafelistedMethod(this.method)
				|| !CorsSafelist.unsafeRequestHeaderNames(headers()).isEmpty());
	}

	/**
	 * Whether a preflight is made even for a method that needs none.
	 */
	boolean usesCorsPreflight() {
		return this.request.useCorsPreflight();
	}

	/**
	 * Go where a redirect leads.
	 * @see <a href="https://fetch.spec.whatwg.org/#http-redirect-fetch">HTTP-redirect
	 * fetch</a>
	 */
	void redirect(int status, Url location, HeaderList responseHeaders) {
		Redirects.Rewritten rewritten = Redirects.rewrite(status, this.method, this.body);
		if (!rewritten.method().equals(this.method)) {
			Redirects.removeRequestBodyHeaders(this.headers);
		}
		this.method = rewritten.method();
		this.body = rewritten.body();
		Origin from = currentUrl().origin();
		if (!location.origin().equals(from)) {
			this.leftOrigin = true;
			this.originTainted = this.originTainted || !this.origin.equals(from);
			if (this.sameOriginPolicy) {
				this.headers.delete("Authorization");
			}
			else {
				Redirects.keepSafelistedHeaders(this.headers);
			}
		}
		this.urlList = Stream.concat(this.urlList.stream(), Stream.of(location)).toList();
		this.referrerPolicy = ReferrerPolicy.fromHeaders(responseHeaders, this.referrerPolicy);
	}

}
