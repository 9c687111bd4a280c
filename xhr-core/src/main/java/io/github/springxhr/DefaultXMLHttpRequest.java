package io.github.springxhr;

import java.time.Duration;
import java.util.function.Supplier;

import io.github.springxhr.event.Event;
import io.github.springxhr.event.EventListener;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.HttpRules;
import io.github.springxhr.http.Request;
import io.github.springxhr.http.RequestBody;
import io.github.springxhr.http.Response;
import io.github.springxhr.http.Url;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.util.Assert;
import org.springframework.web.util.UriComponentsBuilder;

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
		this.upload = new Upload(this);
		this.listener = XhrListeners.create(environment.listeners(), environment.name(), this);
		this.events = new XhrEvents(this, this.upload, this.listener);
	}

	@Override
	XhrListener xhrListener() {
		return this.listener;
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
	public boolean dispatchEvent(Event event) {
		return this.lane.call(() -> super.dispatchEvent(event));
	}

	@Override
	public int getReadyState() {
		return this.state.state();
	}

	@Override
	public void open(String method, String url) {
		open(method, url, null);
	}

	@Override
	public void open(HttpMethod method, String uriTemplate, Object... variables) {
		String url = UriComponentsBuilder.fromUriString(uriTemplate).encode().buildAndExpand(variables).toUriString();
		open(method.name(), url, uriTemplate);
	}

	private void open(String method, String url, @Nullable String uriTemplate) {
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
		run(() -> open(HttpRules.normalizeMethod(method), parsedUrl, uriTemplate));
	}

	private void open(String method, Url parsedUrl, @Nullable String uriTemplate) {
		Exchange replaced = this.state.exchange;
		this.state.exchange = null;
		if (replaced != null) {
			replaced.supersede();
		}
		this.state.sendInvoked = false;
		this.state.requestMethod = method;
		this.state.requestUrl = parsedUrl;
		this.state.uriTemplate = uriTemplate;
		this.state.authorRequestHeaders.clear();
		this.state.requestBody = null;
		this.state.uploadListener = false;
		this.state.response = Response.NONE;
		this.state.receivedBytes = new ReceivedBytes(0);
		this.state.textResponse = null;
		if (this.state.state() != OPENED) {
			this.state.transitionTo(OPENED);
			this.events.readyStateChange();
		}
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
					.syntax("the value of the header '" + name + "' has a control character or one above U+00FF");
			}
			if (HttpRules.isFramingHeader(name)) {
				logger.debug("The request header '" + name + "' is set by the client itself and was ignored");
				this.listener.headerIgnored(name);
				return;
			}
			this.state.authorRequestHeaders.combine(name, normalized);
		});
	}

	@Override
	public int getTimeout() {
		return this.state.timeout;
	}

	@Override
	public void setTimeout(int milliseconds) {
		Assert.isTrue(milliseconds >= 0, "timeout must not be negative");
		run(() -> {
			this.state.timeout = milliseconds;
			Exchange exchange = this.state.exchange;
			if (exchange != null) {
				exchange.armTimeout();
			}
		});
	}

	@Override
	public void setTimeout(Duration timeout) {
		setTimeout(XhrFactoryBuilder.toMillis(timeout, "timeout"));
	}

	@Override
	public XMLHttpRequestUpload getUpload() {
		return this.upload;
	}

	@Override
	public void send() {
		send(() -> null);
	}

	@Override
	public void send(@Nullable String body) {
		send(() -> SendBody.extract(body));
	}

	@Override
	public void send(byte @Nullable [] body) {
		send(() -> SendBody.extract(body));
	}

	void send(Supplier<@Nullable SendBody> extraction) {
		run(() -> {
			requireOpenedAndNotSent("send()");
			String method = this.state.requestMethod;
			SendBody body = (method.equals("GET") || method.equals("HEAD")) ? null : extraction.get();
			if (body != null) {
				body.applyContentType(this.state.authorRequestHeaders);
			}
			send((body != null) ? body.body() : null);
		});
	}

	private void send(@Nullable RequestBody body) {
		Url url = this.state.requestUrl;
		Assert.state(url != null, "an opened request has a URL");
		this.state.requestBody = body;
		this.state.uploadListener = this.state.uploadListener || this.events.hasUploadListeners();
		this.state.uploadComplete = (body == null);
		this.state.timedOut = false;
		this.state.sendInvoked = true;
		Request request = new Request(this.state.requestMethod, url, this.state.authorRequestHeaders.copy(), body);
		Exchange exchange = new Exchange(this.state, this.events, this.lane, this.environment, request,
				this.listener.sent(request.method(), this.state.uriTemplate));
		this.state.exchange = exchange;
		exchange.start();
	}

	@Override
	public void abort() {
		Exchange running = this.state.exchange;
		if (running != null) {
			running.terminate();
		}
		this.lane.callOrPost(() -> {
			Exchange exchange = this.state.exchange;
			if (exchange != null && exchange.isRunning()) {
				exchange.abort("abort() was called");
			}
			if (this.state.state() == DONE && this.state.exchange == exchange) {
				this.state.transitionTo(UNSENT);
				FetchFailure failure = getFailure();
				this.state.response = (failure != null) ? new Response.NetworkError(failure) : Response.NONE;
				this.state.textResponse = null;
			}
		});
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
	public String getResponseText() {
		int readyState = this.state.state();
		TextResponse text = this.state.textResponse;
		return (readyState >= LOADING && text != null) ? text.get(readyState == DONE) : "";
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

	private void run(Runnable call) {
		this.lane.call(() -> {
			call.run();
			return true;
		});
	}

}
