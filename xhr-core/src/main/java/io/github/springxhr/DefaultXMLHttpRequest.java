package io.github.springxhr;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.github.springxhr.event.Event;
import io.github.springxhr.event.EventListener;
import io.github.springxhr.form.Blob;
import io.github.springxhr.form.FormData;
import io.github.springxhr.form.URLSearchParams;
import io.github.springxhr.http.CredentialsMode;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.HttpRules;
import io.github.springxhr.http.Request;
import io.github.springxhr.http.RequestBody;
import io.github.springxhr.http.Response;
import io.github.springxhr.http.Url;
import io.github.springxhr.mime.MimeType;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.w3c.dom.Document;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.util.Assert;
import org.springframework.web.util.InvalidUrlException;

/**
 * The methods of a request: each checks its arguments in full before it changes anything.
 * What happens after {@code send()} is in {@link Exchange}.
 */
final class DefaultXMLHttpRequest extends XhrEventTarget implements XMLHttpRequest {

	private static final Log logger = LogFactory.getLog(XMLHttpRequest.class);

	private static final String READYSTATECHANGE = XhrEventType.READYSTATECHANGE.eventName();

	private final XhrEnvironment environment;

	private final Lane lane;

	private final XhrState state = new XhrState();

	private final Upload upload;

	private final XhrListener listener;

	private final XhrEvents events;

	DefaultXMLHttpRequest(XhrEnvironment environment) {
		this.environment = environment;
		this.lane = new Lane(environment.eventExecutor(), environment.handOver());
		this.state.timeout = environment.timeout();
		this.state.crossOriginCredentials = environment.withCredentials();
		this.upload = new Upload(this);
		this.listener = XhrListeners.create(environment.listeners(), environment.name(), this);
		this.events = new XhrEvents(this, this.upload, this.listener);
	}

	@Override
	XhrListener xhrListener() {
		return this.listener;
	}

	@Override
	Lane lane() {
		return this.lane;
	}

	@Override
	public @Nullable EventListener<Event> getOnreadystatechange() {
		return getHandler(READYSTATECHANGE);
	}

	@Override
	public void setOnreadystatechange(@Nullable EventListener<Event> handler) {
		setHandler(READYSTATECHANGE, handler);
	}

	@Override
	public int getReadyState() {
		return this.state.state();
	}

	@Override
	public void open(String method, String url) {
		open(method, url, true, null, null);
	}

	@Override
	public void open(String method, String url, boolean async) {
		open(method, url, async, null, null);
	}

	@Override
	public void open(String method, String url, boolean async, @Nullable String username, @Nullable String password) {
		Url parsedUrl = parse(method, url);
		if (parsedUrl.isHttp() && (username != null || password != null)) {
			parsedUrl = parsedUrl.withCredentials(username, password);
		}
		open(method, parsedUrl, async, null);
	}

	@Override
	public void open(HttpMethod method, String uriTemplate, Object... variables) {
		String url;
		try {
			url = UrlTemplate.expand(uriTemplate, variables);
		}
		catch (InvalidUrlException ex) {
			throw XhrException.syntax("the URL template cannot be parsed");
		}
		open(method.name(), parse(method.name(), url), true, uriTemplate);
	}

	private Url parse(String method, String url) {
		Assert.notNull(method, "method must not be null");
		Assert.notNull(url, "url must not be null");
		if (!HttpRules.isMethod(method)) {
			throw XhrException.syntax("the method is not an HTTP token");
		}
		if (HttpRules.isForbiddenMethod(method)) {
			throw XhrException.security("the methods CONNECT, TRACE and TRACK are not allowed");
		}
		Url parsedUrl = Url.parse(url, this.environment.baseUrl());
		if (parsedUrl == null) {
			throw XhrException.syntax((this.environment.baseUrl() != null) ? "the URL cannot be parsed"
					: "the URL cannot be parsed; a relative one needs a base URL, and the client '"
							+ this.environment.name() + "' has none");
		}
		return parsedUrl;
	}

