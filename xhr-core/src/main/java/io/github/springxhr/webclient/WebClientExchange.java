package io.github.springxhr.webclient;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

import io.github.springxhr.fetch.ConnectionInfo;
import io.github.springxhr.fetch.NetworkExchange;
import io.github.springxhr.fetch.NetworkHandler;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.FetchFailure.Phase;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.RequestBody;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;
import reactor.netty.http.client.HttpClientResponse;
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

	private final BodySubscriber bodySubscriber = new BodySubscriber();

	private long bodyWritten;

	private boolean bodyComplete;

	private boolean attempted;

	private volatile Phase phase = Phase.CONNECT;

	private volatile @Nullable Channel channel;

	private volatile @Nullable Channel connecting;

	private @Nullable HttpClientResponse nativeResponse;

	private @Nullable ReadTimeout readTimeout;

	private final AtomicReference<@Nullable Runnable> held = new AtomicReference<>();

	WebClientExchange(NetworkRequest request, NetworkHandler handler) {
		this.request = request;
		this.handler = handler;
	}

	static WebClientExchange from(ContextView context) {
		return context.get(WebClientExchange.class);
	}

	BodySubscriber bodySubscriber() {
		return this.bodySubscriber;
	}

	NetworkRequest networkRequest() {
		return this.request;
	}

	void requestStarted(Channel startedOn, ConnectionInfo connection) {
		this.channel = startedOn;
		this.connecting = null;
		this.bodyWritten = 0;
		this.bodyComplete = false;
		this.phase = Phase.REQUEST;
		this.handler.connected(connection);
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
		if (this.bodySubscriber.isDisposed()) {
			release(this.held.getAndSet(null));
		}
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
		startedOn.eventLoop().execute(() -> {
			if (!this.bodySubscriber.isDisposed()) {
				this.bodySubscriber.dispose();
				this.handler.failed(Failures.of(failure, Phase.REQUEST));
			}
		});
		return true;
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
		if (body == null || this.bodySubscriber.isDisposed()) {
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
	void statusLine(HttpClientResponse response) {
		this.nativeResponse = response;
	}

	/**
	 * Deliver the head when the body is subscribed to, so that the handler can cancel the
	 * exchange there: cancelled earlier, WebClient would take the body a second time.
	 */
	Flux<DataBuffer> body(ClientResponse response) {
		return response.body(BodyExtractors.toDataBuffers()).doOnSubscribe((subscription) -> responseHead(response));
	}

	/**
	 * Deviation: over HTTP/2 two headers that the HTTP client makes up are taken off,
	 * also if the server has sent them.
	 */
	private void responseHead(ClientResponse response) {
		this.phase = Phase.BODY;
		HeaderList headers = new HeaderList();
		response.headers().asHttpHeaders().forEach((name, values) -> {
			// a name that was received in two cases comes twice, with all values each
			// time
			if (!headers.contains(name)) {
				values.forEach((value) -> headers.add(name, value));
			}
		});
		if (isHttp2()) {
			// the HTTP client makes them up
			headers.delete("Transfer-Encoding");
			headers.delete("x-http2-stream-id");
		}
		int status = response.statusCode().value();
		this.handler.responseHead(status, reasonPhrase(status), headers);
	}

	/**
	 * Return the reason phrase, which WebClient hides; none if a filter of the
	 * application has put another response in the place of the received one.
	 */
	private String reasonPhrase(int status) {
		HttpClientResponse received = this.nativeResponse;
		if (received == null || isHttp2() || received.status().code() != status) {
			return "";
		}
		return received.status().reasonPhrase();
	}

	private boolean isHttp2() {
		return this.nativeResponse != null && this.nativeResponse.version().majorVersion() > 1;
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
			this.bodySubscriber.dispose();
			closeUnused(this.connecting);
			return;
		}
		try {
			startedOn.eventLoop().execute(this.bodySubscriber::dispose);
		}
		catch (RejectedExecutionException ex) {
			// the event loops have been shut down
			this.bodySubscriber.dispose();
		}
	}

	/**
	 * Takes the body. Subscribing is what sends the request, so the demand for chunks and
	 * the cancellation of the whole exchange go through it as well.
	 */
	final class BodySubscriber extends BaseSubscriber<DataBuffer> {

		void demand(long chunks) {
			request(chunks);
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			// nothing is asked for before the reader does
		}

		@Override
		protected void hookOnNext(DataBuffer buffer) {
			WebClientExchange.this.handler.bodyChunk(new DataBufferChunk(buffer));
		}

		@Override
		protected void hookOnComplete() {
			WebClientExchange.this.handler.bodyEnd();
		}

		@Override
		protected void hookOnError(Throwable failure) {
			WebClientExchange.this.handler.failed(Failures.of(failure, WebClientExchange.this.phase));
		}

		@Override
		protected void hookFinally(SignalType type) {
			release(WebClientExchange.this.held.getAndSet(null));
		}

	}

}
