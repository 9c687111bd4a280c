package io.github.springxhr.fetch;

import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.Url;

/**
 * Puts together what a hop sends: the author's headers, and those of the configuration
 * where they may go.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-network-or-cache-fetch">Fetch
 * Standard, HTTP-network-or-cache fetch</a>
 */
final class RequestHeaders {

	private static final String USER_AGENT = "XHR-for-Spring";

	private RequestHeaders() {
	}

	static HeaderList forHop(HeaderList author, Url url, boolean ownOrigin, boolean withoutCredentials,
			FetchSettings settings) {
		HeaderList headers = author.copy();
		if (ownOrigin) {
			settings.headers().forEach((name, value) -> {
				if (!author.contains(name)) {
					headers.add(name, value);
				}
			});
		}
		String authorization = settings.authorization();
		if (authorization != null && !withoutCredentials && settings.authorizationOrigins().contains(url.origin())
				&& !author.contains("Authorization")) {
			headers.set("Authorization", authorization);
		}
		if (!headers.contains("Accept")) {
			headers.add("Accept", "*/*");
		}
		if (!headers.contains("User-Agent")) {
			headers.add("User-Agent", USER_AGENT);
		}
		return headers;
	}

}