	private void open(String method, Url url, boolean async, @Nullable String uriTemplate) {
		run(() -> {
			if (!async && this.environment.hasOrigin()
					&& (this.state.hasOwnTimeout() || this.state.responseType != XMLHttpRequestResponseType.EMPTY)) {
				throw XhrException
					.invalidAccess("a synchronous request of a client with an origin has no timeout and response type");
			}
			reset(HttpRules.normalizeMethod(method), url, async, uriTemplate);
			if (this.state.state() != OPENED) {
				this.state.transitionTo(OPENED);
				this.events.readyStateChange();
			}
		});
	}

	private void reset(String method, Url url, boolean async, @Nullable String uriTemplate) {
		Exchange replaced = this.state.exchange;
		this.state.exchange = null;
		if (replaced != null) {
			replaced.supersede();
		}
		this.state.openedBefore = true;
		this.state.sendInvoked = false;
		this.state.requestMethod = method;
		this.state.requestUrl = url;
		this.state.uriTemplate = uriTemplate;
		this.state.authorRequestHeaders.clear();
		this.state.requestBody = null;
		this.state.synchronous = !async;
		this.state.uploadListener = false;
		this.state.response = Response.NONE;
		this.state.content = null;
	}

	@Override
	public void openRequest(String method, String url, boolean async, @Nullable String username,
			@Nullable String password) {
		open(method, url, async, username, password);
	}

	@Override
	public void init(XhrOptions options) {
		Assert.notNull(options, "options must not be null");
		run(() -> {
			if (this.state.openedBefore || this.state.options != XhrOptions.DEFAULTS) {
				throw XhrException.invalidState("init() can be called once, before open()");
			}
			this.state.options = options;
			Executor executor = options.eventExecutor();
			if (executor != null) {
				this.lane.use(executor);
			}
		});
	}

	@Override
	public boolean isMozAnon() {
		return this.state.options.isAnonymous();
	}

	@Override
	public boolean isMozSystem() {
		return this.state.options.isSystem();
	}

	@Override
	public boolean isMozBackgroundRequest() {
		return this.state.background;
	}

	@Override
	public void setMozBackgroundRequest(boolean background) {
		run(() -> {
			if (this.state.sendInvoked) {
				throw XhrException.invalidState("mozBackgroundRequest cannot be changed after send()");
			}
			this.state.background = background;
		});
	}

	@Override
	public @Nullable XhrChannel getChannel() {
		Exchange exchange = this.state.exchange;
		return (exchange != null) ? exchange.channel() : null;
	}

	@Override
	@Deprecated(since = "0.1.0")
	public byte @Nullable [] getMozResponseArrayBuffer() {
		ResponseContent content = (this.state.state() == DONE) ? this.state.content : null;
		return (content != null) ? content.copyOfBytes() : null;
	}

	@Override
	public void setRequestHeader(String name, String value) {
		Assert.notNull(name, "name must not be null");
		Assert.notNull(value, "value must not be null");
		run(() -> {
			requireOpenedAndNotSent("setRequestHeader()");
			String normalized = HttpRules.normalizeHeaderValue(value);
			if (!HttpRules.isHeaderName(name)) {
				throw XhrException.syntax("the header name is not an HTTP token");
			}
			if (!HttpRules.isHeaderValue(normalized)) {
				throw XhrException
					.syntax("the value of the header '" + name + "' has a NUL, CR or LF, or a character above U+00FF");
			}
			if (isForbidden(name, normalized)) {
				logger.debug("The request header '" + name + "' is set by the client itself and was ignored");
				this.listener.headerIgnored(name);
				return;
			}
			this.state.authorRequestHeaders.combine(name, normalized);
		});
	}

