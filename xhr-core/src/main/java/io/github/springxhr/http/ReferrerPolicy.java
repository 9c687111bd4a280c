package io.github.springxhr.http;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * How much a request tells about where it comes from.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://w3c.github.io/webappsec-referrer-policy/#referrer-policies">Referrer Policy,
 * referrer policies</a>
 */
@Internal
public enum ReferrerPolicy {

	/** No policy of its own: the default one counts. */
	EMPTY,

	/** Nothing. */
	NO_REFERRER,

	/** The URL, unless the request is a downgrade. */
	NO_REFERRER_WHEN_DOWNGRADE,

	/** The URL, to the same origin only. */
	SAME_ORIGIN,

	/** The origin. */
	ORIGIN,

	/** The origin, unless the request is a downgrade. */
	STRICT_ORIGIN,

	/** The URL to the same origin, the origin to others. */
	ORIGIN_WHEN_CROSS_ORIGIN,

	/** The URL to the same origin, the origin to others unless that is a downgrade. */
	STRICT_ORIGIN_WHEN_CROSS_ORIGIN,

	/** The URL. */
	UNSAFE_URL;

	private static final int MAX_LENGTH = 4096;

	/**
	 * Return the policy that a response asks for.
	 * @param headers the response's headers
	 * @param current the policy until now
	 * @return the last policy in {@code Referrer-Policy} that is known, or the current
	 * one if there is none
	 * @see <a href=
	 * "https://w3c.github.io/webappsec-referrer-policy/#parse-referrer-policy-from-header">Parse
	 * a referrer policy from a Referrer-Policy header</a>
	 */
	public static ReferrerPolicy fromHeaders(HeaderList headers, ReferrerPolicy current) {
		ReferrerPolicy policy = current;
		for (String value : headers.getAll("Referrer-Policy")) {
			for (String element : value.split(",", -1)) {
				ReferrerPolicy known = forToken(HttpRules.normalizeHeaderValue(element));
				policy = (known != null) ? known : policy;
			}
		}
		return policy;
	}

	private static @Nullable ReferrerPolicy forToken(String token) {
		for (ReferrerPolicy policy : values()) {
			if (policy != EMPTY && policy.token().equalsIgnoreCase(token)) {
				return policy;
			}
		}
		return null;
	}

	/**
	 * Return the policy's name in the standard.
	 * @return the token, in lower case; empty if there is no policy
	 */
	public String token() {
		return (this != EMPTY) ? name().toLowerCase(Locale.ROOT).replace('_', '-') : "";
	}

	/**
	 * Return what a request tells about where it comes from.
	 * @param source where it comes from
	 * @param current where it goes to
	 * @return the value of {@code Referer}, or {@code null} if it tells nothing
	 * @see <a href=
	 * "https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer">Determine
	 * request's referrer</a>
	 */
	public @Nullable String referrer(Url source, Url current) {
		if (!source.isHttp()) {
			return null;
		}
		boolean sameOrigin = current.isHttp() && source.origin().equals(current.origin());
		boolean downgrade = isTrustworthy(source) && !isTrustworthy(current);
		return switch (this) {
			case NO_REFERRER -> null;
			case NO_REFERRER_WHEN_DOWNGRADE -> downgrade ? null : url(source);
			case SAME_ORIGIN -> sameOrigin ? url(source) : null;
			case ORIGIN -> origin(source);
			case STRICT_ORIGIN -> downgrade ? null : origin(source);
			case ORIGIN_WHEN_CROSS_ORIGIN -> sameOrigin ? url(source) : origin(source);
			case EMPTY, STRICT_ORIGIN_WHEN_CROSS_ORIGIN -> sameOrigin ? url(source) : downgrade ? null : origin(source);
			case UNSAFE_URL -> url(source);
		};
	}

	/**
	 * See <a href="https://w3c.github.io/webappsec-referrer-policy/#strip-url">Strip url
	 * for use as a referrer</a>. One that is too long is cut down to its origin.
	 */
	private static String url(Url source) {
		String url = source.origin() + source.requestTarget();
		return (url.length() > MAX_LENGTH) ? origin(source) : url;
	}

	private static String origin(Url source) {
		return source.origin() + "/";
	}

	/**
	 * See <a href=
	 * "https://w3c.github.io/webappsec-secure-contexts/#is-url-trustworthy">potentially
	 * trustworthy URL</a>.
	 */
	private static boolean isTrustworthy(Url url) {
		return url.isHttp() ? Origin.isPotentiallyTrustworthy(url.origin()) : url.scheme().equals("data");
	}

}
