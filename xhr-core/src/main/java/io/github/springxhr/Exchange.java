package io.github.springxhr;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.springxhr.XhrInFlight.Transfer;
import io.github.springxhr.XhrListener.ExchangeListener;
import io.github.springxhr.XhrListener.Preflight;
import io.github.springxhr.XhrListener.Result;
import io.github.springxhr.fetch.BodyChunk;
import io.github.springxhr.fetch.ConnectionInfo;
import io.github.springxhr.fetch.ConnectionInfo.Setup;
import io.github.springxhr.fetch.FetchController;
import io.github.springxhr.fetch.FetchHandler;
import io.github.springxhr.fetch.HopFollower;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.FetchFailure.Phase;
import io.github.springxhr.http.Request;
import io.github.springxhr.http.Response;
import io.github.springxhr.http.Url;
import org.jspecify.annotations.Nullable;

/**
 * One fetch of a request: the local variables of the standard's {@code send()} and the
 * steps it defines. Made by {@code send()}, replaced by {@code open()}.
 *
 * <h2>Concurrency</h2> The callbacks of the fetch come on an I/O thread and only post, or
 * ask for more bytes; everything else runs in the lane. Each posted task first asks
 * whether this exchange is still the one that counts, and after each event that a
 * listener could have answered by {@code abort()} or {@code open()} it asks again.
 * Between the last events it does not ask: they all fire, even if a listener opened the
 * request anew. So the exchange keeps what they need for itself. The bytes of the
 * response are copied by the I/O thread, and count when the lane says so.
 *
 * @see <a href="https://xhr.spec.whatwg.org/#the-send()-method">XMLHttpRequest Standard,
 * send()</a>
 */
final class Exchange implements FetchHandler {

	private static final Runnable NOTHING = () -> {
	};

	private final long id;

	private final XhrState state;

	private final XhrEvents events;

	private final Lane lane;

	private final XhrEnvironment environment;

	/** Gone when the exchange has ended; also read by whoever asks what is in flight. */
	private volatile @Nullable Request request;

	private final ExchangeReport report;

	private final boolean synchronous;

	private final UploadProgress upload;

	/** Made when there is progress. */
	private @Nullable ProgressThrottle throttle;

	private final ContextPropagation context;

	private final boolean background;

	private final ChannelRecorder channel;

	/** Made when there is a timeout. */
	private @Nullable TimeoutAlarm alarm;

	/** Whether the time that the timeout limits has begun. */
	private boolean fetching;

	private volatile @Nullable FetchController fetchController;

	private final Executor afterReading = this::afterReading;

	/**
	 * What has come in; becomes the request's response at once, or at the end of a
	 * synchronous one.
	 */
	private Response response = Response.NONE;

	private @Nullable ResponseContent content;

	/**
	 * Where the bytes of the response go; nowhere before the head is there, and after the
	 * end.
	 */
	private volatile @Nullable ArrivingBytes arriving;

	/** Touched by the thread that brings the bytes. */
	private boolean chunksPosted;

	private volatile long received;

	private volatile long length;

	private int status;

	/** Whether a synchronous exchange has come to its end. */
	private boolean processedResponse;

	private boolean ended;

	private volatile boolean givenUp;

	private final Completion completion;

	private InFlight.@Nullable Entry inFlight;

	Exchange(XhrState state, XhrEvents events, Lane lane, XhrEnvironment environment, Request request,
			XhrListener listener, ContextPropagation context, Completion completion) {
		this.id = environment.inFlight().nextId();
		this.state = state;
		this.events = events;
		this.lane = lane;
		this.environment = environment;
		this.request = request;
		this.context = context;
		this.background = state.background;
		this.channel = new ChannelRecorder(environment.timers(), request.url());
		this.report = new ExchangeReport(environment, this.channel, request.method(), state.uriTemplate,
				state.background, listener, this::completed);
		this.completion = completion;
		this.synchronous = state.synchronous;
		this.upload = new UploadProgress(state, events, environment, request.body());
	}

	/**
	 * Be in flight, as that of a request.
	 */
	void enter(DefaultXMLHttpRequest owner) {
		this.inFlight = this.environment.inFlight().add(this, owner);
	}

	/**
	 * The asynchronous part of {@code send()}: fire the events of the start, then fetch.
	 */
	void start() {
		this.report.inScope(this::begin);
	}

	private void begin() {
		this.events.progress(XhrEventType.LOADSTART, 0, 0);
		if (isRunning()) {
			this.upload.start();
		}
		if (isRunning()) {
			fetch();
		}
	}