	/**
	 * Whether the header is not for the author to set. Without an origin, and for a
	 * system request, that is what frames the message; with one, what a browser keeps to
	 * itself.
	 */
	private boolean isForbidden(String name, String value) {
		boolean trusted = !this.environment.hasOrigin() || this.state.options.isSystem();
		return HttpRules.isFramingHeader(name) || (!trusted && HttpRules.isForbiddenRequestHeader(name, value));
	}

	@Override
	public int getTimeout() {
		return this.state.timeout;
	}

	@Override
	public void setTimeout(int milliseconds) {
		Assert.isTrue(milliseconds >= 0, "timeout must not be negative");
		run(() -> {
			refuseForSynchronousWindow("timeout");
			this.state.timeout = milliseconds;
			this.state.timeoutSet = true;
			Exchange exchange = this.state.exchange;
			if (exchange != null) {
				exchange.timeoutChanged();
			}
		});
	}

	@Override
	public void setTimeout(Duration timeout) {
		setTimeout(XhrFactoryBuilder.toMillis(timeout, "timeout"));
	}

	@Override
	public boolean isWithCredentials() {
		return this.state.crossOriginCredentials;
	}

	@Override
	public void setWithCredentials(boolean withCredentials) {
		run(() -> {
			if (this.state.state() > OPENED || this.state.sendInvoked) {
				throw XhrException.invalidState("withCredentials cannot be changed after send()");
			}
			this.state.crossOriginCredentials = withCredentials;
		});
	}

	@Override
	public XMLHttpRequestUpload getUpload() {
		return this.upload;
	}

	@Override
	public void send() {
		send((Object) null, ContextPropagation.capture(), Completion.NONE);
	}

	@Override
	public void send(@Nullable String body) {
		send(body, ContextPropagation.capture(), Completion.NONE);
	}

	@Override
	public void send(byte @Nullable [] body) {
		send(body, ContextPropagation.capture(), Completion.NONE);
	}

	@Override
	public void send(ByteBuffer body) {
		Assert.notNull(body, "body must not be null");
		send(body, ContextPropagation.capture(), Completion.NONE);
	}

	@Override
	public void send(Blob body) {
		Assert.notNull(body, "body must not be null");
		send(body, ContextPropagation.capture(), Completion.NONE);
	}

	@Override
	public void send(FormData body) {
		Assert.notNull(body, "body must not be null");
		send(body, ContextPropagation.capture(), Completion.NONE);
	}

	@Override
	public void send(URLSearchParams body) {
		Assert.notNull(body, "body must not be null");
		send(body, ContextPropagation.capture(), Completion.NONE);
	}

	@Override
	public void send(Document body) {
		Assert.notNull(body, "body must not be null");
		send(body, ContextPropagation.capture(), Completion.NONE);
	}

	@Override
	public void send(StreamBody body) {
		Assert.notNull(body, "body must not be null");
		send(body, ContextPropagation.capture(), Completion.NONE);
	}

	@Override
	public void send(Publisher<ByteBuffer> body) {
		Assert.notNull(body, "body must not be null");
		send(new StreamBody(body, RequestBody.UNKNOWN_LENGTH));
	}

	@Override
	public void sendJson(@Nullable Object value) {
		send(new JsonBody(value), ContextPropagation.capture(), Completion.NONE);
	}

	@Override
	public void sendAsBinary(String body) {
		Assert.notNull(body, "body must not be null");
		for (int i = 0; i < body.length(); i++) {
			if (body.charAt(i) > 0xFF) {
				throw new XhrException("InvalidCharacterError", "the character at index " + i + " is above U+00FF");
			}
		}
		send(body.getBytes(StandardCharsets.ISO_8859_1));
	}

	@Override
	public Mono<XMLHttpRequest> exchange(@Nullable Object body) {
		return Bridges.exchange(this, body);
	}

	@Override
	public CompletableFuture<XMLHttpRequest> sendAsync(@Nullable Object body) {
		return Bridges.sendAsync(this, body);
	}

