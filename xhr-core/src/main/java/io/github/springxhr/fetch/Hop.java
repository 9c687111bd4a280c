package io.github.springxhr.fetch;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.github.springxhr.fetch.ConnectionInfo.Setup;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.FetchFailure.Phase;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.HttpRules;
import org.jspecify.annotations.Nullable;

/**
 * One exchange of a fetch. Once it was redirected the rest of its body is read and
 * dropped, so that its connection can be used again, or given up if it is long.
 *
 * <h2>Concurrency</h2> Told of news on the exchange's I/O thread. {@link #cancel()} comes
 * from any thread, and may come before the transport has returned its handle: each side
 * writes its own volatile field before it reads the other's.
 */
final class Hop implements NetworkHandler {

	/** How many chunks may be on their way to the handler. */
	private static final int WINDOW = 16;

	/**
	 * So many chunks are asked for at a time: to ask from another thread than that of the
	 * connection costs more than to handle a chunk, and a short response is over before.
	 */
	private static final int BATCH = WINDOW / 2;

	/**
	 * A redirect's body is a sentence; reading on past this costs more than it saves.
	 */
	private static final int DRAIN_LIMIT = 16 * 1024;

	/** Each meets another connection that was kept too long; one day there is none. */
	private static final int MAX_RETRIES = 10;

	private final Hops hops;

	private final NetworkRequest request;

	private final Owner owner;

	private final @Nullable HopFollower follower;

	private final int retries;

	private volatile @Nullable NetworkExchange exchange;

	private volatile boolean cancelled;

	/** Chunks that have been handled, and not been asked for again. */
	private final AtomicInteger handled = new AtomicInteger();

	private @Nullable Body body;

	private long written;

	private long dropped;

	Hop(Hops hops, NetworkRequest request, Owner owner, @Nullable HopFollower follower, int retries) {
		this.hops = hops;
		this.request = request;
		this.owner = owner;
		this.follower = follower;
		this.retries = retries;
	}

	void attach(NetworkExchange started) {
		this.exchange = started;
		if (this.cancelled) {
			started.cancel();
		}
		else {
			started.request(WINDOW);
		}
	}

	void cancel() {
		this.cancelled = true;
		NetworkExchange started = this.exchange;
		if (started != null) {
			started.cancel();
		}
	}

	/**
	 * Chunks have been handled, so there is room for as many. From any thread.
	 */
	void handled(int chunks) {
		if (this.handled.addAndGet(chunks) < BATCH) {
			return;
		}
		int room = this.handled.getAndSet(0);
		NetworkExchange started = this.exchange;
		if (started != null && room > 0) {
			started.request(room);
		}
	}

	void afterReading(Runnable task) {
		NetworkExchange started = this.exchange;
		if (started != null) {
			started.afterReading(task);
		}
		else {
			task.run();
		}
	}

	/**
	 * Whether the response is a redirect or was refused, so that nobody waits for news.
	 */
	private boolean isSpent() {
		return this.body == Body.DRAIN || this.body == Body.REFUSE;
	}

	@Override
	public void connecting(Supplier<Setup> soFar) {
		if (this.follower != null) {
			this.follower.connecting(soFar);
		}
		this.owner.connecting(soFar);
	}

	@Override
	public void connected(ConnectionInfo connection) {
		this.written = 0;
		if (this.follower != null) {
			this.follower.connected(connection);
		}
		this.owner.connected(connection);
	}

	@Override
	public void retried() {
		this.owner.retried();
	}

	@Override
	public void requestBodyWritten(int bytes) {
		this.written += bytes;
		if (this.follower != null) {
			this.follower.requestBodyWritten(this.written);
		}
		if (!isSpent()) {
			this.owner.requestBodyWritten(this.written);
		}
	}

	@Override
	public void requestBodyEnd() {
		if (this.follower != null) {
			this.follower.requestBodyEnd();
		}
		if (!isSpent()) {
			this.owner.requestBodyEnd();
		}
	}

