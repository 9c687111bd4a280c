package io.github.springxhr.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.web.util.InvalidUrlException;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriComponentsBuilder.ParserType;

/**
 * The URL parser. Spring's WHATWG parser does the host and the port; it takes no base
 * URL, encodes nothing, keeps URI templates and loses the slash behind a last dot
 * segment, so the reference is resolved, and what is not a host is parsed and encoded,
 * here.
 *
 * @see <a href="https://url.spec.whatwg.org/#concept-basic-url-parser">URL Standard,
 * basic URL parser</a>
 */
final class UrlParser {

	private static final Pattern DOT = Pattern.compile("%2e", Pattern.CASE_INSENSITIVE);

	private static final Pattern SEPARATOR = Pattern.compile("[/\\\\]");

	private static final Pattern OTHER_SEPARATOR = Pattern.compile("/");

	private UrlParser() {
	}

	static @Nullable Url parse(String text, @Nullable Url base) {
		String input = clean(text);
		int colon = schemeEnd(input);
		if (colon < 0) {
			return (base != null) ? parseRelative(input, base) : null;
		}
		String scheme = scheme(input, colon);
		String rest = input.substring(colon + 1);
		if (!scheme.equals("http") && !scheme.equals("https")) {
			return Hosts.isPossible(scheme, rest) ? parseOther(scheme, rest) : null;
		}
		if (base != null && scheme.equals(base.scheme()) && !startsWithTwoSlashes(rest)) {
			return parseRelative(rest, base);
		}
		return parseAbsolute(scheme, rest);
	}

	/** Without a copy of those that most URLs have. */
	private static String scheme(String input, int colon) {
		if (input.startsWith("https:")) {
			return "https";
		}
		return input.startsWith("http:") ? "http" : input.substring(0, colon).toLowerCase(Locale.ROOT);
	}

	/** Relative state and relative slash state. */
	private static @Nullable Url parseRelative(String input, Url base) {
		if (!base.isHttp()) {
			return null;
		}
		if (startsWithTwoSlashes(input)) {
			return parseAbsolute(base.scheme(), input);
		}
		String site = base.withFragment(null).serialize(true);
		String prefix = site.substring(base.scheme().length() + 1, site.length() - base.requestTarget().length());
		if (input.isEmpty() || input.charAt(0) == '#') {
			return parseAbsolute(base.scheme(), prefix + base.requestTarget() + input);
		}
		return switch (input.charAt(0)) {
			case '/', '\\' -> parseAbsolute(base.scheme(), prefix + input);
			case '?' -> parseAbsolute(base.scheme(), prefix + base.path() + input);
			default -> parseAbsolute(base.scheme(),
					prefix + base.path().substring(0, base.path().lastIndexOf('/') + 1) + input);
		};
	}

	/** Special authority slashes state and what follows it. */
	private static @Nullable Url parseAbsolute(String scheme, String rest) {
		int start = 0;
		while (start < rest.length() && isSlash(rest.charAt(start))) {
			start++;
		}
		int hash = indexOfOrEnd(rest, '#', start, rest.length());
		int question = indexOfOrEnd(rest, '?', start, hash);
		String fragment = (hash < rest.length()) ? PercentEncoding.fragment(rest.substring(hash + 1)) : null;
		String query = (question < hash) ? PercentEncoding.query(rest.substring(question + 1, hash)) : null;
		int slash = Math.min(indexOfOrEnd(rest, '/', start, question), indexOfOrEnd(rest, '\\', start, question));
		boolean root = question - slash == 1 && rest.charAt(slash) == '/';
		String path = root ? "/" : parsePath(rest.substring(slash, question), SEPARATOR);
		String authority = rest.substring(start, slash);
		Url plain = parsePlainSite(scheme, authority, path, query, fragment);
		if (plain != null) {
			return plain;
		}
		String site = encodeSite(authority);
		return (site != null) ? parseSite(scheme, site, path, query, fragment) : null;
	}

	/** A host in its final form, perhaps with a port: what most URLs have. */
	private static @Nullable Url parsePlainSite(String scheme, String site, String path, @Nullable String query,
			@Nullable String fragment) {
		int colon = indexOfOrEnd(site, ':', 0, site.length());
		String name = site.substring(0, colon);
		if (!Hosts.isPlain(name) || !Hosts.isPort(site, colon)) {
			return null;
		}
		String host = Hosts.parseIpv4(name);
		int port = (site.length() - colon > 1) ? Integer.parseInt(site, colon + 1, site.length(), 10) : -1;
		return (host != null)
				? new Url(scheme, "", "", host, (port == Url.defaultPort(scheme)) ? -1 : port, path, query, fragment)
				: null;
	}

	/** Path state: dot segments go, and one at the end leaves its slash. */
	private static String parsePath(String text, Pattern separator) {
		if (isPlainPath(text)) {
			return text.isEmpty() ? "/" : PercentEncoding.path(text);
		}
		String[] segments = text.isEmpty() ? new String[] { "" } : separator.split(text.substring(1), -1);
		List<String> path = new ArrayList<>(segments.length);
		for (int i = 0; i < segments.length; i++) {
			String plain = DOT.matcher(segments[i]).replaceAll(".");
			if (plain.equals("..") && !path.isEmpty()) {
				path.remove(path.size() - 1);
			}
			if (!plain.equals("..") && !plain.equals(".")) {
				path.add(PercentEncoding.path(segments[i]));
			}
			else if (i == segments.length - 1) {
				path.add("");
			}
		}
		return "/" + String.join("/", path);
	}

