package io.github.springxhr.cookie;

import java.time.Instant;

import io.github.springxhr.http.HttpRules;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A cookie as it is kept. A shared {@link CookieStore} may write its components somewhere
 * and make it anew from them. Immutable.
 *
 * @param name the name; may be empty; a byte of it is one char from U+0000 to U+00FF
 * @param value the value, likewise; a secret
 * @param domain the host that set it, or the domain it is for: as in a serialized URL,
 * without a leading dot
 * @param hostOnly whether it goes to {@code domain} only, not to the hosts below it
 * @param path the path it is for; begins with a slash
 * @param secure whether it goes over secure connections only
 * @param httpOnly whether browsers hide it from scripts; has no effect here
 * @param sameSite whether it goes along with requests of other sites
 * @param creationTime when it was first set; setting it anew does not change it
 * @param lastAccessTime when it was last set or sent
 * @param expiryTime when it ends, or {@code null} if it lives as long as the store
 * @since 0.1.0
 * @see <a href=
 * "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis-22#name-storage-model">RFC
 * 6265bis, storage model</a>
 */
public record Cookie(String name, String value, String domain, boolean hostOnly, String path, boolean secure,
		boolean httpOnly, SameSite sameSite, Instant creationTime, Instant lastAccessTime,
		@Nullable Instant expiryTime) {

	/**
	 * Create a cookie.
	 * @throws IllegalArgumentException if name, value, domain or path could not have come
	 * from a server; the message does not tell the value
	 */
	public Cookie {
		Assert.isTrue(isSendable(name) && name.indexOf('=') < 0, "The name of the cookie has a character that ends it");
		Assert.isTrue(isSendable(value), "The value of the cookie has a character that ends it");
		Assert.hasText(domain, "A cookie has a domain");
		Assert.isTrue(path.startsWith("/"), "The path of a cookie begins with a slash");
		Assert.notNull(sameSite, "A cookie without SameSite is UNSET");
		Assert.notNull(creationTime, "A cookie has a creation time");
		Assert.notNull(lastAccessTime, "A cookie has a last access time");
	}

	/**
	 * Return what makes it the same cookie: a store has one of each.
	 * @return the identity
	 */
	public Identity identity() {
		return new Identity(this.name, this.domain, this.hostOnly, this.path);
	}

	/**
	 * Return whether it has ended.
	 * @param now the time
	 * @return {@code true} if its expiry time has come
	 */
	public boolean isExpired(Instant now) {
		return this.expiryTime != null && !this.expiryTime.isAfter(now);
	}

	/**
	 * Return the cookie with another time of its last access.
	 * @param time the time
	 * @return the cookie
	 */
	public Cookie withLastAccessTime(Instant time) {
		return new Cookie(this.name, this.value, this.domain, this.hostOnly, this.path, this.secure, this.httpOnly,
				this.sameSite, this.creationTime, time, this.expiryTime);
	}

	Cookie withCreationTime(Instant time) {
		return new Cookie(this.name, this.value, this.domain, this.hostOnly, this.path, this.secure, this.httpOnly,
				this.sameSite, time, this.lastAccessTime, this.expiryTime);
	}

	/**
	 * Return name, domain and path; not the value.
	 */
	@Override
	public String toString() {
		return "Cookie[" + SetCookie.printable(this.name) + "; " + this.domain + this.path + "]";
	}

	private static boolean isSendable(String text) {
		return HttpRules.isHeaderValue(text) && !HttpRules.hasControl(text) && text.indexOf(';') < 0;
	}

	/**
	 * What makes a cookie the same cookie.
	 *
	 * @param name its name
	 * @param domain its domain
	 * @param hostOnly whether it is for its host only
	 * @param path its path
	 * @since 0.1.0
	 */
	public record Identity(String name, String domain, boolean hostOnly, String path) {

	}

	/**
	 * Whether a cookie goes along with requests of other sites. There is no navigation
	 * here, so only {@link #NONE} does, and the others do not differ.
	 *
	 * @since 0.1.0
	 * @see <a href=
	 * "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis-22#name-the-samesite-attribute-2">RFC
	 * 6265bis, the SameSite attribute</a>
	 */
	public enum SameSite {

		/** With requests of its own site only. */
		STRICT,

		/** As {@link #STRICT}; in a browser, navigations are excepted. */
		LAX,

		/** With all requests. */
		NONE,

		/** Not said, or a value that is not known; treated as {@link #LAX}. */
		UNSET

	}

}
