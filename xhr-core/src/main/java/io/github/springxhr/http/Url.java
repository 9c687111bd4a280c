package io.github.springxhr.http;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A parsed URL. Only {@code http} and {@code https} URLs have a host here; in a URL of
 * any other scheme it is a part of the path, as it was written.
 *
 * @param scheme the scheme in lower case
 * @param username the percent-encoded user name; empty if there is none
 * @param password the percent-encoded password; empty if there is none
 * @param host the serialized host, or {@code null} if the scheme is not HTTP(S)
 * @param port the port, or -1 for the scheme's default
 * @param path the percent-encoded path, or what follows the scheme if it is not HTTP(S)
 * @param query the percent-encoded query without its question mark, or {@code null}
 * @param fragment the percent-encoded fragment without its hash, or {@code null}
 * @since 0.1.0
 * @see <a href="https://url.spec.whatwg.org/#concept-url">URL Standard, URL</a>
 */
@Internal
public record Url(String scheme, String username, String password, @Nullable String host, int port, String path,
		@Nullable String query, @Nullable String fragment) {

	/**
	 * Parse a URL.
	 * @param input the text; lone surrogates are replaced, spaces around it dropped
	 * @param base what a relative URL is resolved against, or {@code null}
	 * @return the URL, or {@code null} if it cannot be parsed
	 * @see <a href="https://url.spec.whatwg.org/#concept-url-parser">URL parser</a>
	 */
	public static @Nullable Url parse(String input, @Nullable Url base) {
		return UrlParser.parse(input, base);
	}

	/**
	 * Return whether the URL can be fetched over HTTP.
	 * @return {@code true} if the scheme is {@code http} or {@code https}
	 */
	public boolean isHttp() {
		return this.host != null;
	}

	/**
	 * Return whether the URL carries a user name or a password.
	 * @return {@code true} if it does
	 * @see <a href="https://url.spec.whatwg.org/#include-credentials">Includes
	 * credentials</a>
	 */
	public boolean includesCredentials() {
		return !this.username.isEmpty() || !this.password.isEmpty();
	}

	/**
	 * Return the origin.
	 * @return the origin
	 * @throws IllegalStateException if the URL is not HTTP(S)
	 */
	public Origin origin() {
		if (this.host == null) {
			throw new IllegalStateException("A URL of scheme '" + this.scheme + "' has no tuple origin");
		}
		return new Origin(this.scheme, this.host, (this.port >= 0) ? this.port : defaultPort(this.scheme));
	}

	/**
	 * Return whether the URL is of an origin.
	 * @param origin the origin
	 * @return {@code true} if it equals {@link #origin()}
	 */
	public boolean isOf(Origin origin) {
		return origin.host().equals(this.host) && origin.scheme().equals(this.scheme)
				&& origin.port() == ((this.port >= 0) ? this.port : defaultPort(this.scheme));
	}

	/**
	 * Return the URL with other credentials.
	 * @param username the user name, not encoded
	 * @param password the password, not encoded
	 * @return the URL
	 * @see <a href="https://url.spec.whatwg.org/#set-the-username">Set the username</a>
	 */
	public Url withCredentials(@Nullable String username, @Nullable String password) {
		return new Url(this.scheme, (username != null) ? PercentEncoding.userinfo(username) : this.username,
				(password != null) ? PercentEncoding.userinfo(password) : this.password, this.host, this.port,
				this.path, this.query, this.fragment);
	}

	/**
	 * Return the user name as it was before it was percent-encoded.
	 * @return the user name, decoded as UTF-8; empty if there is none
	 * @see <a href=
	 * "https://url.spec.whatwg.org/#string-percent-decode">Percent-decode</a>
	 */
	public String decodedUsername() {
		return new String(PercentEncoding.decode(this.username), StandardCharsets.UTF_8);
	}

	/**
	 * Return the password as it was before it was percent-encoded.
	 * @return the password, decoded as UTF-8; empty if there is none
	 * @see <a href=
	 * "https://url.spec.whatwg.org/#string-percent-decode">Percent-decode</a>
	 */
	public String decodedPassword() {
		return new String(PercentEncoding.decode(this.password), StandardCharsets.UTF_8);
	}

	/**
	 * Return the URL with another fragment.
	 * @param fragment the percent-encoded fragment, or {@code null} for none
	 * @return the URL
	 */
	public Url withFragment(@Nullable String fragment) {
		return new Url(this.scheme, this.username, this.password, this.host, this.port, this.path, this.query,
				fragment);
	}

	/**
	 * Return the path and query that stand in the request line.
	 * @return the request target in origin form
	 */
	public String requestTarget() {
		return (this.query != null) ? this.path + "?" + this.query : this.path;
	}

	/**
	 * Return the URL in the form in which it goes to the HTTP client: without credentials
	 * and fragment. Characters that {@link URI} does not take are percent-encoded in it;
	 * {@link #requestTarget()} has what is to be sent.
	 * @return an absolute URI
	 */
	public URI toUri() {
		String name = Objects.requireNonNull(this.host);
		String encoded = name.startsWith("[") ? name : PercentEncoding.forJavaUri(name);
		String suffix = (this.port >= 0) ? ":" + this.port : "";
		return URI.create(this.scheme + "://" + encoded + suffix + PercentEncoding.forJavaUri(requestTarget()));
	}

	/**
	 * Return the URL without credentials, query and fragment, which may hold secrets.
	 * @return text for messages and logs
	 */
	public String redacted() {
		return (this.host != null) ? siteText() + this.path : this.scheme + ":";
	}

	/**
	 * Serialize the URL.
	 * @param excludeFragment whether to leave out the fragment
	 * @return the text; it includes credentials
	 * @see <a href="https://url.spec.whatwg.org/#concept-url-serializer">URL
	 * serializer</a>
	 */
	public String serialize(boolean excludeFragment) {
		StringBuilder text = new StringBuilder(this.scheme).append(':');
		if (this.host != null) {
			text.append("//");
			if (includesCredentials()) {
				text.append(this.username);
				if (!this.password.isEmpty()) {
					text.append(':').append(this.password);
				}
				text.append('@');
			}
			text.append(authority());
		}
		text.append(requestTarget());
		if (!excludeFragment && this.fragment != null) {
			text.append('#').append(this.fragment);
		}
		return text.toString();
	}

	/**
	 * Return the redacted URL, as the full one may hold secrets.
	 */
	@Override
	public String toString() {
		return redacted();
	}

	static int defaultPort(String scheme) {
		return "https".equals(scheme) ? 443 : 80;
	}

	private String siteText() {
		return this.scheme + "://" + authority();
	}

	private String authority() {
		return (this.port >= 0) ? this.host + ":" + this.port : String.valueOf(this.host);
	}

}
