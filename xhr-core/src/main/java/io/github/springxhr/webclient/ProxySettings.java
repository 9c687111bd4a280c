package io.github.springxhr.webclient;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The proxy that a client's connections go through. The proxy resolves the names of the
 * hosts behind it.
 * <p>
 * An HTTP proxy is asked for a tunnel ({@code CONNECT}) for http as well as https, so it
 * sees neither the requests nor their headers. <b>Deviation:</b> for http, RFC 9112 has a
 * client send the request itself to the proxy; a proxy that allows tunnels to port 443
 * only refuses others.
 *
 * <pre class="code">
 * builder.proxy(ProxySettings.http("proxy.internal", 3128)
 *     .withCredentials("user", "secret")
 *     .withNonProxyHosts(List.of("*.internal", "localhost")));
 * </pre>
 *
 * @param type what the proxy speaks
 * @param host its name or address, resolved for each new connection
 * @param port its port, 1 to 65535
 * @param username the user name, or {@code null} for none
 * @param password the password, or {@code null} for none; SOCKS 4 has none, the others
 * need both or neither. Both are sent to the proxy only
 * @param nonProxyHosts the hosts that are connected to directly: names and addresses as
 * they are in the URL, in any case, with an asterisk at the beginning or the end for any
 * text, as in {@code *.internal} or {@code 10.*}. None unless set, not even
 * {@code localhost}
 * @since 0.1.0
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-connect">RFC 9110,
 * CONNECT</a>
 */
