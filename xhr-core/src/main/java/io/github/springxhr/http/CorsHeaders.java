package io.github.springxhr.http;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the headers with which a response takes part in the CORS protocol.
 *
 * @since 0.1.0
 * @see <a href="https://fetch.spec.whatwg.org/#http-new-header-syntax">Fetch Standard,
 * HTTP new-header syntax</a>
 */
@Internal
public final class CorsHeaders {

	private static final long DEFAULT_MAX_AGE = 5;

	/** What a cache takes a number for that is too large for it. */
	private static final long GREATEST_AGE = 1L << 31;

	private static final int GREATEST_AGE_DIGITS = 10;

	private CorsHeaders() {
	}

	/**
	 * Read a list of methods or header names: tokens between commas, several header lines
	 * taken together. Elements of the list may be empty and are left out.
	 * @param headers the response's headers
	 * @param name {@code Access-Control-Allow-Methods}, {@code -Allow-Headers} or
	 * {@code -Expose-Headers}
	 * @return the tokens as they are written
	 * @see <a href="https://fetch.spec.whatwg.org/#extract-header-list-values">Extract
	 * header list values</a>
	 */
	public static Extraction tokens(HeaderList headers, String name) {
		if (!headers.contains(name)) {
			return Extraction.ABSENT;
		}
		List<String> tokens = new ArrayList<>();
		for (String value : headers.getAll(name)) {
			for (String element : value.split(",", -1)) {
				String token = HttpRules.normalizeHeaderValue(element);
				if (HttpRules.isHeaderName(token)) {
					tokens.add(token);
				}
				else if (!token.isEmpty()) {
					return Extraction.MALFORMED;
				}
			}
		}
		return Extraction.of(tokens);
	}

	/**
	 * Read for how long the answer to a preflight may be kept.
	 * @param headers the response's headers
	 * @return seconds, 0 to 2147483648, which also stands for more; 5 if
	 * {@code Access-Control-Max-Age} is absent, malformed or there more than once
	 * @see <a href=
	 * "https://fetch.spec.whatwg.org/#http-access-control-max-age">Access-Control-Max-Age</a>
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc9111#section-1.2.2">RFC 9111, Delta
	 * Seconds</a>
	 */
	public static long maxAge(HeaderList headers) {
		List<String> values = headers.getAll("Access-Control-Max-Age");
		if (values.size() != 1 || !isDigits(values.get(0))) {
			return DEFAULT_MAX_AGE;
		}
		String digits = values.get(0).replaceFirst("^0+(?=.)", "");
		return (digits.length() > GREATEST_AGE_DIGITS) ? GREATEST_AGE : Math.min(Long.parseLong(digits), GREATEST_AGE);
	}

	private static boolean isDigits(String text) {
		return !text.isEmpty() && text.chars().allMatch((c) -> c >= '0' && c <= '9');
	}

}