	/**
	 * The synchronous part of {@code send()}: fetch, and run what the transport posts in
	 * this thread until the response is complete.
	 * @throws XhrException NetworkError, TimeoutError or AbortError
	 */
	void startAndWait() {
		this.report.inScope(this::fetchAndWait);
	}

	private void fetchAndWait() {
		if (this.environment.synchronousAllowed()) {
			fetch();
			this.lane.runUntil(() -> this.processedResponse, () -> abort("the waiting thread was interrupted"));
		}
		else {
			this.state.response = new Response.NetworkError(
					FetchFailure.of(FailureKind.BLOCKED, Phase.CONNECT, "synchronous requests are switched off"));
		}
		handleResponseEndOfBody();
	}

	private void fetch() {
		this.channel.started();
		this.report.tell(ExchangeListener::fetching);
		InFlight others = this.environment.inFlight();
		if (others.refuses()) {
			giveUp();
			processResponse(new Response.NetworkError(FetchFailure.of(FailureKind.CLOSED, Phase.CONNECT,
					others.isClosed() ? "the client has been closed" : "the client is about to be closed")));
			return;
		}
		Request sending = this.request;
		if (sending == null) {
			return;
		}
		try {
			this.fetching = true;
			setAlarm();
			FetchController controller = this.environment.fetcher().fetch(sending, this);
			this.fetchController = controller;
			if (!isRunning()) {
				// a filter of the application, which runs in this call, has aborted it
				controller.terminate();
			}
		}
		catch (RuntimeException | Error ex) {
			// such as a timer that is being shut down
			processResponse(new Response.NetworkError(FetchFailure.unexpected(Phase.CONNECT, ex)));
		}
	}

	/**
	 * Return whether this exchange is the request's current one and has not ended.
	 */
	boolean isRunning() {
		return !this.ended && this.state.exchange == this;
	}

	/**
	 * Return whether the exchange does not hold up the shutdown.
	 */
	boolean isBackground() {
		return this.background;
	}

	/**
	 * Return whether it is this thread that runs the exchange's tasks and listeners.
	 */
	boolean isInCurrentThread() {
		return this.lane.isInside();
	}

	/**
	 * Return whether the exchange was aborted, or was not to begin, as its factory is to
	 * be closed.
	 */
	boolean isGivenUp() {
		return this.givenUp;
	}

	long id() {
		return this.id;
	}

	/**
	 * Describe the exchange, in any thread.
	 * @return the description, or {@code null} if the exchange has just ended
	 */
	@Nullable XhrInFlight toInFlight() {
		Request sent = this.request;
		if (sent == null) {
			return null;
		}
		return new XhrInFlight(this.id, sent.method(), this.report.uri(sent.url()), this.state.state(), this.background,
				this.upload.transfer(), new Transfer(this.received, this.length), this.channel.age());
	}

	XhrChannel channel() {
		return this.channel.toChannel();
	}

	/**
	 * Stop the network, from any thread and at once. What the request makes of it follows
	 * in the lane.
	 */
	void terminate() {
		FetchController controller = this.fetchController;
		if (controller != null) {
			controller.terminate();
		}
	}

	/**
	 * End without an event, as the request has been opened anew.
	 */
	void supersede() {
		if (!this.ended) {
			terminate();
			this.report.inScope(() -> {
				end();
				discardContent();
				reportEnd(XhrOutcome.SUPERSEDED, null, new XhrException("AbortError", "the request was opened anew"));
			});
		}
	}

	/**
	 * Take notice of the request's timeout, which has changed.
	 */
	void timeoutChanged() {
		if (this.fetching && !this.ended) {
			setAlarm();
		}
	}

	private void setAlarm() {
		if (this.alarm == null && this.state.timeout != 0) {
			this.alarm = new TimeoutAlarm(this.environment.timers(), this::timeoutPassed, this.channel.start());
		}
		if (this.alarm != null) {
			this.alarm.set(this.state.timeout);
		}
	}

	/**
	 * Take notice of the request's response type, which has changed: what has come in
	 * before may be more than is kept in memory.
	 */
	void responseTypeChanged() {
		if (!this.ended) {
			leaveIoThread();
		}
	}

	private void timeoutPassed() {
		terminate();
		this.lane.postFromAlarm(guarded(() -> {
			this.state.timedOut = true;
			if (this.synchronous) {
				this.processedResponse = true;
			}
			else {
				handleErrors();
			}
		}));
	}

	/** Every task but those that take bytes comes in by this door. */
	private void post(Runnable task) {
		this.lane.post(guarded(task), this.afterReading);
	}

