package io.github.springxhr;

import java.time.Duration;
import java.util.function.Supplier;

import io.github.springxhr.fetch.ConnectionInfo;
import io.github.springxhr.fetch.ConnectionInfo.Setup;
import io.github.springxhr.fetch.HopFollower;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.HttpRules;
import io.github.springxhr.http.Url;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what happens to one hop, for listeners that ask for hops.
 *
 * <h2>Concurrency</h2> Written on an I/O thread, read in the lane; its lock is held for
 * as long as that takes.
 */
final class HopRecorder implements HopFollower {

	private final boolean preflight;

	private final String method;

	private final Url url;

	private final HeaderList requestHeaders;

	private final Duration started;

	private final ChannelRecorder channel;

	private long requestBytes;

	private int status;

	private String statusText = "";

	private HeaderList responseHeaders = new HeaderList();

	private long responseBytes;

	private boolean ended;

	HopRecorder(Timers timers, Duration started, boolean preflight, NetworkRequest request) {
		this.preflight = preflight;
		this.method = request.method();
		this.url = request.url();
		this.requestHeaders = request.headers();
		this.started = started;
		this.channel = new ChannelRecorder(timers, request.url());
		this.channel.hop(request.body() != null);
	}

	@Override
	public synchronized void connecting(Supplier<Setup> soFar) {
		this.channel.connecting(soFar);
	}

	@Override
	public synchronized void connected(ConnectionInfo connection) {
		this.channel.connected(connection);
	}

	@Override
	public synchronized void requestBodyWritten(long written) {
		this.requestBytes = written;
	}

	@Override
	public synchronized void requestBodyEnd() {
		this.channel.requestSent();
	}

	@Override
	public synchronized void responseHead(int code, String statusMessage, HeaderList headers) {
		this.status = code;
		this.statusText = statusMessage;
		this.responseHeaders = headers.copy();
		this.channel.headersReceived();
	}

	@Override
	public synchronized void bodyChunk(int bytes) {
		this.responseBytes += bytes;
	}

	@Override
	public synchronized void ended() {
		if (!this.ended) {
			this.ended = true;
			this.channel.ended();
		}
	}

	/**
	 * Return what happened. One that was given up ends now.
	 */
	synchronized XhrHop toHop(@Nullable FetchFailure failure) {
		ended();
		return new XhrHop(this.preflight, this.method, this.url.redacted(), this.started, this.requestHeaders,
				this.requestBytes, this.status, this.statusText, this.responseHeaders, this.responseBytes, location(),
				failure, this.channel.toChannel());
	}

	private @Nullable String location() {
		String location = this.responseHeaders.get("Location");
		Url target = (location != null && HttpRules.isRedirectStatus(this.status)) ? Url.parse(location, this.url)
				: null;
		return (target != null) ? target.redacted() : null;
	}

}