	/**
	 * Whether no segment can be one of dots, nor a backslash be a separator.
	 */
	private static boolean isPlainPath(String text) {
		return text.indexOf("/.") < 0 && text.indexOf('%') < 0 && text.indexOf('\\') < 0;
	}

	/** Authority state and host state, as far as the library's parser needs help. */
	private static @Nullable String encodeSite(String site) {
		int at = site.lastIndexOf('@');
		String userinfo = "";
		if (at >= 0) {
			int colon = indexOfOrEnd(site, ':', 0, at);
			userinfo = PercentEncoding.userinfo(site.substring(0, colon));
			userinfo += (colon < at) ? ":" + PercentEncoding.userinfo(site.substring(colon + 1, at)) + "@" : "@";
		}
		int port = indexOfOrEnd(site, ':', Math.max(at, site.lastIndexOf(']')) + 1, site.length());
		String host = site.substring(at + 1, port);
		// The library's parser takes one leading colon in an IPv6 address.
		if ((host.startsWith("[:") && !host.startsWith("[::")) || !Hosts.isPort(site.substring(port))) {
			return null;
		}
		boolean plain = host.chars().allMatch((c) -> c < 0x80 && c != '%');
		String parsed = plain ? Hosts.parseIpv4(host) : host;
		return (parsed != null) ? userinfo + parsed + site.substring(port) : null;
	}

	private static @Nullable Url parseSite(String scheme, String site, String path, @Nullable String query,
			@Nullable String fragment) {
		UriComponents components;
		try {
			components = UriComponentsBuilder.fromUriString(scheme + "://" + site, ParserType.WHAT_WG).build();
		}
		catch (InvalidUrlException | IndexOutOfBoundsException ex) {
			// the second where a control character in a host makes Spring's parser go
			// back too far
			return null;
		}
		String parsedHost = (components.getHost() != null) ? components.getHost().toLowerCase(Locale.ROOT) : "";
		String host = Hosts.parseIpv4(parsedHost);
		if (host == null || host.isEmpty()) {
			return null;
		}
		String userinfo = (components.getUserInfo() != null) ? components.getUserInfo() : "";
		int colon = userinfo.indexOf(':');
		String username = (colon < 0) ? userinfo : userinfo.substring(0, colon);
		String password = (colon < 0) ? "" : userinfo.substring(colon + 1);
		int port = (components.getPort() == Url.defaultPort(scheme)) ? -1 : components.getPort();
		return new Url(scheme, username, password, host, port, path, query, fragment);
	}

	/** What is not HTTP(S): nothing is told apart before the query. */
	private static Url parseOther(String scheme, String rest) {
		int hash = indexOfOrEnd(rest, '#', 0, rest.length());
		int question = indexOfOrEnd(rest, '?', 0, hash);
		String fragment = (hash < rest.length()) ? PercentEncoding.fragment(rest.substring(hash + 1)) : null;
		String query = (question < hash) ? PercentEncoding.otherQuery(rest.substring(question + 1, hash)) : null;
		String text = rest.substring(0, question);
		String path = text.startsWith("/") ? parseOtherPath(text) : opaquePath(text, question < rest.length());
		return new Url(scheme, "", "", null, -1, path, query, fragment);
	}

	private static String parseOtherPath(String text) {
		int start = text.startsWith("//") ? indexOfOrEnd(text, '/', 2, text.length()) : 0;
		String site = PercentEncoding.opaque(text.substring(0, start));
		return (start < text.length()) ? site + parsePath(text.substring(start), OTHER_SEPARATOR) : site;
	}

	/**
	 * Opaque path state: of its spaces only one before a query or fragment is encoded.
	 */
	private static String opaquePath(String text, boolean followed) {
		String path = PercentEncoding.opaque(text);
		return (followed && path.endsWith(" ")) ? path.substring(0, path.length() - 1) + "%20" : path;
	}

	private static String clean(String text) {
		if (isClean(text)) {
			return text;
		}
		StringBuilder cleaned = new StringBuilder(text.length());
		int start = 0;
		int end = text.length();
		while (start < end && text.charAt(start) <= ' ') {
			start++;
		}
		while (end > start && text.charAt(end - 1) <= ' ') {
			end--;
		}
		text.substring(start, end)
			.codePoints()
			.filter((c) -> c != '\t' && c != '\n' && c != '\r')
			.map((c) -> (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xFFFD : c)
			.forEach(cleaned::appendCodePoint);
		return cleaned.toString();
	}

	/** Whether there is nothing in it to take out or to replace. */
	private static boolean isClean(String text) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c <= ' ' || Character.isSurrogate(c)) {
				return false;
			}
		}
		return true;
	}

	private static int schemeEnd(String input) {
		for (int i = 0; i < input.length(); i++) {
			char c = input.charAt(i);
			boolean alpha = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
			if (c == ':' && i > 0) {
				return i;
			}
			if (!alpha && (i == 0 || !((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'))) {
				return -1;
			}
		}
		return -1;
	}

	private static boolean startsWithTwoSlashes(String text) {
		return text.length() > 1 && isSlash(text.charAt(0)) && isSlash(text.charAt(1));
	}

	private static boolean isSlash(char c) {
		return c == '/' || c == '\\';
	}

	private static int indexOfOrEnd(String text, char c, int from, int end) {
		int index = text.indexOf(c, from);
		return (index >= 0 && index < end) ? index : end;
	}

}
