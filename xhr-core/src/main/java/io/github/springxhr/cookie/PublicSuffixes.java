package io.github.springxhr.cookie;

import java.util.concurrent.atomic.AtomicBoolean;

import io.github.springxhr.http.Internal;
import io.github.springxhr.http.Origin;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * Tells which domains are open to the public, such as {@code co.uk} and
 * {@code github.io}, so that no cookie is for all who are below them. The list is that of
 * Apache HttpClient 5, with its private section as in browsers. It is read when it is
 * first needed.
 * <p>
 * Without HttpClient 5 nothing is known: each host is a site of its own, and cookies go
 * to the host that set them only. The first one that asked for more is told of in the
 * log.
 * <p>
 * <strong>Concurrency.</strong> Safe for use from many threads.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis-22#name-same-site-and-cross-site-re">RFC
 * 6265bis, same-site requests</a>
 */
@Internal
public final class PublicSuffixes {

	private static final Log logger = LogFactory.getLog(PublicSuffixes.class);

	private static final boolean LIST_PRESENT = ClassUtils
		.isPresent("org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader", PublicSuffixes.class.getClassLoader());

	private final boolean known;

	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * Create an instance that knows the list if HttpClient 5 is on the class path.
	 */
	public PublicSuffixes() {
		this(LIST_PRESENT);
	}

	PublicSuffixes(boolean known) {
		this.known = known;
	}

	/**
	 * Return whether there is a list.
	 * @return {@code false} without HttpClient 5
	 */
	public boolean isKnown() {
		return this.known;
	}

	/**
	 * Read the list, unless it has been or there is none.
	 */
	public void load() {
		if (this.known) {
			PublicSuffixList.load();
		}
	}

	/**
	 * Return whether anyone may own a domain below the host.
	 * @param host a host as in a serialized URL
	 * @return {@code true} if it is a public suffix, or could be one as there is no list;
	 * {@code false} for an IP address
	 */
	public boolean isPublicSuffix(String host) {
		return !CookieMatching.isAddress(host) && registrableDomain(host) == null;
	}

	/**
	 * Return the domain that is registered for the host: a public suffix and one label.
	 * @param host a host as in a serialized URL
	 * @return the domain, or {@code null} for an IP address, a public suffix, a single
	 * label, or if there is no list
	 */
	public @Nullable String registrableDomain(String host) {
		if (!this.known || CookieMatching.isAddress(host)) {
			return null;
		}
		String dot = host.endsWith(".") ? "." : "";
		String domain = PublicSuffixList.registrableDomain(host.substring(0, host.length() - dot.length()));
		return (domain != null) ? domain + dot : null;
	}

	/**
	 * Return whether two origins are of one site: their schemes are the same, and so are
	 * their hosts or registrable domains.
	 * @param a an origin
	 * @param b another one
	 * @return {@code true} if they are
	 * @see <a href= "https://html.spec.whatwg.org/multipage/browsers.html#same-site">HTML
	 * Standard, same site</a>
	 */
	public boolean isSameSite(Origin a, Origin b) {
		return a.scheme().equals(b.scheme()) && siteOf(a.host()).equals(siteOf(b.host()));
	}

	/** Return what the cookies of a host are kept under. */
	String siteOf(String host) {
		String domain = registrableDomain(host);
		return (domain != null) ? domain : host;
	}

	/** Tell once that cookies are kept for their host only. */
	void warnOfMissingList() {
		if (this.warned.compareAndSet(false, true)) {
			logger.warn("Cookies with a Domain are sent to the host that set them only, as there is no list of public"
					+ " suffixes. To have it, add org.apache.httpcomponents.client5:httpclient5 to the class path");
		}
	}

}
