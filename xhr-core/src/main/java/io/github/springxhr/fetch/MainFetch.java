package io.github.springxhr.fetch;

import java.util.List;
import java.util.function.Supplier;

import io.github.springxhr.coding.ContentCodingException;
import io.github.springxhr.cookie.CookieJar;
import io.github.springxhr.fetch.ConnectionInfo.Setup;
import io.github.springxhr.http.BasicChallenge;
import io.github.springxhr.http.BasicCredentials;
import io.github.springxhr.http.CorsFailure;
import io.github.springxhr.http.CorsHeaders;
import io.github.springxhr.http.CorsSafelist;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.FetchFailure.Phase;
import io.github.springxhr.http.FilteredHeaders;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.HttpRules;
import io.github.springxhr.http.Request;
import io.github.springxhr.http.Response;
import io.github.springxhr.http.Url;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One fetch: its hops, from the first request to the last response.
 *
 * <h2>Concurrency</h2> The fields are touched by one thread at a time: the caller's until
 * the first hop has started, then the I/O thread of the hop that is current, from which
 * the next one starts. {@link #terminate()} and {@link #pull()} come from any thread and
 * touch {@link Hops} and the volatile {@code responseBody} only.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#main-fetch">Fetch Standard, main fetch</a>
 */
final class MainFetch implements FetchController, Hop.Owner {

	private static final Log logger = LogFactory.getLog(MainFetch.class);

	private final FetchSettings settings;

	private final FetchHandler handler;

	private final FetchRequest request;

	private final Hops hops;

	private final long maxResponseSize;

	private boolean corsPreflight;

	/** Whether a preflight has been sent that has no answer yet. */
	private boolean preflightOpen;

	private boolean isAuthenticationFetch;

	private @Nullable String sentAuthorization;

	private @Nullable AuthorizationProvider sentProvider;

	private long requestBodyReported;

	private volatile @Nullable ResponseBody responseBody;

	private volatile boolean terminated;

	MainFetch(NetworkTransport transport, FetchSettings settings, Request request, FetchHandler handler) {
		this.settings = settings;
		this.handler = handler;
		this.request = new FetchRequest(request, settings);
		this.hops = new Hops(transport);
		this.maxResponseSize = (request.maxResponseSize() > 0) ? request.maxResponseSize()
				: settings.rules().maxResponseSize();
	}

	@Override
	public void terminate() {
		this.terminated = true;
		this.hops.terminate();
		ResponseBody body = this.responseBody;
		if (body != null) {
			body.close();
		}
	}

	@Override
	public void pull() {
		ResponseBody body = this.responseBody;
		if (body != null) {
			body.pull();
		}
	}

	@Override
	public void afterReading(Runnable task) {
		this.hops.afterReading(task);
	}

	/**
	 * Main fetch of the current URL.
	 * @see <a href="https://fetch.spec.whatwg.org/#concept-main-fetch">Main fetch</a>
	 */
	void mainFetch() {
		Url url = this.request.currentUrl();
		FetchFailure blocked = BlockedUrls.check(url, this.settings);
		if (blocked != null) {
			networkError(blocked);
		}
		else if (url.isHttp()) {
			this.request.taint();
			this.corsPreflight = this.request.needsCorsPreflight();
			httpFetch();
		}
		else {
			SchemeFetch.fetch(this.request, this.maxResponseSize, this.handler);
		}
	}

	/**
	 * HTTP fetch: asks for permission where it is needed and not known, then makes the
	 * request.
	 * @see <a href="https://fetch.spec.whatwg.org/#concept-http-fetch">HTTP fetch</a>
	 */
	private void httpFetch() {
		if (!this.corsPreflight) {
			httpNetworkFetch();
			return;
		}
		List<String> unsafeNames = CorsSafelist.unsafeRequestHeaderNames(this.request.headers());
		if (this.settings.preflights().allows(this.request, unsafeNames)) {
			this.handler.processPreflight(true, null);
			httpNetworkFetch();
			return;
		}
		HeaderList headers = new RequestHeaders(this.request, this.settings).ofPreflight(unsafeNames);
		this.preflightOpen = true;
		NetworkRequest question = new NetworkRequest("OPTIONS", this.request.currentUrl(), headers, null, false,
				this.handler.context());
		this.hops.start(question, new CorsPreflight(this.request, unsafeNames, this.settings.preflights(),
				this::preflightAnswered, this::retried), this.handler.processHop(true, question));
	}

	private void preflightAnswered(@Nullable FetchFailure failure) {
		if (this.preflightOpen) {
			this.preflightOpen = false;
			this.handler.processPreflight(false, failure);
		}
		if (failure == null) {
			httpNetworkFetch();
		}
		else {
			networkError(failure);
		}
	}

	/**
	 * HTTP-network fetch of the current URL.
	 * @see <a href=
	 * "https://fetch.spec.whatwg.org/#concept-http-network-fetch">HTTP-network fetch</a>
	 */
	private void httpNetworkFetch() {
		AuthorizationProvider provider = RequestHeaders.authorizationProvider(this.request, this.settings,
				this.isAuthenticationFetch);
		this.sentProvider = provider;
		if (provider == null) {
			startHop(null);
			return;
		}
		provider.authorization().whenComplete((value, failure) -> {
			try {
				authorizationAnswered(value, failure);
			}
			catch (RuntimeException | Error ex) {
				// the stage would swallow it
				networkError(FetchFailure.unexpected(Phase.CONNECT, ex));
			}
		});
	}

	private void authorizationAnswered(@Nullable String value, @Nullable Throwable failure) {
		if (failure != null) {
			networkError(new FetchFailure(FailureKind.AUTHORIZATION, Phase.CONNECT,
					"there is no authorization to send: " + failure.getClass().getName(), failure));
		}
		else if (value == null || !HttpRules.isHeaderValue(value)) {
			networkError(FetchFailure.of(FailureKind.AUTHORIZATION, Phase.CONNECT,
					"what there is as authorization is no header value"));
		}
		else {
			startHop(value);
		}
	}

	private void startHop(@Nullable String authorization) {
		String cookies;
		try {
			cookies = RequestHeaders.keptCookies(this.request, this.settings);
		}
		catch (RuntimeException ex) {
			networkError(cookieStoreFailed(Phase.CONNECT, ex));
			return;
		}
		HeaderList headers = new RequestHeaders(this.request, this.settings).ofHop(this.isAuthenticationFetch, cookies,
				authorization);
		this.sentAuthorization = headers.get("Authorization");
		this.handler.processRequestUrlList(this.request.urlList());
		NetworkRequest hop = new NetworkRequest(this.request.method(), this.request.currentUrl(), headers,
				this.request.body(), this.request.isFiltered(), this.handler.context());
		this.hops.start(hop, this, this.handler.processHop(false, hop));
	}

	private void networkError(FetchFailure failure) {
		if (this.corsPreflight) {
			this.settings.preflights().clear(this.request);
		}
		this.handler.processResponse(new Response.NetworkError(atHop(failure)));
	}

	/**
	 * Say which hop failed, if it is not the first.
	 */
	private FetchFailure atHop(FetchFailure failure) {
		Url url = this.request.currentUrl();
		if (this.request.redirectCount() == 0 || !url.isHttp()) {
			return failure;
		}
		return failure.withMessage("after a redirect to " + url.redacted() + ": " + failure.message());
	}

	private Hop.Body fail(FetchFailure failure) {
		networkError(failure);
		return Hop.Body.REFUSE;
	}

	/**
	 * The head of a hop's response: a challenge to answer, a redirect to follow, or the
	 * response.
	 */
	@Override
	public Hop.Body responseHead(int status, String statusMessage, HeaderList headers) {
		if (status < 200 || status > 999) {
			return fail(
					FetchFailure.of(FailureKind.PROTOCOL, Phase.HEADERS, "the status code " + status + " is invalid"));
		}
		FetchFailure notStored = storeCookies(headers);
		if (notStored != null) {
			return fail(notStored);
		}
		if (this.request.isCors()) {
			CorsFailure notShared = CorsCheck.check(this.request, status, headers, false);
			if (notShared != null) {
				return fail(FetchFailure.of(notShared));
			}
		}
		else if (status == 401 && isAnswerable(headers)) {
			return authenticate();
		}
		rememberAuthentication(status);
		return HttpRules.isRedirectStatus(status) ? httpRedirectFetch(status, statusMessage, headers)
				: response(status, statusMessage, headers);
	}

	/**
	 * Parse and store response Set-Cookie headers.
	 * @see <a href=
	 * "https://fetch.spec.whatwg.org/#parse-and-store-response-set-cookie-headers">Parse
	 * and store</a>
	 */
	private @Nullable FetchFailure storeCookies(HeaderList headers) {
		CookieJar jar = this.settings.cookies();
		try {
			if (jar != null && this.request.includesCredentials() && headers.contains("Set-Cookie")) {
				jar.receive(headers, this.request.currentUrl(), this.request.isSameSite());
			}
			return null;
		}
		catch (RuntimeException ex) {
			return cookieStoreFailed(Phase.HEADERS, ex);
		}
	}

	private static FetchFailure cookieStoreFailed(Phase phase, RuntimeException thrown) {
		return new FetchFailure(FailureKind.OTHER, phase, "the cookie store failed with " + thrown.getClass().getName(),
				thrown);
	}

	/**
	 * Whether the user name and password of the URL, which the server has not seen yet,
	 * answer its challenge.
	 * <p>
	 * Deviation: the standard would ask the user when they turn out to be wrong, or are
	 * missing; here the response is 401.
	 */
	private boolean isAnswerable(HeaderList headers) {
		Url url = this.request.currentUrl();
		return !this.isAuthenticationFetch && this.request.includesCredentials() && !this.request.hasLeftOrigin()
				&& url.includesCredentials()
				&& !BasicCredentials.headerValue(url.decodedUsername(), url.decodedPassword())
					.equals(this.sentAuthorization)
				&& !this.request.headers().contains("Authorization") && BasicChallenge.find(headers) != null;
	}

	private Hop.Body authenticate() {
		if (this.request.body() != null && !this.request.body().isRepeatable()) {
			return fail(FetchFailure.of(FailureKind.REQUEST_BODY, Phase.HEADERS,
					"the server asks for user name and password, and the request's body cannot be sent twice"));
		}
		this.isAuthenticationFetch = true;
		httpNetworkFetch();
		return Hop.Body.DRAIN;
	}

	/**
	 * Create an authentication entry, or remove the one that is no longer right.
	 */
	private void rememberAuthentication(int status) {
		String sent = this.sentAuthorization;
		if (this.isAuthenticationFetch && sent != null && status != 401) {
			this.settings.authentication().add(this.request.currentUrl(), sent);
		}
		else if (sent != null && status == 401) {
			this.settings.authentication().remove(this.request.currentUrl(), sent);
			tellProvider(sent);
		}
	}

	private void tellProvider(String refused) {
		try {
			if (this.sentProvider != null) {
				this.sentProvider.refused(refused);
			}
		}
		catch (RuntimeException | Error ex) {
			// the response is as good as without it; the message may have the value
			logger.warn("The authorization provider failed with " + ex.getClass().getName()
					+ " when it was told of a refused value");
		}
	}

	/**
	 * HTTP-redirect fetch: follows a redirect, unless the response has no location.
	 * @see <a href=
	 * "https://fetch.spec.whatwg.org/#concept-http-redirect-fetch">HTTP-redirect
	 * fetch</a>
	 */
	private Hop.Body httpRedirectFetch(int status, String statusMessage, HeaderList headers) {
		Redirects.Target target = Redirects.target(headers, this.request, this.settings.rules())
			.withBody(status, this.request.body());
		if (target.failure() != null) {
			return fail(target.failure());
		}
		if (target.url() == null) {
			return response(status, statusMessage, headers);
		}
		this.request.redirect(status, target.url(), headers);
		this.handler.processRedirect();
		this.isAuthenticationFetch = false;
		mainFetch();
		return Hop.Body.DRAIN;
	}

	private Hop.Body response(int status, String statusMessage, HeaderList headers) {
		boolean hasBody = !HttpRules.isNullBodyStatus(status) && !this.request.method().equals("HEAD");
		ResponseBody body;
		try {
			BodyDecoder decoder = hasBody ? BodyDecoder.of(headers.getAll("Content-Encoding"), this.maxResponseSize)
					: null;
			body = new ResponseBody(this.handler, this.hops, this.maxResponseSize, decoder);
		}
		catch (ContentCodingException ex) {
			return fail(BodyDecoder.failure(ex));
		}
		long length = body.length(headers);
		if (hasBody && length > this.maxResponseSize) {
			return fail(ResponseBody.tooLarge(this.maxResponseSize));
		}
		this.responseBody = body;
		if (this.terminated) {
			body.close();
		}
		this.handler.processResponse(
				new Response.Received(status, statusMessage, filter(headers), this.request.urlList(), hasBody, length));
		// a null body that has bytes is an offence that HTTP leaves to 205 alone
		boolean unexpectedBody = status == 205 && headers.extractLength() != 0;
		return unexpectedBody ? Hop.Body.REFUSE : Hop.Body.DELIVER;
	}

	/**
	 * Leave the headers that the caller may see.
	 * @see <a href="https://fetch.spec.whatwg.org/#concept-filtered-response">Filtered
	 * response</a>
	 */
	private HeaderList filter(HeaderList headers) {
		if (!this.request.isSameOriginPolicy()) {
			return headers;
		}
		if (!this.request.isCors()) {
			return FilteredHeaders.basicFiltered(headers);
		}
		List<String> exposed = CorsHeaders.tokens(headers, "Access-Control-Expose-Headers").values();
		boolean all = !this.request.isCredentialed() && exposed.contains("*");
		return FilteredHeaders.corsFiltered(headers, all ? headers.names() : exposed);
	}

	@Override
	public boolean bodyChunk(Hop hop, BodyChunk chunk) {
		ResponseBody body = this.responseBody;
		if (body == null) {
			chunk.release();
			return false;
		}
		return body.chunk(chunk);
	}

	@Override
	public void bodyEnd(Hop hop) {
		this.hops.cancelOthers(hop);
		ResponseBody body = this.responseBody;
		if (body != null) {
			body.end();
		}
	}

	@Override
	public void failed(Hop hop, FetchFailure failure, boolean headDelivered) {
		this.hops.cancelOthers(hop);
		ResponseBody body = this.responseBody;
		if (headDelivered && body != null) {
			body.fail(failure);
		}
		else {
			networkError(failure);
		}
	}

	@Override
	public void connecting(Supplier<Setup> soFar) {
		this.handler.processConnecting(soFar);
	}

	@Override
	public void connected(ConnectionInfo connection) {
		this.handler.processConnection(connection);
	}

	@Override
	public void retried() {
		this.handler.processRetry();
	}

	/**
	 * A hop has sent so much of the body. A hop that sends the body again tells nothing
	 * new until it has come further than the one before.
	 */
	@Override
	public void requestBodyWritten(long written) {
		if (written > this.requestBodyReported) {
			int more = Math.toIntExact(written - this.requestBodyReported);
			this.requestBodyReported = written;
			this.handler.processRequestBodyChunkLength(more);
		}
	}

	@Override
	public void requestBodyEnd() {
		this.handler.processRequestEndOfBody();
	}

}
