package io.github.springxhr.fetch;

import io.github.springxhr.http.CorsFailure;
import io.github.springxhr.http.CorsFailure.Step;
import io.github.springxhr.http.HeaderList;
import org.jspecify.annotations.Nullable;

/**
 * Whether a response may be shared with the origin that asked for it.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#concept-cors-check">Fetch Standard, CORS
 * check</a>
 */
final class CorsCheck {

	private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

	private static final String ALLOW_CREDENTIALS = "Access-Control-Allow-Credentials";

	private CorsCheck() {
	}

	/**
	 * Check a response.
	 * @return what is wrong with it, or {@code null} if nothing is
	 */
	static @Nullable CorsFailure check(FetchRequest request, int status, HeaderList responseHeaders,
			boolean preflight) {
		String origin = responseHeaders.get(ALLOW_ORIGIN);
		boolean credentialed = request.isCredentialed();
		if (!credentialed && "*".equals(origin)) {
			return null;
		}
		String expected = request.serializedOrigin();
		if (!expected.equals(origin)) {
			return new CorsFailure(Step.ALLOW_ORIGIN, preflight, status, ALLOW_ORIGIN, "'" + expected + "'"
					+ (credentialed ? " (no wildcard, as the request has credentials)" : " or '*'"), origin);
		}
		String credentials = responseHeaders.get(ALLOW_CREDENTIALS);
		if (credentialed && !"true".equals(credentials)) {
			return new CorsFailure(Step.ALLOW_CREDENTIALS, preflight, status, ALLOW_CREDENTIALS, "'true'", credentials);
		}
		return null;
	}

}
