package io.github.springxhr.http;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The scheme, host and port that decide who may share what with whom, or
 * {@linkplain #OPAQUE the opaque origin}, which shares with nobody.
 *
 * @param scheme {@code http} or {@code https}; empty if the origin is opaque
 * @param host the host as it is serialized in a URL; empty if the origin is opaque
 * @param port the port, 0 to 65535; never -1; 0 if the origin is opaque
 * @since 0.1.0
 * @see <a href="https://html.spec.whatwg.org/multipage/browsers.html#concept-origin">HTML
 * Standard, origin</a>
 */
@Internal
public record Origin(String scheme, String host, int port) {

	/**
	 * The opaque origin, equal to itself only.
	 * @see <a href=
	 * "https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-opaque">Opaque
	 * origin</a>
	 */
	public static final Origin OPAQUE = new Origin("", "", 0);

	private static final Pattern SERIALIZED = Pattern.compile("https?://[^/\\\\?#@\\s\\p{Cntrl}]+",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern LOOPBACK = Pattern.compile("(.+\\.)?localhost\\.?|127(\\.[0-9]{1,3}){3}|\\[::1]");

	/**
	 * Parse a serialized origin.
	 * @param text {@code null} for the opaque origin, else scheme, host and perhaps a
	 * port; nothing follows them, no slash either
	 * @return the origin, or {@code null} if the text is none
	 * @see <a href=
	 * "https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin">Serialization
	 * of an origin</a>
	 */
	public static @Nullable Origin parse(String text) {
		if (text.equals("null")) {
			return OPAQUE;
		}
		Url url = SERIALIZED.matcher(text).matches() ? Url.parse(text, null) : null;
		return (url != null) ? url.origin() : null;
	}

	/**
	 * Return whether what comes from the origin cannot have been changed on its way.
	 * @param origin the origin
	 * @return {@code true} for https and for the local host
	 * @see <a href=
	 * "https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy">Secure
	 * Contexts, potentially trustworthy origin</a>
	 */
	public static boolean isPotentiallyTrustworthy(Origin origin) {
		return origin.scheme.equals("https") || LOOPBACK.matcher(origin.host).matches();
	}

	/**
	 * Return whether this is the opaque origin.
	 * @return {@code true} if it is
	 */
	public boolean isOpaque() {
		return this.scheme.isEmpty();
	}

	/**
	 * Serialize the origin.
	 * @see <a href=
	 * "https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin">Serialization
	 * of an origin</a>
	 */
	@Override
	public String toString() {
		if (isOpaque()) {
			return "null";
		}
		boolean defaultPort = this.port == Url.defaultPort(this.scheme);
		return this.scheme + "://" + this.host + (defaultPort ? "" : ":" + this.port);
	}

}
