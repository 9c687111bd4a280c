package io.github.springxhr;

import io.github.springxhr.Timers.Alarm;
import io.github.springxhr.XhrListener.ExchangeListener;
import io.github.springxhr.XhrListener.Result;
import io.github.springxhr.fetch.BodyChunk;
import io.github.springxhr.fetch.FetchController;
import io.github.springxhr.fetch.FetchHandler;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.FetchFailure.Phase;
import io.github.springxhr.http.Request;
import io.github.springxhr.http.RequestBody;
import io.github.springxhr.http.Response;
import org.jspecify.annotations.Nullable;

/**
 * One fetch of a request: the local variables of the standard's {@code send()} and the
 * steps it defines. Made by {@code send()}, replaced by {@code open()}.
 *
 * <h2>Concurrency</h2> The callbacks of the fetch come on an I/O thread and only post;
 * everything else runs in the lane. Each posted task first asks whether this exchange is
 * still the one that counts, and after each event that a listener could have answered by
 * {@code abort()} or {@code open()} it asks again. Between the last events it does not
 * ask: they all fire, even if a listener opened the request anew. So the exchange keeps
 * what they need for itself.
 *
 * @see <a href="https://xhr.spec.whatwg.org/#the-send()-method">XMLHttpRequest Standard,
 * send()</a>
 */
final class Exchange implements FetchHandler {

	private final XhrState state;

	private final XhrEvents events;

	private final Lane lane;

	private final XhrEnvironment environment;

	private final Request request;

	private final @Nullable ExchangeListener listener;

	private final long requestBodyLength;

	private final ProgressThrottle uploadThrottle;

	private final ProgressThrottle downloadThrottle;

	private long requestBodyTransmitted;

	private long length;

	private int status;

	private volatile @Nullable FetchController fetchController;

	private boolean fetching;

	private long startNanos;

	private @Nullable Alarm alarm;

	private boolean ended;

	Exchange(XhrState state, XhrEvents events, Lane lane, XhrEnvironment environment, Request request,
			@Nullable ExchangeListener listener) {
		this.state = state;
		this.events = events;
		this.lane = lane;
		this.environment = environment;
		this.request = request;
		this.listener = listener;
		RequestBody body = request.body();
		this.requestBodyLength = (body != null) ? Math.max(0, body.length()) : 0;
		this.uploadThrottle = new ProgressThrottle(environment.timers());
		this.downloadThrottle = new ProgressThrottle(environment.timers());
	}

	/**
	 * Fire the events of the start, then fetch.
	 */
	void start() {
		this.environment.inFlight().add(this);
		this.events.progress(XhrEventType.LOADSTART, 0, 0);
		if (isRunning() && !this.state.uploadComplete && this.state.uploadListener) {
			this.events.uploadProgress(XhrEventType.LOADSTART, 0, this.requestBodyLength);
		}
		if (isRunning()) {
			this.fetching = true;
			this.startNanos = this.environment.timers().nanoTime();
			armTimeout();
			this.fetchController = this.environment.fetcher().fetch(this.request, this);
		}
	}

