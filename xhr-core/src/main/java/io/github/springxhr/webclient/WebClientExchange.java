package io.github.springxhr.webclient;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

import io.github.springxhr.fetch.BodyChunk;
import io.github.springxhr.fetch.ConnectionInfo;
import io.github.springxhr.fetch.NetworkExchange;
import io.github.springxhr.fetch.NetworkHandler;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.FetchFailure.Phase;
import io.github.springxhr.http.RequestBody;
import io.netty.channel.Channel;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.util.context.ContextView;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.client.ClientResponse;

/**
 * One exchange. Travels in the Reactor context of its request, so that the hooks of the
 * HTTP client, which WebClient hides, reach it.
 *
 * <h2>Concurrency</h2> Told of events on the channel's event loop; {@link #request} and
 * {@link #cancel} come from any thread and go through the subscription, which takes that.
 */
final class WebClientExchange implements NetworkExchange {

	private static final Log logger = LogFactory.getLog(WebClientExchange.class);

	private final NetworkRequest request;

	private final NetworkHandler handler;

	private final URI uri;

	private final boolean untouched;

	private final int headersTold;

	private final BodySubscriber bodySubscriber = new BodySubscriber(this);

	private long bodyWritten;

	private boolean bodyComplete;

	private boolean attempted;

	private volatile Phase phase = Phase.CONNECT;

	private volatile @Nullable Channel channel;

	private volatile @Nullable ConnectionClock clock;

	private volatile @Nullable Channel connecting;

	private @Nullable NettyResponse received;

	/** Whether the connection was kept, and nothing has come over it for this. */
	private volatile boolean unanswered;

	private @Nullable ReadTimeout readTimeout;

	private final AtomicReference<@Nullable Runnable> held = new AtomicReference<>();

	/** Whether the body has come to its end without WebClient hearing of it. */
	private volatile boolean ended;

	/**
	 * Create an exchange.
	 * @param request what to send
	 * @param handler is told what happens
	 * @param untouched whether no filter sees the response, so that it is taken as it was
	 * received
	 */
	WebClientExchange(NetworkRequest request, NetworkHandler handler, boolean untouched) {
		this.request = request;
		this.handler = handler;
		this.uri = request.url().toUri();
		this.untouched = untouched;
		this.headersTold = untouched ? request.headers().sizeWithoutLast(RequestHeads::isStanding)
				: request.headers().size();
	}

	static WebClientExchange from(ContextView context) {
		return context.get(WebClientExchange.class);
	}

	/**
	 * Return of how many headers WebClient is told: all, if there are filters to see
	 * them.
	 */
	int headersTold() {
		return this.headersTold;
	}

	URI uri() {
		return this.uri;
	}

	BodySubscriber bodySubscriber() {
		return this.bodySubscriber;
	}

	NetworkRequest networkRequest() {
		return this.request;
	}

	void requestStarted(Channel startedOn, ConnectionInfo connection) {
		this.channel = startedOn;
		this.clock = null;
		this.connecting = null;
		this.bodyWritten = 0;
		this.bodyComplete = false;
		this.phase = Phase.REQUEST;
		this.unanswered = connection.reused() && connection.protocol().equals("http/1.1");
		this.handler.connected(connection);
	}

	void bytesReceived() {
		this.unanswered = false;
	}

	/**
	 * Called when a connection begins to be made.
	 * @return what measured the one to another address of the host before, which failed
	 */
	@Nullable ConnectionClock connecting(ConnectionClock started) {
		ConnectionClock before = this.clock;
		this.clock = started;
		this.handler.connecting(started::soFar);
		return before;
	}

	/**
	 * Called when a connection for the exchange is begun. If the exchange is cancelled
	 * meanwhile, nobody else would end a TLS handshake that the server does not answer.
	 */
	void connecting(Channel begun) {
		this.connecting = begun;
		if (this.bodySubscriber.isDisposed()) {
			closeUnused(begun);
		}
	}

	private void closeUnused(@Nullable Channel begun) {
		if (begun != null && this.channel == null) {
			begun.close();
		}
	}

	/** Called each time the request is handed to the HTTP client. */
	void attempted() {
		this.clock = null;
		if (this.attempted) {
			this.handler.retried();
		}
		this.attempted = true;
	}

	void watch(ReadTimeout timeout) {
		this.readTimeout = timeout;
	}

	/**
	 * Called when the exchange begins to use something that it lets go at its end, or
	 * when a filter of the application has it begin anew.
	 */
	void holds(Runnable release) {
		release(this.held.getAndSet(release));
		if (isOver()) {
			release();
		}
	}

	private boolean isOver() {
		return this.ended || this.bodySubscriber.isDisposed();
	}

	private static void release(@Nullable Runnable release) {
		if (release != null) {
			release.run();
		}
	}

	/**
	 * Called from any thread when the request's body cannot be sent. Ends the exchange at
	 * once: the HTTP client would first wait until the server has taken what was written
	 * so far, and does not tell of it when the response has begun.
	 * @param failure what happened to the body
	 * @return {@code false} if the request has not been started, so that there is nothing
	 * to end
	 */
	boolean requestBodyFailed(RequestBodyException failure) {
		Channel startedOn = this.channel;
		if (startedOn == null) {
			return false;
		}
		onEventLoop(startedOn, () -> failed(failure));
		return true;
	}

