package io.github.springxhr.http;

/**
 * The scheme, host and port that decide who may share what with whom.
 *
 * @param scheme {@code http} or {@code https}
 * @param host the host as it is serialized in a URL
 * @param port the port, 0 to 65535; never -1
 * @since 0.1.0
 * @see <a href="https://html.spec.whatwg.org/multipage/browsers.html#concept-origin">HTML
 * Standard, origin</a>
 */
@Internal
public record Origin(String scheme, String host, int port) {

	@Override
	public String toString() {
		boolean defaultPort = this.port == Url.defaultPort(this.scheme);
		return this.scheme + "://" + this.host + (defaultPort ? "" : ":" + this.port);
	}

}