	/**
	 * Return whether this exchange is the request's current one and has not ended.
	 */
	boolean isRunning() {
		return !this.ended && this.state.exchange == this;
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
			end();
			report(XhrOutcome.SUPERSEDED, null, this.state.receivedBytes.length());
		}
	}

	/**
	 * Set the alarm for what is left of the timeout, which may have changed.
	 */
	void armTimeout() {
		if (this.alarm != null) {
			this.alarm.cancel();
			this.alarm = null;
		}
		int timeout = this.state.timeout;
		if (timeout != 0 && this.fetching && !this.ended) {
			long elapsed = this.environment.timers().nanoTime() - this.startNanos;
			long left = Math.max(0, timeout * 1_000_000L - elapsed);
			this.alarm = this.environment.timers().schedule(this::timeoutPassed, left);
		}
	}

	private void timeoutPassed() {
		terminate();
		this.lane.post(() -> {
			if (isRunning()) {
				this.state.timedOut = true;
				handleErrors();
			}
		});
	}

	@Override
	public void processRequestBodyChunkLength(int bytesLength) {
		this.lane.post(() -> {
			if (!isRunning()) {
				return;
			}
			this.requestBodyTransmitted += bytesLength;
			if (this.uploadThrottle.pass() && this.state.uploadListener && !this.state.uploadComplete) {
				this.events.uploadProgress(XhrEventType.PROGRESS, this.requestBodyTransmitted, this.requestBodyLength);
			}
		});
	}

	@Override
	public void processRequestEndOfBody() {
		this.lane.post(() -> {
			if (!isRunning() || this.state.uploadComplete) {
				return;
			}
			this.state.uploadComplete = true;
			if (!this.state.uploadListener) {
				return;
			}
			long transmitted = this.requestBodyTransmitted;
			this.events.uploadProgress(XhrEventType.PROGRESS, transmitted, this.requestBodyLength);
			if (isRunning()) {
				this.events.uploadProgress(XhrEventType.LOAD, transmitted, this.requestBodyLength);
				this.events.uploadProgress(XhrEventType.LOADEND, transmitted, this.requestBodyLength);
			}
		});
	}

	@Override
	public void processResponse(Response response) {
		this.lane.post(() -> {
			if (!isRunning()) {
				return;
			}
			this.state.response = response;
			handleErrors();
			if (isRunning()) {
				headersReceived(response);
			}
		});
	}

	private void headersReceived(Response response) {
		this.status = response.status();
		this.length = Math.max(0, response.headers().extractLength());
		ReceivedBytes receivedBytes = new ReceivedBytes(response.hasBody() ? this.length : 0);
		this.state.receivedBytes = receivedBytes;
		this.state.textResponse = response.hasBody() ? new TextResponse(response.headers(), receivedBytes) : null;
		if (this.listener != null) {
			this.listener.headersReceived(response.status());
		}
		this.state.transitionTo(XMLHttpRequest.HEADERS_RECEIVED);
		this.events.readyStateChange();
		if (isRunning() && !response.hasBody()) {
			handleResponseEndOfBody();
		}
	}

	@Override
	public void processBodyChunk(BodyChunk chunk) {
		this.lane.post(() -> {
			if (!isRunning() || !this.state.response.hasBody()) {
				chunk.release();
				return;
			}
			try {
				this.state.receivedBytes.append(chunk);
			}
			finally {
				chunk.release();
			}
			bodyProgress();
			pull();
		});
	}

	private void bodyProgress() {
		if (!this.downloadThrottle.pass()) {
			return;
		}
		if (this.state.state() == XMLHttpRequest.HEADERS_RECEIVED) {
			this.state.transitionTo(XMLHttpRequest.LOADING);
		}
		this.events.readyStateChange();
		if (isRunning()) {
			this.events.progress(XhrEventType.PROGRESS, this.state.receivedBytes.length(), this.length);
		}
	}

	private void pull() {
		FetchController controller = this.fetchController;
		if (controller != null && isRunning()) {
			controller.pull();
		}
	}

	@Override
	public void processEndOfBody() {
		this.lane.post(() -> {
			if (isRunning()) {
				handleResponseEndOfBody();
			}
		});
	}

	@Override
	public void processBodyError(FetchFailure failure) {
		this.lane.post(() -> {
			if (isRunning()) {
				this.state.response = new Response.NetworkError(failure);
				handleErrors();
			}
		});
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
		abandonUpload();
		long transmitted = this.state.receivedBytes.length();
		if (isRunning()) {
			this.events.progress(XhrEventType.PROGRESS, transmitted, this.length);
		}
		if (!isRunning()) {
			return;
		}
		this.state.transitionTo(XMLHttpRequest.DONE);
		end();
		this.events.readyStateChange();
		this.events.progress(XhrEventType.LOAD, transmitted, this.length);
		this.events.progress(XhrEventType.LOADEND, transmitted, this.length);
		report(XhrOutcome.ofStatus(this.status), null, transmitted);
	}

	/**
	 * End an upload whose server has answered in full before it had read all of it.
	 * <p>
	 * Deviation: the standard leaves the upload object without an end then.
	 */
	private void abandonUpload() {
		if (this.state.uploadComplete) {
			return;
		}
		this.state.uploadComplete = true;
		if (this.state.uploadListener) {
			this.events.uploadProgress(XhrEventType.ERROR, 0, 0);
			this.events.uploadProgress(XhrEventType.LOADEND, 0, 0);
		}
	}

	/**
	 * Handle errors.
	 * @see <a href="https://xhr.spec.whatwg.org/#handle-errors">Handle errors</a>
	 */
	private void handleErrors() {
		if (this.state.timedOut) {
			requestErrorSteps(XhrEventType.TIMEOUT, FetchFailure.of(FailureKind.TIMEOUT, phase(),
					"it took longer than the timeout of " + this.state.timeout + " ms"));
		}
		else if (this.state.response instanceof Response.NetworkError error) {
			FetchFailure failure = (error.failure() != null) ? error.failure()
					: FetchFailure.of(FailureKind.OTHER, phase(), "there is no response");
			requestErrorSteps(XhrEventType.ERROR, failure);
		}
	}

	/**
	 * What {@code abort()} does to a request in flight.
	 */
	void abort(String reason) {
		requestErrorSteps(XhrEventType.ABORT, FetchFailure.of(FailureKind.ABORT, phase(), reason));
	}

	/**
	 * Request error steps.
	 * @see <a href="https://xhr.spec.whatwg.org/#request-error-steps">Request error
	 * steps</a>
	 */
	private void requestErrorSteps(XhrEventType event, FetchFailure failure) {
		long received = this.state.receivedBytes.length();
		boolean uploadEvents = !this.state.uploadComplete && this.state.uploadListener;
		this.state.uploadComplete = true;
		this.state.transitionTo(XMLHttpRequest.DONE);
		this.state.response = new Response.NetworkError(failure);
		this.state.receivedBytes = new ReceivedBytes(0);
		this.state.textResponse = null;
		terminate();
		end();
		this.events.readyStateChange();
		if (uploadEvents) {
			this.events.uploadProgress(event, 0, 0);
			this.events.uploadProgress(XhrEventType.LOADEND, 0, 0);
		}
		this.events.progress(event, 0, 0);
		this.events.progress(XhrEventType.LOADEND, 0, 0);
		report(outcomeOf(event), failure, received);
	}

	private static XhrOutcome outcomeOf(XhrEventType event) {
		return switch (event) {
			case ABORT -> XhrOutcome.ABORT;
			case TIMEOUT -> XhrOutcome.TIMEOUT;
			default -> XhrOutcome.NETWORK_ERROR;
		};
	}

	private Phase phase() {
		if (this.state.state() >= XMLHttpRequest.HEADERS_RECEIVED) {
			return Phase.BODY;
		}
		return this.state.uploadComplete ? Phase.HEADERS : Phase.REQUEST;
	}

	/** No alarm outlives this, and no task that comes later is heard. */
	private void end() {
		this.ended = true;
		this.state.sendInvoked = false;
		if (this.alarm != null) {
			this.alarm.cancel();
		}
		this.environment.inFlight().remove(this);
	}

	private void report(XhrOutcome outcome, @Nullable FetchFailure failure, long received) {
		if (this.listener != null) {
			this.listener.ended(new Result(outcome, this.status, failure, this.requestBodyTransmitted, received));
		}
	}

	/**
	 * Abort the request from outside, as its factory is closed.
	 */
	void close() {
		terminate();
		this.lane.callOrPost(() -> {
			if (isRunning()) {
				abort("the client has been closed");
			}
		});
	}

}