	private void afterReading(Runnable task) {
		FetchController controller = this.fetchController;
		if (controller != null) {
			controller.afterReading(task);
		}
		else {
			task.run();
		}
	}

	/**
	 * Let a task run only while this exchange is the one that counts. One that fails, as
	 * memory runs out for instance, ends it.
	 */
	private Runnable guarded(Runnable task) {
		return () -> {
			if (!isRunning()) {
				return;
			}
			try {
				if (this.report.isInScope()) {
					// as a synchronous request is, in the thread that waits
					task.run();
				}
				else {
					inContext(task);
				}
			}
			catch (RuntimeException | Error ex) {
				if (isRunning()) {
					this.response = new Response.NetworkError(FetchFailure.unexpected(phase(), ex));
					this.report.inScope(this::processNetworkError);
				}
				else {
					leave();
				}
				throw ex;
			}
		};
	}

	private void inContext(Runnable task) {
		if (this.context.isNone()) {
			this.report.inScope(task);
		}
		else {
			this.context.run(() -> this.report.inScope(task));
		}
	}

	@Override
	public Map<Object, Object> context() {
		return this.report.context();
	}

	@Override
	public void processRedirect() {
		tell(ExchangeListener::redirected);
	}

	@Override
	public void processPreflight(boolean known, @Nullable FetchFailure failure) {
		Preflight answer = (failure != null) ? Preflight.FAILURE : Preflight.SUCCESS;
		tell((told) -> told.preflight(known ? Preflight.CACHED : answer));
	}

	@Override
	public void processRetry() {
		tell(ExchangeListener::retried);
	}

	private void tell(Consumer<ExchangeListener> news) {
		if (this.report.isFollowed()) {
			post(() -> this.report.tell(news));
		}
	}

	@Override
	public void processRequestUrlList(List<Url> urlList) {
		this.channel.urls(urlList);
	}

	@Override
	public @Nullable HopFollower processHop(boolean preflight, NetworkRequest sent) {
		if (preflight) {
			this.channel.noHop();
		}
		else {
			this.channel.hop(sent.body() != null);
		}
		return this.report.hop(preflight, sent);
	}

	@Override
	public void processConnecting(Supplier<Setup> soFar) {
		this.channel.connecting(soFar);
	}

	@Override
	public void processConnection(ConnectionInfo connection) {
		this.channel.connected(connection);
	}

	@Override
	public void processRequestBodyChunkLength(int bytesLength) {
		post(() -> this.upload.add(bytesLength));
	}

	@Override
	public void processRequestEndOfBody() {
		this.channel.requestSent();
		post(() -> this.upload.complete(this));
	}

	@Override
	public void processResponse(Response received) {
		if (received instanceof Response.Received head) {
			this.channel.headersReceived();
			ReceivedBytes bytes = new ReceivedBytes(head.hasBody() ? Math.max(0, head.bodyLength()) : 0);
			this.arriving = head.hasBody() ? new ArrivingBytes(bytes) : null;
			post(() -> headersReceived(head, bytes));
		}
		else {
			post(() -> {
				this.response = received;
				processNetworkError();
			});
		}
	}

	private void headersReceived(Response.Received received, ReceivedBytes bytes) {
		this.response = received;
		this.status = received.status();
		this.length = Math.max(0, received.bodyLength());
		this.content = new ResponseContent(this.state, this.environment, received, bytes,
				received.hasBody() ? this.length : 0);
		this.report.tell((told) -> told.headersReceived(this.status));
		if (this.synchronous) {
			if (!received.hasBody()) {
				endSynchronous();
			}
			return;
		}
		publishResponse();
		this.state.transitionTo(XMLHttpRequest.HEADERS_RECEIVED);
		this.events.readyStateChange();
		if (isRunning() && !received.hasBody()) {
			handleResponseEndOfBody();
		}
		else if (isRunning()) {
			leaveIoThread();
		}
	}

	/** A blob's bytes may go to a file. */
	private void leaveIoThread() {
		if (!this.synchronous && this.state.responseType == XMLHttpRequestResponseType.BLOB) {
			this.lane.moveAway();
		}
	}

	private void endSynchronous() {
		publishResponse();
		this.processedResponse = true;
	}

	private void publishResponse() {
		this.state.content = this.content;
		this.state.response = this.response;
	}