	/**
	 * The {@code send()} method.
	 * @return the exchange it has made
	 * @see <a href="https://xhr.spec.whatwg.org/#the-send()-method">send()</a>
	 */
	Exchange send(@Nullable Object body, ContextPropagation context, Completion completion) {
		return this.lane.call(() -> {
			requireOpenedAndNotSent("send()");
			if (this.state.synchronous && Blocking.isForbidden()) {
				throw new IllegalStateException("A synchronous request would block " + Thread.currentThread().getName()
						+ ", a thread that must not block; open it with async = true");
			}
			String method = this.state.requestMethod;
			SendBody extracted = (method.equals("GET") || method.equals("HEAD")) ? null
					: SendBody.extract(body, this.environment);
			if (extracted != null) {
				extracted.applyContentType(this.state.authorRequestHeaders);
			}
			return start((extracted != null) ? extracted.body() : null, context, completion);
		});
	}

	private Exchange start(@Nullable RequestBody body, ContextPropagation context, Completion completion) {
		Url url = this.state.requestUrl;
		Assert.state(url != null, "an opened request has a URL");
		this.state.requestBody = body;
		this.state.uploadListener = this.state.uploadListener || this.events.hasUploadListeners();
		this.state.uploadComplete = (body == null);
		this.state.timedOut = false;
		this.state.sendInvoked = true;
		this.lane.moveBack();
		XhrOptions options = this.state.options;
		Request request = new Request(this.state.requestMethod, url, this.state.authorRequestHeaders.copy(), body,
				credentialsMode(), this.state.uploadListener, options.isSystem(), options.maxResponseSizeOr(-1));
		Exchange exchange = new Exchange(this.state, this.events, this.lane, this.environment, request, this.listener,
				context, completion);
		this.state.exchange = exchange;
		exchange.enter(this);
		if (this.state.synchronous) {
			exchange.startAndWait();
		}
		else {
			exchange.start();
		}
		return exchange;
	}

	private CredentialsMode credentialsMode() {
		if (this.state.options.isAnonymous()) {
			return CredentialsMode.OMIT;
		}
		return this.state.crossOriginCredentials ? CredentialsMode.INCLUDE : CredentialsMode.SAME_ORIGIN;
	}

	@Override
	public void abort() {
		Exchange running = this.state.exchange;
		if (running != null) {
			running.terminate();
		}
		this.lane.callOrPost(() -> abortCurrent(this.state.exchange));
	}

	/**
	 * Abort the request if it is still the exchange that is meant, and not one that a
	 * listener has begun since.
	 */
	void abort(Exchange meant) {
		this.lane.callOrPost(() -> {
			if (meant.isRunning()) {
				abortCurrent(meant);
			}
		});
	}

	private void abortCurrent(@Nullable Exchange exchange) {
		if (exchange != null && exchange.isRunning()) {
			exchange.abort("abort() was called");
		}
		if (this.state.state() == DONE && this.state.exchange == exchange) {
			FetchFailure failure = getFailure();
			this.state.response = (failure != null) ? new Response.NetworkError(failure) : Response.NONE;
			this.state.content = null;
			this.state.transitionTo(UNSENT);
			if (exchange != null) {
				exchange.forgetContent();
			}
		}
	}

	@Override
	public String getResponseURL() {
		Url url = this.state.response.url();
		return (url != null) ? url.withCredentials("", "").serialize(true) : "";
	}

	@Override
	public int getStatus() {
		return this.state.response.status();
	}

	@Override
	public String getStatusText() {
		return this.state.response.statusMessage();
	}

	@Override
	public @Nullable String getResponseHeader(String name) {
		Assert.notNull(name, "name must not be null");
		return this.state.response.headers().get(name);
	}

	@Override
	public String getAllResponseHeaders() {
		return this.state.response.headers().sortAndCombine();
	}