	/**
	 * Called on the channel's event loop when a part of the request's body cannot be
	 * written because of itself.
	 */
	void failed(RequestBodyException failure) {
		if (!isOver()) {
			this.bodySubscriber.dispose();
			this.handler.failed(Failures.of(failure, Phase.REQUEST));
		}
	}

	/**
	 * Return whether the connection that the request is sent over takes parts of files.
	 */
	boolean takesFiles() {
		Channel startedOn = this.channel;
		return startedOn != null && WireHandler.takesFiles(startedOn);
	}

	/**
	 * Called when a part of the request has been written to the socket. A body of known
	 * length is complete with its last byte: the HTTP client's mark of the end follows it
	 * later, and the response may be faster.
	 * @param bytes how many bytes of the body it has
	 * @param last whether it is the last part
	 */
	void requestWritten(int bytes, boolean last) {
		RequestBody body = this.request.body();
		this.bodyWritten += bytes;
		boolean complete = last || (body != null && this.bodyWritten == body.length() && bytes > 0);
		if (complete && this.phase == Phase.REQUEST) {
			this.phase = Phase.HEADERS;
			if (this.readTimeout != null) {
				this.readTimeout.requestEnded();
			}
		}
		if (body == null || isOver()) {
			return;
		}
		if (bytes > 0) {
			this.handler.requestBodyWritten(bytes);
		}
		if (complete && !this.bodyComplete) {
			this.bodyComplete = true;
			this.handler.requestBodyEnd();
		}
	}

	/** Called before WebClient delivers the response. */
	void received(NettyResponse response) {
		this.received = response;
	}

	/**
	 * Deliver the head when the body is subscribed to, so that the handler can cancel the
	 * exchange there: cancelled earlier, WebClient would take the body a second time.
	 */
	Flux<DataBuffer> body(ClientResponse response) {
		NettyResponse wire = this.received;
		Flux<?> taken = (this.untouched && wire != null) ? wire.take() : null;
		return (wire != null && taken != null) ? new TakenBody(this, wire, taken)
				: response.body(BodyExtractors.toDataBuffers()).doOnSubscribe((subscription) -> responseHead(response));
	}

	private void responseHead(ClientResponse response) {
		this.phase = Phase.BODY;
		NettyResponse wire = this.received;
		ResponseHeads.deliver(response, (wire != null) ? wire.nativeResponse() : null, this.handler);
	}

	/**
	 * Called when a body is subscribed to that nobody else sees.
	 */
	void responseHead(NettyResponse wire) {
		this.phase = Phase.BODY;
		ResponseHeads.deliver(wire.nativeResponse(), this.handler);
	}

	void bodyChunk(BodyChunk chunk) {
		this.handler.bodyChunk(chunk);
	}

	void bodyEnd() {
		this.handler.bodyEnd();
	}

	/**
	 * Called when the body has come to its end without WebClient hearing of it.
	 */
	void endedUnheard() {
		this.ended = true;
		release();
	}

	/**
	 * Let go of what the exchange holds, unless it has been.
	 */
	void release() {
		release(this.held.getAndSet(null));
	}

	void responseBodyFailed(Throwable thrown) {
		this.handler.failed(Failures.of(thrown, this.phase));
	}

	/**
	 * Called when the request fails, which may be because the server has closed the kept
	 * connection meanwhile, or because the pool in which it waited for one was closed.
	 */
	void failedOrStale(Throwable thrown) {
		FetchFailure failure = Failures.of(thrown, this.phase);
		if (this.unanswered && failure.kind() == FailureKind.CONNECTION_CLOSED) {
			this.handler.stale(failure);
		}
		else if (failure.kind() == FailureKind.CLOSED) {
			this.handler.unsent(failure);
		}
		else {
			this.handler.failed(failure);
		}
	}

	/**
	 * Return what else travels with the request.
	 */
	Map<Object, Object> context() {
		return this.request.context();
	}

	void fail(FailureKind kind, String message) {
		this.bodySubscriber.dispose();
		this.handler.failed(FetchFailure.of(kind, Phase.CONNECT, message));
	}

	@Override
	public void request(long chunks) {
		this.bodySubscriber.demand(chunks);
	}

	/**
	 * Cancel on the channel's event loop: WebClient and the HTTP client lose buffers when
	 * a response is cancelled on one thread while another one delivers it.
	 */
	@Override
	public void cancel() {
		Channel startedOn = this.channel;
		if (startedOn == null || startedOn.eventLoop().inEventLoop()) {
			dispose();
			closeUnused(this.connecting);
		}
		else {
			onEventLoop(startedOn, this::dispose);
		}
	}

	/**
	 * Run a task when the event loop has read from its connections. Then the connection
	 * of a response that is complete is back in the pool, for the next request.
	 */
	@Override
	public void afterReading(Runnable task) {
		Channel startedOn = this.channel;
		if (startedOn != null && startedOn.eventLoop().inEventLoop()) {
			onEventLoop(startedOn, task);
		}
		else {
			task.run();
		}
	}

	private static void onEventLoop(Channel startedOn, Runnable task) {
		try {
			startedOn.eventLoop().execute(task);
		}
		catch (RejectedExecutionException ex) {
			// the event loops have been shut down
			task.run();
		}
	}

	private void dispose() {
		if (!this.ended) {
			try {
				this.bodySubscriber.dispose();
			}
			catch (RejectedExecutionException ex) {
				// the connection is gone with its event loop
				logger.debug("A connection's event loop has been shut down", ex);
			}
		}
	}

}
