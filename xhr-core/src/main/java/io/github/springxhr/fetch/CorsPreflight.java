package io.github.springxhr.fetch;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.springxhr.fetch.ConnectionInfo.Setup;
import io.github.springxhr.http.CorsFailure;
import io.github.springxhr.http.CorsFailure.Step;
import io.github.springxhr.http.CorsHeaders;
import io.github.springxhr.http.CorsSafelist;
import io.github.springxhr.http.Extraction;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.HttpRules;
import org.jspecify.annotations.Nullable;

/**
 * Asks a server whether it understands CORS and lets the request in.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#cors-preflight-fetch-0">Fetch Standard,
 * CORS-preflight fetch</a>
 */
final class CorsPreflight implements Hop.Owner {

	private static final String ALLOW_METHODS = "Access-Control-Allow-Methods";

	private static final String ALLOW_HEADERS = "Access-Control-Allow-Headers";

	private static final String WILDCARD = "*";

	private final FetchRequest request;

	private final List<String> unsafeNames;

	private final PreflightCache cache;

	private final Consumer<@Nullable FetchFailure> answered;

	private final Runnable retried;

	private boolean hasAnswer;

	/**
	 * Create a preflight.
	 * @param answered is told why the request is not let in, or {@code null} if it is
	 * @param retried is told when the question is asked once more
	 */
	CorsPreflight(FetchRequest request, List<String> unsafeNames, PreflightCache cache,
			Consumer<@Nullable FetchFailure> answered, Runnable retried) {
		this.request = request;
		this.unsafeNames = unsafeNames;
		this.cache = cache;
		this.answered = answered;
		this.retried = retried;
	}

	@Override
	public Hop.Body responseHead(int status, String statusMessage, HeaderList headers) {
		CorsFailure refused = check(status, headers);
		this.hasAnswer = true;
		this.answered.accept((refused != null) ? FetchFailure.of(refused) : null);
		return (refused == null) ? Hop.Body.DRAIN : Hop.Body.REFUSE;
	}

	private @Nullable CorsFailure check(int status, HeaderList headers) {
		CorsFailure notShared = HttpRules.isRedirectStatus(status) ? null
				: CorsCheck.check(this.request, status, headers, true);
		if (notShared != null) {
			return notShared;
		}
		if (status < 200 || status > 299) {
			return new CorsFailure(Step.STATUS, true, status, null, "200 to 299", String.valueOf(status));
		}
		return checkAllowed(status, headers);
	}

	private @Nullable CorsFailure checkAllowed(int status, HeaderList headers) {
		Extraction methods = CorsHeaders.tokens(headers, ALLOW_METHODS);
		Extraction headerNames = CorsHeaders.tokens(headers, ALLOW_HEADERS);
		List<String> allowedMethods = (methods.isAbsent() && this.request.usesCorsPreflight())
				? List.of(this.request.method()) : methods.values();
		if (methods.isMalformed() || !allowsMethod(allowedMethods)) {
			return new CorsFailure(Step.ALLOW_METHODS, true, status, ALLOW_METHODS,
					"a list with '" + this.request.method() + "'", headers.get(ALLOW_METHODS));
		}
		for (String name : this.unsafeNames) {
			if (!allowsHeader(headerNames.values(), name)) {
				return new CorsFailure(Step.ALLOW_HEADERS, true, status, ALLOW_HEADERS, "a list with '" + name + "'",
						headers.get(ALLOW_HEADERS));
			}
		}
		if (headerNames.isMalformed()) {
			return new CorsFailure(Step.ALLOW_HEADERS, true, status, ALLOW_HEADERS, "a list of header names",
					headers.get(ALLOW_HEADERS));
		}
		this.cache.add(this.request, allowedMethods, headerNames.values(), CorsHeaders.maxAge(headers));
		return null;
	}

	private boolean allowsMethod(List<String> allowed) {
		return allowed.contains(this.request.method()) || CorsSafelist.isSafelistedMethod(this.request.method())
				|| (!this.request.isCredentialed() && allowed.contains(WILDCARD));
	}

	private boolean allowsHeader(List<String> allowed, String name) {
		boolean named = allowed.stream().anyMatch((item) -> item.toLowerCase(Locale.ROOT).equals(name));
		return named || (!this.request.isCredentialed() && !CorsSafelist.isNonWildcardRequestHeaderName(name)
				&& allowed.contains(WILDCARD));
	}

	@Override
	public void failed(Hop hop, FetchFailure failure, boolean headDelivered) {
		// what fails after the answer is the start of the request itself
		this.answered
			.accept(this.hasAnswer ? failure : failure.withMessage("the CORS preflight failed: " + failure.message()));
	}

	@Override
	public void connecting(Supplier<Setup> soFar) {
		// as with the connection
	}

	@Override
	public void connected(ConnectionInfo connection) {
		// the connection that is reported is the request's own
	}

	@Override
	public void retried() {
		this.retried.run();
	}

	@Override
	public void requestBodyWritten(long written) {
		// there is no body
	}

	@Override
	public void requestBodyEnd() {
		// there is no body
	}

	@Override
	public boolean bodyChunk(Hop hop, BodyChunk chunk) {
		chunk.release();
		return false;
	}

	@Override
	public void bodyEnd(Hop hop) {
		// the body is dropped
	}

}
