package io.github.springxhr;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import io.github.springxhr.XhrChannel.Phases;
import io.github.springxhr.XhrChannel.Timings;
import io.github.springxhr.fetch.ConnectionInfo;
import io.github.springxhr.fetch.ConnectionInfo.Setup;
import io.github.springxhr.http.Url;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what an exchange's network does.
 *
 * <h2>Concurrency</h2> Written on I/O threads and in the lane, read from any thread;
 * every field is volatile and stands for itself.
 */
final class ChannelRecorder {

	private static final long NONE = -1;

	private static final Setup NO_SETUP = new Setup(null, null, null);

	private final Timers timers;

	private final Url requestUrl;

	private volatile long start;

	/** When the last hop was started. */
	private volatile long hop = NONE;

	private volatile long connected = NONE;

	private volatile long requestSent = NONE;

	private volatile long headersReceived = NONE;

	private volatile long ended = NONE;

	/** Whether the last hop has a body to send. */
	private volatile boolean sending;

	/** What is known of a connection that is being made. */
	private volatile @Nullable Supplier<Setup> connecting;

	/** What was known of it at the end. */
	private volatile Setup unfinished = NO_SETUP;

	private volatile @Nullable ConnectionInfo connection;

	private volatile @Nullable List<Url> urlList;

	ChannelRecorder(Timers timers, Url requestUrl) {
		this.timers = timers;
		this.requestUrl = requestUrl;
		this.start = timers.nanoTime();
	}

	Url requestUrl() {
		return this.requestUrl;
	}

	void started() {
		this.start = this.timers.nanoTime();
	}

	/**
	 * Return when the exchange was started, by the timers.
	 */
	long start() {
		return this.start;
	}

	/**
	 * A hop is about to be sent.
	 */
	void hop(boolean body) {
		if (isEnded()) {
			return;
		}
		this.connecting = null;
		this.connected = NONE;
		this.sending = body;
		this.hop = elapsed();
	}

	/**
	 * A preflight is about to be sent, which is no hop of the request's own.
	 */
	void noHop() {
		if (isEnded()) {
			return;
		}
		this.connecting = null;
		this.connected = NONE;
		this.hop = NONE;
	}

	void connecting(Supplier<Setup> soFar) {
		if (!isEnded()) {
			this.connecting = soFar;
		}
	}

	void connected(ConnectionInfo info) {
		if (!isEnded()) {
			this.connecting = null;
			this.connection = info;
			this.connected = elapsed();
		}
	}

	void requestSent() {
		if (!isEnded()) {
			this.requestSent = elapsed();
		}
	}

	void urls(List<Url> urls) {
		this.urlList = urls;
	}

	void headersReceived() {
		if (!isEnded()) {
			this.headersReceived = elapsed();
		}
	}

	void ended() {
		Supplier<Setup> soFar = this.connecting;
		if (soFar != null) {
			this.unfinished = soFar.get();
			this.connecting = null;
		}
		this.ended = elapsed();
	}

	/** What comes from the network after the end is too late to be a part of it. */
	private boolean isEnded() {
		return this.ended != NONE;
	}

	/**
	 * Return the time since the exchange was started.
	 */
	Duration age() {
		return Duration.ofNanos(elapsed());
	}

	private long elapsed() {
		return this.timers.nanoTime() - this.start;
	}

	XhrChannel toChannel() {
		ConnectionInfo info = this.connection;
		List<Url> urls = this.urlList;
		List<String> texts = ((urls != null) ? urls : List.of(this.requestUrl)).stream().map(Url::redacted).toList();
		Timings timings = new Timings(duration(this.connected), duration(this.requestSent),
				duration(this.headersReceived), duration(this.ended), phases(info));
		if (info == null) {
			return new XhrChannel(texts, null, null, null, null, null, false, timings);
		}
		return new XhrChannel(texts, info.protocol(), info.localAddress(), info.remoteAddress(), info.tlsProtocol(),
				info.tlsCipherSuite(), info.reused(), timings);
	}

	private Phases phases(@Nullable ConnectionInfo info) {
		long begun = this.connected;
		if (begun == NONE) {
			return unconnected(this.unfinished);
		}
		Setup setup = (info != null && info.setup() != null) ? info.setup() : NO_SETUP;
		long headers = this.headersReceived;
		// that of a hop before counts as none, as does one after the response
		boolean late = headers != NONE && this.requestSent > headers;
		long written = (this.requestSent < begun || late) ? NONE : this.requestSent;
		// what goes on when the exchange ends, ends with it
		long until = (headers != NONE) ? headers : this.ended;
		boolean unsent = this.sending && written == NONE && headers == NONE;
		return new Phases(queue(begun, setup), setup.resolve(), setup.connect(), setup.tls(),
				between(begun, unsent ? until : written),
				unsent ? null : between((written != NONE) ? written : begun, until), between(headers, this.ended));
	}

	private Phases unconnected(Setup setup) {
		return new Phases(queue(this.ended, setup), setup.resolve(), setup.connect(), setup.tls(), null, null, null);
	}

	/** What is left of the time before there was a connection. */
	private @Nullable Duration queue(long until, Setup setup) {
		Duration whole = between(this.hop, until);
		return (whole != null)
				? notNegative(
						whole.minus(orZero(setup.resolve())).minus(orZero(setup.connect())).minus(orZero(setup.tls())))
				: null;
	}

	private static @Nullable Duration between(long from, long to) {
		return (from != NONE && to != NONE) ? notNegative(Duration.ofNanos(to - from)) : null;
	}

	/** The clock of connections is another one. */
	private static Duration notNegative(Duration duration) {
		return duration.isNegative() ? Duration.ZERO : duration;
	}

	private static Duration orZero(@Nullable Duration duration) {
		return (duration != null) ? duration : Duration.ZERO;
	}

	private static @Nullable Duration duration(long nanos) {
		return (nanos != NONE) ? Duration.ofNanos(nanos) : null;
	}

}
