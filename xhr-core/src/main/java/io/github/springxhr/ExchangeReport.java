package io.github.springxhr;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.github.springxhr.XhrListener.ExchangeListener;
import io.github.springxhr.XhrListener.Result;
import io.github.springxhr.XhrListener.Scope;
import io.github.springxhr.XhrListener.Sending;
import io.github.springxhr.fetch.HopFollower;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.UriTemplates;
import io.github.springxhr.http.Url;
import org.jspecify.annotations.Nullable;

/**
 * Tells those who follow an exchange how it goes and how it ended: the listener, the
 * request log, and whoever waits for the end.
 *
 * <h2>Concurrency</h2> Used by the lane only, but for what reads final fields alone:
 * {@link #isFollowed}, {@link #context}, {@link #hop} and {@link #uri}.
 */
final class ExchangeReport {

	private final XhrEnvironment environment;

	private final ChannelRecorder channel;

	private final String method;

	private final @Nullable String uriTemplate;

	private final Completion completion;

	private final @Nullable ExchangeListener listener;

	/** What went over the network, if the listener wants it. */
	private final @Nullable List<HopRecorder> hops;

	/** How the exchange ended, to be told when no scope of the listener is open. */
	private @Nullable Runnable endReport;

	private boolean inScope;

	ExchangeReport(XhrEnvironment environment, ChannelRecorder channel, String method, @Nullable String uriTemplate,
			boolean background, XhrListener listener, Completion completion) {
		this.environment = environment;
		this.channel = channel;
		this.method = method;
		this.uriTemplate = uriTemplate;
		this.completion = completion;
		this.listener = listener.sent(new Sending(method, uriTemplate, background, channel::toChannel));
		this.hops = (this.listener != null && this.listener.wantsHops()) ? new CopyOnWriteArrayList<>() : null;
	}

	/**
	 * Run a task with what the listener wants to be current, and then tell it of the end
	 * if that was the last one.
	 */
	void inScope(Runnable task) {
		if (this.inScope || this.listener == null) {
			task.run();
			return;
		}
		this.inScope = true;
		try {
			withScopeOf(this.listener, task);
		}
		finally {
			this.inScope = false;
			reportEnd();
		}
	}

	private static void withScopeOf(ExchangeListener listener, Runnable task) {
		Scope scope = listener.open();
		try {
			task.run();
		}
		finally {
			scope.close();
		}
	}

	boolean isInScope() {
		return this.inScope;
	}

	boolean isFollowed() {
		return this.listener != null;
	}

	/**
	 * Give news to the listener, if there is one.
	 */
	void tell(Consumer<ExchangeListener> news) {
		if (this.listener != null) {
			news.accept(this.listener);
		}
	}

	/**
	 * Return what travels with the request through the transport.
	 */
	Map<Object, Object> context() {
		return (this.listener != null) ? this.listener.context() : Map.of();
	}

	/**
	 * A hop is about to be sent.
	 * @return what is to be told of it, if anything
	 */
	@Nullable HopFollower hop(boolean preflight, NetworkRequest sent) {
		if (this.hops == null) {
			return null;
		}
		HopRecorder hop = new HopRecorder(this.environment.timers(), this.channel.age(), preflight, sent);
		this.hops.add(hop);
		return hop;
	}

	/**
	 * Return a URL as it may be shown: the template it was made from, or itself without
	 * what may be secret.
	 */
	String uri(Url url) {
		String template = url.isHttp() ? UriTemplates.redacted(this.uriTemplate) : null;
		return (template != null) ? template : url.redacted();
	}

	/**
	 * Tell how the exchange ended: the log at once, as the scope is open that has the ids
	 * of its trace, and others when that is closed.
	 * @param thrown what a synchronous caller would get, or {@code null} for a response
	 */
	void ended(Result result, @Nullable XhrException thrown) {
		log(result);
		if (this.listener == null) {
			this.completion.completed(thrown);
			return;
		}
		this.listener.ending(result);
		List<XhrHop> told = hops(result.failure());
		this.endReport = () -> {
			if (told != null) {
				this.listener.hops(told);
			}
			this.listener.ended(result);
			this.completion.completed(thrown);
		};
	}

	private void log(Result result) {
		RequestLog log = this.environment.requestLog();
		if (log.takes(result.outcome())) {
			log.ended(new RequestLine(this.environment.name(), this.method, uri(this.channel.requestUrl()), result,
					this.channel.toChannel()));
		}
	}

	/** The last hop is the one that failed. */
	private @Nullable List<XhrHop> hops(@Nullable FetchFailure failure) {
		if (this.hops == null) {
			return null;
		}
		int last = this.hops.size() - 1;
		return IntStream.rangeClosed(0, last)
			.mapToObj((index) -> this.hops.get(index).toHop((index == last) ? failure : null))
			.toList();
	}

	private void reportEnd() {
		Runnable report = this.endReport;
		if (report != null) {
			this.endReport = null;
			report.run();
		}
	}

}
