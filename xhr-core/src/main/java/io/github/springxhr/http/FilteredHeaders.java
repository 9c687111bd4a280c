package io.github.springxhr.http;

import java.util.Collection;
import java.util.function.Predicate;

/**
 * The headers of a response that its reader sees.
 *
 * @since 0.1.0
 * @see <a href="https://fetch.spec.whatwg.org/#concept-filtered-response">Fetch Standard,
 * filtered response</a>
 */
@Internal
public final class FilteredHeaders {

	private FilteredHeaders() {
	}

	/**
	 * Return what is seen of a response of the same origin: all but cookies.
	 * @param headers the response's headers
	 * @return a new list, in the same order and case
	 * @see <a href=
	 * "https://fetch.spec.whatwg.org/#concept-filtered-response-basic">Basic filtered
	 * response</a>
	 */
	public static HeaderList basicFiltered(HeaderList headers) {
		return filter(headers, (name) -> !HttpRules.isForbiddenResponseHeaderName(name));
	}

	/**
	 * Return what is seen of a response of another origin: what is safelisted or exposed.
	 * @param headers the response's headers
	 * @param exposedNames the names that the response exposes
	 * @return a new list, in the same order and case
	 * @see <a href="https://fetch.spec.whatwg.org/#concept-filtered-response-cors">CORS
	 * filtered response</a>
	 */
	public static HeaderList corsFiltered(HeaderList headers, Collection<String> exposedNames) {
		return filter(headers, (name) -> CorsSafelist.isSafelistedResponseHeaderName(name, exposedNames));
	}

	private static HeaderList filter(HeaderList headers, Predicate<String> shown) {
		HeaderList filtered = new HeaderList();
		headers.forEach((name, value) -> {
			if (shown.test(name)) {
				filtered.add(name, value);
			}
		});
		return filtered;
	}

}