public record ProxySettings(Type type, String host, int port, @Nullable String username, @Nullable String password,
		List<String> nonProxyHosts) {

	private static final int MAX_PORT = 65_535;

	/** What fits into the one byte that SOCKS has for a length. */
	private static final int MAX_SOCKS_TEXT = 255;

	/**
	 * Create settings.
	 * @throws IllegalArgumentException if one of them is malformed or out of range. The
	 * message has no user name and no password
	 */
	public ProxySettings {
		Assert.notNull(type, "proxy.type must not be null");
		Assert.hasText(host, "proxy.host must not be empty");
		Assert.isTrue(port > 0 && port <= MAX_PORT, "proxy.port must be 1 to " + MAX_PORT);
		checkCredentials(type, username, password);
		nonProxyHosts = nonProxyHosts.stream().map(ProxySettings::normalize).toList();
		nonProxyHosts.forEach(ProxySettings::checkPattern);
	}

	private static void checkCredentials(Type type, @Nullable String username, @Nullable String password) {
		if (type == Type.SOCKS4) {
			Assert.isTrue(password == null, "proxy.password must not be set, as SOCKS 4 has none");
		}
		else {
			Assert.isTrue((username == null) == (password == null),
					"proxy.username and proxy.password must be set together");
		}
		checkText(type, username, "proxy.username");
		checkText(type, password, "proxy.password");
		Assert.isTrue(type != Type.HTTP || username == null || username.indexOf(':') < 0,
				"proxy.username must not contain a colon");
	}

	private static void checkText(Type type, @Nullable String text, String what) {
		if (text == null) {
			return;
		}
		Assert.isTrue(text.chars().noneMatch(Character::isISOControl),
				() -> what + " must not contain a control character");
		if (type != Type.HTTP) {
			Assert.isTrue(!text.isEmpty() && text.length() <= MAX_SOCKS_TEXT && text.chars().allMatch((c) -> c < 0x7F),
					() -> what + " must be 1 to " + MAX_SOCKS_TEXT + " ASCII characters for SOCKS");
		}
	}

	private static void checkPattern(String pattern) {
		Assert.isTrue(!pattern.isEmpty(), "proxy.non-proxy-hosts must not have an empty element");
		Assert.isTrue(pattern.chars().noneMatch((c) -> c == '|' || c == ',' || c == '/' || Character.isWhitespace(c)),
				"proxy.non-proxy-hosts must be a list of host names, each an element of its own");
		String inner = pattern.substring(1, Math.max(1, pattern.length() - 1));
		Assert.isTrue(inner.indexOf('*') < 0,
				"proxy.non-proxy-hosts may have an asterisk at the beginning or the end of an element only");
	}

	/**
	 * Return the settings of an HTTP proxy without credentials.
	 * @param host its name or address
	 * @param port its port, 1 to 65535
	 * @return the settings
	 * @throws IllegalArgumentException if the host is empty or the port out of range
	 */
	public static ProxySettings http(String host, int port) {
		return new ProxySettings(Type.HTTP, host, port, null, null, List.of());
	}

	/**
	 * Return the settings of a SOCKS 4 proxy (4a, which resolves names) without user.
	 * @param host its name or address
	 * @param port its port, 1 to 65535
	 * @return the settings
	 * @throws IllegalArgumentException if the host is empty or the port out of range
	 */
	public static ProxySettings socks4(String host, int port) {
		return new ProxySettings(Type.SOCKS4, host, port, null, null, List.of());
	}

	/**
	 * Return the settings of a SOCKS 5 proxy without credentials.
	 * @param host its name or address
	 * @param port its port, 1 to 65535
	 * @return the settings
	 * @throws IllegalArgumentException if the host is empty or the port out of range
	 */
	public static ProxySettings socks5(String host, int port) {
		return new ProxySettings(Type.SOCKS5, host, port, null, null, List.of());
	}

	/**
	 * Return these settings with credentials, which are sent to the proxy only.
	 * @param username the user name; for HTTP without a colon, for SOCKS 1 to 255 ASCII
	 * characters
	 * @param password the password, {@code null} for SOCKS 4; for SOCKS 5 1 to 255 ASCII
	 * characters
	 * @return new settings
	 * @throws IllegalArgumentException if one of them is malformed
	 */
	public ProxySettings withCredentials(String username, @Nullable String password) {
		return new ProxySettings(this.type, this.host, this.port, username, password, this.nonProxyHosts);
	}

	/**
	 * Return these settings with other hosts that are connected to directly.
	 * @param nonProxyHosts names and addresses, with an asterisk at the beginning or the
	 * end for any text
	 * @return new settings
	 * @throws IllegalArgumentException if one of them is malformed
	 */
	public ProxySettings withNonProxyHosts(List<String> nonProxyHosts) {
		return new ProxySettings(this.type, this.host, this.port, this.username, this.password, nonProxyHosts);
	}

	/** Return whether connections to a host go through the proxy. */
	boolean isFor(String targetHost) {
		String target = normalize(targetHost);
		return this.nonProxyHosts.stream().noneMatch((pattern) -> matches(pattern, target));
	}

	private static boolean matches(String pattern, String host) {
		boolean anyStart = pattern.startsWith("*");
		boolean anyEnd = pattern.endsWith("*");
		String text = pattern.replace("*", "");
		if (anyStart && anyEnd) {
			return host.contains(text);
		}
		if (anyStart) {
			return host.endsWith(text);
		}
		return anyEnd ? host.startsWith(text) : host.equals(text);
	}

	private static String normalize(String host) {
		String lower = host.toLowerCase(Locale.ROOT);
		String open = (lower.startsWith("[") && lower.endsWith("]")) ? lower.substring(1, lower.length() - 1) : lower;
		return open.endsWith(".") ? open.substring(0, open.length() - 1) : open;
	}

	/**
	 * Return the settings without user name and password.
	 */
	@Override
	public String toString() {
		return "ProxySettings[type=" + this.type + ", host=" + this.host + ", port=" + this.port + ", credentials="
				+ ((this.username != null) ? "set" : "none") + ", nonProxyHosts=" + this.nonProxyHosts + "]";
	}

	/**
	 * What a proxy speaks.
	 */
	public enum Type {

		/** HTTP, that is, {@code CONNECT}. */
		HTTP,

		/** SOCKS 4a. */
		SOCKS4,

		/** SOCKS 5, RFC 1928. */
		SOCKS5

	}

}
