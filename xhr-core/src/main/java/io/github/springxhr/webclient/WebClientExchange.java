package io.github.springxhr.webclient;

import java.net.URI;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import io.github.springxhr.fetch.ConnectionInfo;
import io.github.springxhr.fetch.NetworkExchange;
import io.github.springxhr.fetch.NetworkHandler;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.FetchFailure.Phase;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.RequestBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;
import reactor.netty.http.client.HttpClientResponse;
import reactor.util.context.Context;
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

	private final NetworkRequest request;

	private final NetworkHandler handler;

	private final URI uri;

	private final boolean untouched;

	private final int headersTold;

	private final BodySubscriber bodySubscriber = new BodySubscriber();

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
			release(this.held.getAndSet(null));
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
		startedOn.eventLoop().execute(() -> failed(failure));
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
		return (taken != null) ? new TakenBody(taken)
				: response.body(BodyExtractors.toDataBuffers()).doOnSubscribe((subscription) -> responseHead(response));
	}

	private void responseHead(ClientResponse response) {
		HeaderList headers = new HeaderList();
		response.headers().asHttpHeaders().forEach((name, values) -> {
			// a name that was received in two cases comes twice, with all values each
			// time
			if (!headers.contains(name)) {
				values.forEach((value) -> headers.add(name, value));
			}
		});
		responseHead(response.statusCode().value(), headers);
	}

	private void responseHead(HttpClientResponse response) {
		HeaderList headers = new HeaderList();
		Iterator<Map.Entry<CharSequence, CharSequence>> fields = response.responseHeaders().iteratorCharSequence();
		while (fields.hasNext()) {
			Map.Entry<CharSequence, CharSequence> field = fields.next();
			headers.add(field.getKey().toString(), field.getValue().toString());
		}
		responseHead(response.status().code(), headers);
	}

	/**
	 * Deviation: over HTTP/2 two headers that the HTTP client makes up are taken off,
	 * also if the server has sent them.
	 */
	private void responseHead(int status, HeaderList headers) {
		this.phase = Phase.BODY;
		if (isHttp2()) {
			// the HTTP client makes them up
			headers.delete("Transfer-Encoding");
			headers.delete("x-http2-stream-id");
		}
		this.handler.responseHead(status, reasonPhrase(status), headers);
	}

	/**
	 * Return the reason phrase, which WebClient hides; none if a filter of the
	 * application has put another response in the place of the received one.
	 */
	private String reasonPhrase(int status) {
		NettyResponse wire = this.received;
		if (wire == null || isHttp2() || wire.nativeResponse().status().code() != status) {
			return "";
		}
		return wire.nativeResponse().status().reasonPhrase();
	}

	private boolean isHttp2() {
		return this.received != null && this.received.nativeResponse().version().majorVersion() > 1;
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
			this.bodySubscriber.dispose();
		}
	}

	/**
	 * Takes the body. Subscribing is what sends the request, so the demand for chunks and
	 * the cancellation of the whole exchange go through it as well. To cancel closes what
	 * is under way, which fails then: an error that comes afterwards is a part of it.
	 */
	final class BodySubscriber implements CoreSubscriber<DataBuffer> {

		private static final AtomicReferenceFieldUpdater<BodySubscriber, Subscription> SUBSCRIPTION = AtomicReferenceFieldUpdater
			.newUpdater(BodySubscriber.class, Subscription.class, "subscription");

		/** None before the request is sent; that of Reactor's own after the end. */
		private volatile @Nullable Subscription subscription;

		/** Whether it ended by itself, so that an error afterwards is nobody's. */
		private volatile boolean completed;

		private @Nullable Context context;

		void demand(long chunks) {
			Subscription current = this.subscription;
			if (current != null) {
				current.request(chunks);
			}
		}

		boolean isDisposed() {
			return this.subscription == Operators.cancelledSubscription();
		}

		void dispose() {
			if (Operators.terminate(SUBSCRIPTION, this)) {
				release(WebClientExchange.this.held.getAndSet(null));
			}
		}

		private boolean end() {
			return SUBSCRIPTION.getAndSet(this, Operators.cancelledSubscription()) != Operators.cancelledSubscription();
		}

		/** With what else travels with the request. */
		@Override
		public Context currentContext() {
			Context made = this.context;
			if (made == null) {
				Context own = Context.of(WebClientExchange.class, WebClientExchange.this);
				Map<Object, Object> others = WebClientExchange.this.request.context();
				made = others.isEmpty() ? own : own.putAllMap(others);
				this.context = made;
			}
			return made;
		}

		/** Nothing is asked for before the reader does. */
		@Override
		public void onSubscribe(Subscription made) {
			Operators.setOnce(SUBSCRIPTION, this, made);
		}

		@Override
		public void onNext(DataBuffer buffer) {
			try {
				WebClientExchange.this.handler.bodyChunk(new DataBufferChunk(buffer));
			}
			catch (RuntimeException | Error ex) {
				Subscription current = this.subscription;
				if (end()) {
					if (current != null) {
						current.cancel();
					}
					fail(ex);
				}
			}
		}

		@Override
		public void onComplete() {
			if (!end()) {
				return;
			}
			this.completed = true;
			try {
				WebClientExchange.this.handler.bodyEnd();
			}
			finally {
				release(WebClientExchange.this.held.getAndSet(null));
			}
		}

		@Override
		public void onError(Throwable thrown) {
			if (end()) {
				this.completed = true;
				fail(thrown);
			}
			else if (this.completed) {
				Operators.onErrorDropped(thrown, currentContext());
			}
		}

		private void fail(Throwable thrown) {
			try {
				failed(Failures.of(thrown, WebClientExchange.this.phase));
			}
			finally {
				release(WebClientExchange.this.held.getAndSet(null));
			}
		}

		private void failed(FetchFailure failure) {
			if (WebClientExchange.this.unanswered && failure.kind() == FailureKind.CONNECTION_CLOSED) {
				WebClientExchange.this.handler.stale(failure);
			}
			else {
				WebClientExchange.this.handler.failed(failure);
			}
		}

	}

	/**
	 * The body as the HTTP client gives it. It goes straight to the handler, chunks and
	 * end: WebClient, which would wrap the one and look for more after the other, is only
	 * asked for more chunks, and to cancel.
	 */
	private final class TakenBody extends Flux<DataBuffer> implements CoreSubscriber<Object> {

		private final Flux<?> source;

		private @Nullable CoreSubscriber<? super DataBuffer> outer;

		TakenBody(Flux<?> source) {
			this.source = source;
		}

		@Override
		public void subscribe(CoreSubscriber<? super DataBuffer> subscriber) {
			this.outer = subscriber;
			this.source.subscribe(this);
		}

		@Override
		public Context currentContext() {
			return (this.outer != null) ? this.outer.currentContext() : Context.empty();
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			NettyResponse wire = WebClientExchange.this.received;
			if (wire != null && this.outer != null) {
				responseHead(wire.nativeResponse());
				this.outer.onSubscribe(subscription);
			}
		}

		@Override
		public void onNext(Object part) {
			ByteBuf buffer = (part instanceof ByteBufHolder holder) ? holder.content() : (ByteBuf) part;
			WebClientExchange.this.handler.bodyChunk(new ReceivedChunk(buffer.retain()));
		}

		@Override
		public void onComplete() {
			end();
			WebClientExchange.this.handler.bodyEnd();
		}

		@Override
		public void onError(Throwable failure) {
			end();
			WebClientExchange.this.handler.failed(Failures.of(failure, WebClientExchange.this.phase));
		}

		private void end() {
			WebClientExchange.this.ended = true;
			release(WebClientExchange.this.held.getAndSet(null));
		}

	}

}
