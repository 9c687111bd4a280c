package io.github.springxhr.cookie;

import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;
import org.jspecify.annotations.Nullable;

/**
 * The list in Apache HttpClient 5. The only class that knows it: loaded when there is
 * one.
 */
final class PublicSuffixList {

	private PublicSuffixList() {
	}

	static void load() {
		PublicSuffixMatcherLoader.getDefault();
	}

	/**
	 * Return the public suffix and one label, by all rules of the list, ICANN's and
	 * private ones; what no rule names has its last label as the suffix.
	 * @return the domain, or {@code null} if the host is a public suffix itself
	 */
	static @Nullable String registrableDomain(String host) {
		return PublicSuffixMatcherLoader.getDefault().getDomainRoot(host, null);
	}

}
