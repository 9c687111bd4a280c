package io.github.springxhr;

import java.time.Duration;
import java.util.List;

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

	void connected(ConnectionInfo info) {
		this.connection = info;
		this.connected = elapsed();
	}

	void requestSent() {
		this.requestSent = elapsed();
	}

	void urls(List<Url> urls) {
		this.urlList = urls;
		this.connected = NONE;
		this.hop = elapsed();
	}

	void headersReceived() {
		this.headersReceived = elapsed();
	}

	void ended() {
		this.ended = elapsed();
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
		Setup setup = (info != null && info.setup() != null && this.connected != NONE) ? info.setup() : NO_SETUP;
		Duration queue = between(this.hop, this.connected);
		if (queue != null) {
			queue = notNegative(
					queue.minus(orZero(setup.resolve())).minus(orZero(setup.connect())).minus(orZero(setup.tls())));
		}
		// that of a hop before counts as none, as does one after the response
		boolean late = this.headersReceived != NONE && this.requestSent > this.headersReceived;
		long written = (this.requestSent < this.connected || late) ? NONE : this.requestSent;
		return new Phases(queue, setup.resolve(), setup.connect(), setup.tls(), between(this.connected, written),
				between((written != NONE) ? written : this.connected, this.headersReceived),
				between(this.headersReceived, this.ended));
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