	@Override
	public void responseHead(int status, String statusMessage, HeaderList headers) {
		if (this.follower != null) {
			this.follower.responseHead(status, statusMessage, headers);
		}
		try {
			this.body = this.owner.responseHead(status, statusMessage, headers);
		}
		catch (RuntimeException | Error ex) {
			// of a cookie store of the application, for instance
			refuse(FetchFailure.unexpected(Phase.HEADERS, ex), false);
		}
		if (this.body == Body.REFUSE) {
			cancel();
		}
	}

	@Override
	public void bodyChunk(BodyChunk chunk) {
		if (this.follower != null) {
			this.follower.bodyChunk(chunk.length());
		}
		if (isSpent()) {
			drop(chunk);
		}
		else if (!deliver(chunk)) {
			this.body = Body.REFUSE;
			cancel();
		}
	}

	private boolean deliver(BodyChunk chunk) {
		try {
			return this.owner.bodyChunk(this, chunk);
		}
		catch (RuntimeException | Error ex) {
			refuse(FetchFailure.unexpected(Phase.BODY, ex), true);
			return false;
		}
	}

	/**
	 * What follows is of no interest, and the fetch fails.
	 */
	private void refuse(FetchFailure failure, boolean headDelivered) {
		this.body = Body.REFUSE;
		this.owner.failed(this, failure, headDelivered);
	}

	private void drop(BodyChunk chunk) {
		this.dropped += chunk.length();
		chunk.release();
		if (this.dropped > DRAIN_LIMIT) {
			cancel();
		}
		else {
			handled(1);
		}
	}

	@Override
	public void bodyEnd() {
		ended();
		if (isSpent()) {
			return;
		}
		try {
			this.owner.bodyEnd(this);
		}
		catch (RuntimeException | Error ex) {
			refuse(FetchFailure.unexpected(Phase.BODY, ex), true);
		}
	}

	/**
	 * The request is sent once more if that can do no harm.
	 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112.html#section-9.3.1">RFC 9112,
	 * 9.3.1</a>
	 */
	@Override
	public void stale(FetchFailure failure) {
		boolean harmless = HttpRules.isIdempotent(this.request.method())
				&& (this.request.body() == null || this.request.body().isRepeatable());
		sendAgainIf(harmless, failure);
	}

	@Override
	public void unsent(FetchFailure failure) {
		sendAgainIf(true, failure);
	}

	private void sendAgainIf(boolean harmless, FetchFailure failure) {
		if (harmless && this.retries < MAX_RETRIES) {
			this.owner.retried();
			this.hops.start(this.request,
					new Hop(this.hops, this.request, this.owner, this.follower, this.retries + 1));
		}
		else {
			failed(failure);
		}
	}

	@Override
	public void failed(FetchFailure failure) {
		ended();
		if (!isSpent()) {
			this.owner.failed(this, failure, this.body != null);
		}
	}

	private void ended() {
		if (this.follower != null) {
			this.follower.ended();
		}
	}

	/**
	 * Whose hop it is: the fetch, or the preflight that goes before it.
	 */
	interface Owner {

		/** A connection is being made. */
		void connecting(Supplier<Setup> soFar);

		/** There is a connection. */
		void connected(ConnectionInfo connection);

		/** The request is sent once more. */
		void retried();

		/** So much of the request's body has been sent. */
		void requestBodyWritten(long written);

		/** All of the request's body has been sent. */
		void requestBodyEnd();

		/**
		 * The head of the response is there.
		 * @return what the hop is to do with the body
		 */
		Body responseHead(int status, String statusMessage, HeaderList headers);

		/**
		 * A chunk of a body that is to be delivered.
		 * @return {@code false} if no more is wanted
		 */
		boolean bodyChunk(Hop hop, BodyChunk chunk);

		/** The body that was to be delivered is complete. */
		void bodyEnd(Hop hop);

		/** The exchange has failed. */
		void failed(Hop hop, FetchFailure failure, boolean headDelivered);

	}

	/**
	 * What becomes of a response's body.
	 */
	enum Body {

		/** It goes to the handler of the fetch. */
		DELIVER,

		/** It is that of a redirect, and dropped. */
		DRAIN,

		/** The exchange is given up. */
		REFUSE

	}

}
