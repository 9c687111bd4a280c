package io.github.springxhr.autoconfigure;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springxhr.http.Url;

/**
 * The logical address of a service that is load-balanced.
 *
 * @param serviceId the name of the service, as the base URL spells it
 * @param scheme {@code http} or {@code https}
 * @param host the name as a host in URLs
 */
record ServiceAddress(String serviceId, String scheme, String host) {

	/** As Spring Cloud Gateway has it. */
	private static final Pattern SERVICE_SCHEME = Pattern.compile("(?i)lb(?=://)");

	private static final Pattern SERVICE_URL = Pattern
		.compile("(?i:lb|https?)://([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?:[/?#].*)?");

	static boolean hasServiceScheme(String baseUrl) {
		return SERVICE_SCHEME.matcher(baseUrl).lookingAt();
	}

	/**
	 * Return the URL that a base URL stands for: {@code lb://orders/} for
	 * {@code http://orders/}, others for themselves.
	 */
	static String logicalUrl(String baseUrl) {
		Matcher scheme = SERVICE_SCHEME.matcher(baseUrl);
		return scheme.lookingAt() ? "http" + baseUrl.substring(scheme.end()) : baseUrl;
	}

	/**
	 * Read the address off a base URL.
	 * @throws IllegalArgumentException if its host is no name of a service, or it has a
	 * port
	 */
	static ServiceAddress of(String baseUrl) {
		Matcher matcher = SERVICE_URL.matcher(baseUrl);
		Url logical = Url.parse(logicalUrl(baseUrl), null);
		if (logical == null || !matcher.matches()) {
			throw new IllegalArgumentException(
					"base-url must have the name of a service in the place of host and port if it is load-balanced");
		}
		URI uri = logical.toUri();
		return new ServiceAddress(matcher.group(1), uri.getScheme(), uri.getHost());
	}

	/**
	 * Whether a URL is one of the service.
	 */
	boolean isOriginOf(URI url) {
		return this.scheme.equals(url.getScheme()) && this.host.equals(url.getHost()) && url.getPort() == -1;
	}

}
