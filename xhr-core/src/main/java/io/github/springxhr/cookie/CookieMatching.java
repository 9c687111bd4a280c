package io.github.springxhr.cookie;

import java.util.regex.Pattern;

import io.github.springxhr.http.Url;

/**
 * Which hosts and paths a cookie is for. Hosts are as in a serialized URL; one with a dot
 * at its end is another host than the one without.
 *
 * @see <a href=
 * "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis-22#name-subcomponent-algorithms">RFC
 * 6265bis, subcomponent algorithms</a>
 */
final class CookieMatching {

	private static final Pattern IPV4 = Pattern.compile("[0-9]+(?:\\.[0-9]+){3}");

	private CookieMatching() {
	}

	/**
	 * Return whether a host belongs to a domain. An address belongs to itself only.
	 * @see <a href=
	 * "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis-22#name-domain-matching">Domain
	 * matching</a>
	 */
	static boolean domainMatches(String host, String domain) {
		return host.equals(domain) || (host.endsWith("." + domain) && !isAddress(host));
	}

	/**
	 * Return whether a path is the cookie's or below it.
	 * @see <a href=
	 * "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis-22#name-paths-and-path-match">Path
	 * match</a>
	 */
	static boolean pathMatches(String path, String cookiePath) {
		return path.startsWith(cookiePath) && (path.length() == cookiePath.length() || cookiePath.endsWith("/")
				|| path.charAt(cookiePath.length()) == '/');
	}

	/** Return the path of a cookie that names none. */
	static String defaultPath(Url url) {
		int slash = url.path().lastIndexOf('/');
		return (slash > 0 && url.path().startsWith("/")) ? url.path().substring(0, slash) : "/";
	}

	/** Return whether a host is an IP address. */
	static boolean isAddress(String host) {
		return host.startsWith("[") || IPV4.matcher(host).matches();
	}

	/**
	 * Return whether {@code Secure} cookies may travel to the URL: over TLS, and, as
	 * browsers do, to this machine itself ({@code localhost}, {@code 127.0.0.0/8},
	 * {@code [::1]}), where a service is developed.
	 */
	static boolean isSecure(Url url) {
		String host = String.valueOf(url.host());
		return url.scheme().equals("https") || host.equals("localhost") || host.equals("[::1]")
				|| (host.startsWith("127.") && isAddress(host));
	}

}