	@Override
	public void overrideMimeType(String mime) {
		Assert.notNull(mime, "mime must not be null");
		run(() -> {
			if (this.state.state() >= LOADING) {
				throw XhrException.invalidState("the MIME type cannot be changed once the body is loading");
			}
			MimeType parsed = MimeType.parse(mime);
			this.state.overrideMimeType = (parsed != null) ? parsed : MimeType.valueOf("application/octet-stream");
		});
	}

	@Override
	public XMLHttpRequestResponseType getResponseType() {
		return this.state.responseType;
	}

	@Override
	public void setResponseType(XMLHttpRequestResponseType responseType) {
		Assert.notNull(responseType, "responseType must not be null");
		run(() -> {
			if (this.state.state() >= LOADING) {
				throw XhrException.invalidState("the response type cannot be changed once the body is loading");
			}
			refuseForSynchronousWindow("responseType");
			this.state.responseType = responseType;
			if (this.state.exchange != null) {
				this.state.exchange.responseTypeChanged();
			}
		});
	}

	@Override
	public @Nullable Object getResponse() {
		if (this.state.responseType.isText()) {
			return text();
		}
		ResponseContent content = (this.state.state() == DONE) ? this.state.content : null;
		return (content != null) ? content.responseObject() : null;
	}

	@Override
	public <T> @Nullable T getResponse(Class<T> type) {
		JsonNode node = json();
		return (node != null) ? this.environment.json().bind(node, type) : null;
	}

	@Override
	public <T> @Nullable T getResponse(ParameterizedTypeReference<T> type) {
		JsonNode node = json();
		return (node != null) ? this.environment.json().bind(node, type) : null;
	}

	private @Nullable JsonNode json() {
		if (this.state.responseType != XMLHttpRequestResponseType.JSON) {
			throw XhrException.invalidState(
					"binding needs the response type \"json\", and it is \"" + this.state.responseType + "\"");
		}
		return (JsonNode) getResponse();
	}

	@Override
	public String getResponseText() {
		if (!this.state.responseType.isText()) {
			throw XhrException.invalidState("responseText needs the response type \"\" or \"text\", and it is \""
					+ this.state.responseType + "\"");
		}
		return text();
	}

	private String text() {
		int readyState = this.state.state();
		ResponseContent content = this.state.content;
		return (readyState >= LOADING && content != null) ? content.text(readyState == DONE) : "";
	}

	@Override
	public @Nullable Document getResponseXML() {
		if (this.state.responseType != XMLHttpRequestResponseType.EMPTY
				&& this.state.responseType != XMLHttpRequestResponseType.DOCUMENT) {
			throw XhrException.invalidState("responseXML needs the response type \"\" or \"document\", and it is \""
					+ this.state.responseType + "\"");
		}
		ResponseContent content = (this.state.state() == DONE) ? this.state.content : null;
		return (content != null) ? content.document() : null;
	}

	@Override
	public @Nullable FetchFailure getFailure() {
		return (this.state.response instanceof Response.NetworkError error) ? error.failure() : null;
	}

	@Override
	public String toString() {
		return "XMLHttpRequest[" + this.state.requestMethod + " " + this.state.requestUrl + ", readyState="
				+ getReadyState() + ", status=" + getStatus() + "]";
	}

	private void requireOpenedAndNotSent(String what) {
		if (this.state.state() != OPENED) {
			throw XhrException
				.invalidState(what + " needs a request that is opened, and the state is " + this.state.state());
		}
		if (this.state.sendInvoked) {
			throw XhrException.invalidState(what + " was called after send()");
		}
	}

	private void refuseForSynchronousWindow(String what) {
		if (this.state.synchronous && this.environment.hasOrigin()) {
			throw XhrException
				.invalidAccess(what + " cannot be set on a synchronous request of a client with an origin");
		}
	}

	private void run(Runnable call) {
		this.lane.call(() -> {
			call.run();
			return true;
		});
	}

}
