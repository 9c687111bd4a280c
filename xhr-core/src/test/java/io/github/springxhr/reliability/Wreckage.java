package io.github.springxhr.reliability;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.github.springxhr.fixture.LeftoversGuard;
import org.slf4j.LoggerFactory;

/**
 * What nobody has caught or released in this JVM while it is open: what
 * {@link LeftoversGuard} hears of, taken after each request instead of at the end of the
 * class, and what is logged as a warning or an error, as leaks are that Netty finds.
 */
public final class Wreckage extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private final Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);

	private final List<String> logged = new CopyOnWriteArrayList<>();

	private final AtomicInteger afterResponse = new AtomicInteger();

	public Wreckage() {
		setContext(this.root.getLoggerContext());
		setName(Wreckage.class.getName());
		start();
		this.root.addAppender(this);
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (isAfterResponse(event)) {
			this.afterResponse.incrementAndGet();
		}
		else if (event.getLevel().isGreaterOrEqual(Level.WARN) && !isReported(event)) {
			this.logged.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage());
		}
	}

	/** Each failed request has its line, and Reactor Netty warns of it, too. */
	private static boolean isReported(ILoggingEvent event) {
		return event.getLoggerName().startsWith("io.github.springxhr.requests.")
				|| (event.getLoggerName().equals("reactor.netty.http.client.HttpClientConnect")
						&& event.getMessage().contains("observed an error"));
	}

	/**
	 * Reactor Netty says so when a connection fails whose response has been received, has
	 * failed or has been cancelled, so that there is nobody to tell of it. Nothing is
	 * lost: what was asked for on it has had its end, and the connection is closed. Of
	 * which request it was is not said, so they are only counted.
	 */
	private static boolean isAfterResponse(ILoggingEvent event) {
		return event.getLoggerName().equals("reactor.netty.channel.FluxReceive")
				&& event.getMessage().contains("post termination");
	}

	/**
	 * Take what has been found so far.
	 * @return each in words
	 */
	public List<String> take() {
		List<String> taken = new ArrayList<>(this.logged);
		this.logged.removeAll(taken);
		taken.addAll(LeftoversGuard.take());
		return taken;
	}

	/**
	 * Return how often a connection has failed after its response had ended.
	 */
	int afterResponse() {
		return this.afterResponse.get();
	}

	@Override
	public void close() {
		this.root.detachAppender(this);
		stop();
	}

}