	/**
	 * The bytes are copied in the thread that brings them, which has them at hand; that
	 * there are some is posted. Those of a blob are posted themselves, as that thread
	 * does not wait for a disk.
	 */
	@Override
	public void processBodyChunk(BodyChunk chunk) {
		ArrivingBytes target = this.arriving;
		if (target == null) {
			chunk.release();
		}
		else if (this.chunksPosted || this.state.responseType == XMLHttpRequestResponseType.BLOB) {
			this.chunksPosted = true;
			postBytes((content) -> {
				content.append(chunk);
				return 1;
			}, chunk::release);
		}
		else {
			append(target, chunk);
		}
	}

	private void append(ArrivingBytes target, BodyChunk chunk) {
		try {
			FetchController controller = this.fetchController;
			if (target.append(chunk, controller != null) && controller != null) {
				controller.pull();
			}
			if (target.isNews()) {
				postBytes((content) -> {
					content.take(target.take());
					return target.owed();
				}, NOTHING);
			}
		}
		catch (RuntimeException | Error ex) {
			this.arriving = null;
			bodyFailed(ex);
		}
		finally {
			chunk.release();
		}
	}

	private void postBytes(BytesTask task, Runnable release) {
		this.lane.post(() -> {
			long before = this.received;
			int owed = take(task, release);
			try {
				// a task that was there already may have taken them
				if (this.received != before && !this.synchronous && isProgressDue()) {
					inContext(this::bodyProgress);
				}
			}
			finally {
				pull(owed);
			}
		}, this.afterReading);
	}

	private boolean isProgressDue() {
		if (this.throttle == null) {
			this.throttle = this.environment.newProgressThrottle();
		}
		return this.throttle.pass();
	}

	/**
	 * Take bytes.
	 * @return how many chunks are to be asked for
	 */
	private int take(BytesTask task, Runnable release) {
		try {
			if (!isRunning() || this.content == null || !this.response.hasBody()) {
				// there may be a head that came after the end
				this.arriving = null;
				return 0;
			}
			leaveIoThread();
			int owed = task.run(this.content);
			this.received = this.content.length();
			return owed;
		}
		catch (IOException | RuntimeException | Error ex) {
			bodyFailed(ex);
			return 0;
		}
		finally {
			release.run();
		}
	}

	private void bodyFailed(Throwable cause) {
		if (cause instanceof IOException) {
			processBodyError(new FetchFailure(FailureKind.STORAGE, Phase.BODY,
					"the response cannot be written to a temporary file", cause));
		}
		else if (cause instanceof ArithmeticException || cause instanceof OutOfMemoryError) {
			processBodyError(FetchFailure.of(FailureKind.TOO_LARGE, Phase.BODY,
					"the response is too large for memory; a blob takes more"));
		}
		else {
			processBodyError(FetchFailure.unexpected(Phase.BODY, cause));
		}
	}

	private void bodyProgress() {
		if (this.state.state() == XMLHttpRequest.HEADERS_RECEIVED) {
			this.state.transitionTo(XMLHttpRequest.LOADING);
		}
		this.events.readyStateChange();
		if (isRunning()) {
			this.events.progress(XhrEventType.PROGRESS, this.received, this.length);
		}
	}

	private void pull(int chunks) {
		FetchController controller = this.fetchController;
		if (controller != null && isRunning()) {
			for (int i = 0; i < chunks; i++) {
				controller.pull();
			}
		}
	}

	@Override
	public void processEndOfBody() {
		post(() -> {
			if (this.synchronous) {
				endSynchronous();
			}
			else {
				handleResponseEndOfBody();
			}
		});
	}

	@Override
	public void processBodyError(FetchFailure failure) {
		post(() -> {
			this.response = new Response.NetworkError(failure);
			processNetworkError();
		});
	}

	private void processNetworkError() {
		this.state.response = this.response;
		if (this.synchronous) {
			this.processedResponse = true;
		}
		else {
			handleErrors();
		}
	}

	/**
	 * Handle response end-of-body.
	 * @see <a href="https://xhr.spec.whatwg.org/#handle-response-end-of-file">Handle
	 * response end-of-body</a>
	 */
	private void handleResponseEndOfBody() {
		handleErrors();
		if (!isRunning()) {
			return;
		}
		long transmitted = this.received;
		if (!this.synchronous) {
			this.upload.abandon();
			if (isRunning()) {
				this.events.progress(XhrEventType.PROGRESS, transmitted, this.length);
			}
			if (!isRunning()) {
				return;
			}
		}
		this.state.transitionTo(XMLHttpRequest.DONE);
		end();
		this.events.readyStateChange();
		this.events.progress(XhrEventType.LOAD, transmitted, this.length);
		this.events.progress(XhrEventType.LOADEND, transmitted, this.length);
		reportEnd(XhrOutcome.ofStatus(this.status), null, null);
	}

