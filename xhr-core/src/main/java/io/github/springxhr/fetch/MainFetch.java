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

	/** How many chunks may be on their way to the handler: some 128 KiB of reads. */
	private static final int WINDOW = 16;

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
		Hop hop = new Hop();
		synchronized (this.lock) {
			if (this.terminated) {
				return;
			}
			this.hops.add(hop);
			this.current = hop;
		}
		hop.attach(this.transport.start(request, hop));
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
	 * One exchange of the fetch. Once it was redirected the rest of its body is read and
	 * dropped, so that its connection can be used again, or given up if it is long.
	 */
	private final class Hop implements NetworkHandler {

		/**
		 * A redirect's body is a sentence; reading on past this costs more than it saves.
		 */
		private static final int DRAIN_LIMIT = 16 * 1024;

		private @Nullable NetworkExchange exchange;

		private boolean cancelled;

		private boolean redirected;

		private boolean ended;

		private boolean headReceived;

		private long received;

		@Override
		public void connected(ConnectionInfo connection) {
			MainFetch.this.handler.processConnection(connection);
		}

		@Override
		public void requestBodyWritten(int bytes) {
			if (!this.redirected) {
				MainFetch.this.handler.processRequestBodyChunkLength(bytes);
			}
		}

		@Override
		public void requestBodyEnd() {
			if (!this.redirected) {
				MainFetch.this.handler.processRequestEndOfBody();
			}
		}

		@Override
		public void responseHead(int status, String statusMessage, HeaderList responseHeaders) {
			if (status < 200 || status > 999) {
				fail(FetchFailure.of(FailureKind.PROTOCOL, Phase.HEADERS, "the status code " + status + " is invalid"));
				return;
			}
			Redirects.Target target = redirectTarget(status, responseHeaders);
			if (target.failure() != null) {
				fail(target.failure());
			}
			else if (target.url() != null) {
				this.redirected = true;
				httpRedirectFetch(status, target.url());
			}
			else {
				response(status, statusMessage, responseHeaders);
			}
		}

		@Override
		public void bodyChunk(BodyChunk chunk) {
			this.received += chunk.length();
			if (this.redirected || this.ended) {
				drop(chunk);
			}
			else if (this.received > MainFetch.this.maxResponseSize) {
				chunk.release();
				fail(tooLarge());
			}
			else {
				MainFetch.this.handler.processBodyChunk(chunk);
			}
		}

		@Override
		public void bodyEnd() {
			if (!this.redirected && !this.ended) {
				this.ended = true;
				MainFetch.this.handler.processEndOfBody();
			}
		}

		@Override
		public void failed(FetchFailure failure) {
			if (!this.redirected) {
				fail(failure);
			}
		}

		private void response(int status, String statusMessage, HeaderList responseHeaders) {
			boolean hasBody = !HttpRules.isNullBodyStatus(status) && !MainFetch.this.method.equals("HEAD");
			if (hasBody && responseHeaders.extractLength() > MainFetch.this.maxResponseSize) {
				fail(tooLarge());
				return;
			}
			this.headReceived = true;
			MainFetch.this.handler.processResponse(new Response.Received(status, statusMessage, responseHeaders,
					List.copyOf(MainFetch.this.urlList), hasBody));
		}

		private void fail(FetchFailure failure) {
			if (this.ended) {
				return;
			}
			this.ended = true;
			cancel();
			if (this.headReceived) {
				MainFetch.this.handler.processBodyError(failure);
			}
			else {
				networkError(failure);
			}
		}

		private FetchFailure tooLarge() {
			return FetchFailure.of(FailureKind.TOO_LARGE, Phase.BODY,
					"the response is larger than the limit of " + MainFetch.this.maxResponseSize + " bytes");
		}

		private void drop(BodyChunk chunk) {
			chunk.release();
			if (this.received > DRAIN_LIMIT) {
				cancel();
			}
			else {
				request(1);
			}
		}

		/** The first callback may come before the transport has returned its handle. */
		synchronized void attach(NetworkExchange started) {
			this.exchange = started;
			if (this.cancelled) {
				started.cancel();
			}
			else {
				started.request(WINDOW);
			}
		}

		synchronized void cancel() {
			this.cancelled = true;
			if (this.exchange != null) {
				this.exchange.cancel();
			}
		}

		synchronized void request(long chunks) {
			if (this.exchange != null) {
				this.exchange.request(chunks);
			}
		}

	}

}
