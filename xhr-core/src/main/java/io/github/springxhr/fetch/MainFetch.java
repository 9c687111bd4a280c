package io.github.springxhr.fetch;

import java.util.ArrayList;
import java.util.List;

import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.FetchFailure.Phase;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.HttpRules;
import io.github.springxhr.http.Request;
import io.github.springxhr.http.RequestBody;
import io.github.springxhr.http.Response;
import io.github.springxhr.http.Url;
import org.jspecify.annotations.Nullable;

/**
 * One fetch: its hops, from the first request to the last response.
 *
 * <h2>Concurrency</h2> The fields of a hop are touched by that hop's I/O thread only, and
 * the next hop starts from there. {@link #terminate()} comes from any thread:
 * {@code lock} guards {@code hops} and {@code terminated}, so that no hop starts after
 * it. A hop guards its handle and {@code cancelled} by itself. Neither lock is held
 * during a callback.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#main-fetch">Fetch Standard, main fetch</a>
 */
final class MainFetch implements FetchController {

	private final NetworkTransport transport;

	private final FetchSettings settings;

	private final FetchHandler handler;

	private final List<Url> urlList = new ArrayList<>(1);

	private final Object lock = new Object();

	private final List<Hop> hops = new ArrayList<>(1);

	private volatile @Nullable Hop current;

	private boolean terminated;

	private String method;

	private HeaderList headers;

	private @Nullable RequestBody body;

	private final boolean anonymous;

	private final long maxResponseSize;

	private boolean leftOrigin;

	private long requestBodyReported;

	MainFetch(NetworkTransport transport, FetchSettings settings, Request request, FetchHandler handler) {
		this.transport = transport;
		this.settings = settings;
		this.handler = handler;
		this.method = request.method();
		this.headers = request.headers();
		this.body = request.body();
		this.anonymous = request.anonymous();
		this.maxResponseSize = (request.maxResponseSize() > 0) ? request.maxResponseSize() : settings.maxResponseSize();
		this.urlList.add(request.url());
	}

	void start() {
		Url url = currentUrl();
		if (url.isHttp()) {
			httpNetworkFetch();
		}
		else {
			networkError(FetchFailure.of(FailureKind.UNSUPPORTED_SCHEME, Phase.CONNECT,
					"the URL's scheme '" + url.scheme() + "' cannot be fetched"));
		}
	}

	@Override
	public void terminate() {
		List<Hop> started;
		synchronized (this.lock) {
			this.terminated = true;
			started = List.copyOf(this.hops);
		}
		started.forEach(Hop::cancel);
	}

	@Override
	public void pull() {
		Hop hop = this.current;
		if (hop != null) {
			hop.request(1);
		}
	}

	/**
	 * HTTP-network fetch of the current URL.
	 * @see <a href="https://fetch.spec.whatwg.org/#http-network-fetch">HTTP-network
	 * fetch</a>
	 */
	private void httpNetworkFetch() {
		Url url = currentUrl();
		boolean ownOrigin = !this.anonymous && !this.leftOrigin && this.settings.isOwnOrigin(url);
		HeaderList hopHeaders = RequestHeaders.forHop(this.headers, url, ownOrigin, this.anonymous || this.leftOrigin,
				this.settings);
		NetworkRequest request = new NetworkRequest(this.method, url, hopHeaders, this.body, ownOrigin);
		Hop hop = new Hop(this);
		synchronized (this.lock) {
			if (this.terminated) {
				return;
			}
			this.hops.add(hop);
			this.current = hop;
		}
		try {
			hop.attach(this.transport.start(request, hop));
		}
		catch (Throwable ex) {
			hop.failed(new FetchFailure(FailureKind.OTHER, Phase.CONNECT,
					"the transport failed with " + ex.getClass().getName(), ex));
		}
	}

	private Url currentUrl() {
		return this.urlList.get(this.urlList.size() - 1);
	}

	private void networkError(FetchFailure failure) {
		this.handler.processResponse(new Response.NetworkError(failure));
	}

	private Redirects.Target redirectTarget(int status, HeaderList responseHeaders) {
		if (!HttpRules.isRedirectStatus(status)) {
			return Redirects.Target.NONE;
		}
		return Redirects.target(responseHeaders, currentUrl(), this.urlList.size() - 1, this.settings.maxRedirects())
			.withBody(status, this.body);
	}