	/**
	 * Handle errors.
	 * @see <a href="https://xhr.spec.whatwg.org/#handle-errors">Handle errors</a>
	 */
	private void handleErrors() {
		if (this.state.timedOut) {
			requestErrorSteps(XhrEventType.TIMEOUT, "TimeoutError", FetchFailure.of(FailureKind.TIMEOUT, phase(),
					"it took longer than the timeout of " + this.state.timeout + " ms"));
		}
		else if (this.state.response instanceof Response.NetworkError error) {
			FetchFailure failure = (error.failure() != null) ? error.failure()
					: FetchFailure.of(FailureKind.OTHER, phase(), "there is no response");
			if (failure.kind() == FailureKind.ABORT) {
				requestErrorSteps(XhrEventType.ABORT, "AbortError", failure);
			}
			else {
				requestErrorSteps(XhrEventType.ERROR, "NetworkError", failure);
			}
		}
	}

	/**
	 * What {@code abort()} does to a request in flight. A synchronous one fails in the
	 * thread that waits for it.
	 */
	void abort(String reason) {
		this.response = new Response.NetworkError(FetchFailure.of(FailureKind.ABORT, phase(), reason));
		this.report.inScope(this::processNetworkError);
	}

	/**
	 * Request error steps.
	 * @see <a href="https://xhr.spec.whatwg.org/#request-error-steps">Request error
	 * steps</a>
	 */
	private void requestErrorSteps(XhrEventType event, String exceptionName, FetchFailure failure) {
		boolean uploadEvents = !this.state.uploadComplete && this.state.uploadListener;
		this.state.uploadComplete = true;
		this.state.content = null;
		this.state.response = new Response.NetworkError(failure);
		this.state.transitionTo(XMLHttpRequest.DONE);
		terminate();
		end();
		discardContent();
		if (this.synchronous) {
			reportEnd(XhrOutcome.ofFailure(failure.kind()), failure, null);
			throw XhrException.of(exceptionName, failure);
		}
		this.events.readyStateChange();
		if (uploadEvents) {
			this.upload.fail(event);
		}
		this.events.progress(event, 0, 0);
		this.events.progress(XhrEventType.LOADEND, 0, 0);
		reportEnd(XhrOutcome.ofFailure(failure.kind()), failure, XhrException.of(exceptionName, failure));
	}

	/** The bytes of a response that nobody will get, and the file they may be in. */
	private void discardContent() {
		if (this.content != null) {
			this.content.discard();
			this.content = null;
		}
	}

	/**
	 * Hold on to the response no more, which whoever got a part of it still may.
	 */
	void forgetContent() {
		this.content = null;
	}

	private Phase phase() {
		if (this.status != 0) {
			return Phase.BODY;
		}
		return this.state.uploadComplete ? Phase.HEADERS : Phase.REQUEST;
	}

	/** No alarm outlives this, and no task that comes later is heard. */
	private void end() {
		this.ended = true;
		this.arriving = null;
		this.request = null;
		this.state.requestBody = null;
		this.channel.ended();
		this.state.sendInvoked = false;
		if (this.alarm != null) {
			this.alarm.cancel();
		}
	}

	private void reportEnd(XhrOutcome outcome, @Nullable FetchFailure failure, @Nullable XhrException thrown) {
		this.report.ended(new Result(outcome, this.status, failure, this.upload.transmitted(), this.received), thrown);
	}

	/** The last of all: whoever waits until nothing is in flight waits for this, too. */
	private void completed(@Nullable XhrException thrown) {
		try {
			this.completion.completed(thrown);
		}
		finally {
			leave();
		}
	}

	private void leave() {
		InFlight.Entry left = this.inFlight;
		if (left != null) {
			this.inFlight = null;
			this.environment.inFlight().remove(left);
		}
	}

	/**
	 * Abort the request from outside, as its factory is closed.
	 */
	void close() {
		terminate();
		this.lane.callOrPost(() -> {
			if (isRunning()) {
				giveUp();
				abort("the client has been closed");
			}
		});
	}

	private void giveUp() {
		if (!this.givenUp) {
			this.givenUp = true;
			this.environment.inFlight().givenUp();
		}
	}

	/**
	 * Adds bytes to the response.
	 */
	private interface BytesTask {

		/**
		 * Add them.
		 * @return how many chunks are to be asked for
		 */
		int run(ResponseContent content) throws IOException;

	}

}