	/**
	 * HTTP-redirect fetch: follows a redirect, unless the response has no location.
	 * @see <a href="https://fetch.spec.whatwg.org/#http-redirect-fetch">HTTP-redirect
	 * fetch</a>
	 */
	private void httpRedirectFetch(int status, Url location) {
		Redirects.Rewritten rewritten = Redirects.rewrite(status, this.method, this.body);
		if (rewritten.body() == null && this.body != null) {
			Redirects.removeRequestBodyHeaders(this.headers);
		}
		this.method = rewritten.method();
		this.body = rewritten.body();
		if (!location.origin().equals(currentUrl().origin())) {
			this.leftOrigin = true;
			Redirects.keepSafelistedHeaders(this.headers);
		}
		this.urlList.add(location);
		httpNetworkFetch();
	}

	/**
	 * The last hop has ended: what is left of the ones before is given up.
	 */
	private void cancelOthers(Hop last) {
		List<Hop> others;
		synchronized (this.lock) {
			if (this.hops.size() == 1) {
				return;
			}
			others = this.hops.stream().filter((hop) -> hop != last).toList();
		}
		others.forEach(Hop::cancel);
	}

	/**
	 * The head of a hop's response: a redirect to follow, or the response.
	 * @return what the hop is to do with the body
	 */
	Hop.Body responseHead(int status, String statusMessage, HeaderList responseHeaders) {
		if (status < 200 || status > 999) {
			return fail(
					FetchFailure.of(FailureKind.PROTOCOL, Phase.HEADERS, "the status code " + status + " is invalid"));
		}
		Redirects.Target target = redirectTarget(status, responseHeaders);
		if (target.failure() != null) {
			return fail(target.failure());
		}
		if (target.url() != null) {
			httpRedirectFetch(status, target.url());
			return Hop.Body.DRAIN;
		}
		boolean hasBody = !HttpRules.isNullBodyStatus(status) && !this.method.equals("HEAD");
		if (hasBody && responseHeaders.extractLength() > this.maxResponseSize) {
			return fail(tooLarge());
		}
		this.handler.processResponse(
				new Response.Received(status, statusMessage, responseHeaders, List.copyOf(this.urlList), hasBody));
		// a null body that has bytes is an offence that HTTP leaves to 205 alone
		boolean unexpectedBody = status == 205 && responseHeaders.extractLength() != 0;
		return unexpectedBody ? Hop.Body.REFUSE : Hop.Body.DELIVER;
	}

	private Hop.Body fail(FetchFailure failure) {
		networkError(failure);
		return Hop.Body.REFUSE;
	}

	private FetchFailure tooLarge() {
		return FetchFailure.of(FailureKind.TOO_LARGE, Phase.BODY,
				"the response is larger than the limit of " + this.maxResponseSize + " bytes");
	}

	/**
	 * A chunk of the response's body.
	 * @return {@code false} if there are too many bytes now, which is told to the handler
	 */
	boolean bodyChunk(BodyChunk chunk, long received) {
		if (received > this.maxResponseSize) {
			chunk.release();
			this.handler.processBodyError(tooLarge());
			return false;
		}
		this.handler.processBodyChunk(chunk);
		return true;
	}

	void bodyEnd(Hop hop) {
		cancelOthers(hop);
		this.handler.processEndOfBody();
	}

	void failed(Hop hop, FetchFailure failure, boolean headDelivered) {
		cancelOthers(hop);
		if (headDelivered) {
			this.handler.processBodyError(failure);
		}
		else {
			networkError(failure);
		}
	}

	void connected(ConnectionInfo connection) {
		this.handler.processConnection(connection);
	}

	/**
	 * A hop has sent so much of the body. A hop that sends the body again tells nothing
	 * new until it has come further than the one before.
	 */
	void requestBodyWritten(long written) {
		if (written > this.requestBodyReported) {
			int more = Math.toIntExact(written - this.requestBodyReported);
			this.requestBodyReported = written;
			this.handler.processRequestBodyChunkLength(more);
		}
	}

	void requestBodyEnd() {
		this.handler.processRequestEndOfBody();
	}

}
