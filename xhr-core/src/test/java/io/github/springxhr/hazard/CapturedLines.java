package io.github.springxhr.hazard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

/**
 * What the client logs while it is open, at TRACE: messages, fields and stack traces.
 */
final class CapturedLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private final Logger ours = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("io.github.springxhr");

	private final List<String> lines = new CopyOnWriteArrayList<>();

	CapturedLines() {
		setContext(this.ours.getLoggerContext());
		start();
		this.ours.addAppender(this);
		this.ours.setAdditive(false);
		this.ours.setLevel(Level.TRACE);
	}

	List<String> lines() {
		return List.copyOf(this.lines);
	}

	/** Return what was logged, once a line about a request that ended so is there. */
	List<String> awaitLines(String outcome) {
		Awaitility.await()
			.pollDelay(Duration.ZERO)
			.pollInterval(Duration.ofMillis(1))
			.until(() -> this.lines.stream().anyMatch((line) -> line.contains(", " + outcome)));
		return lines();
	}

	@Override
	protected void append(ILoggingEvent event) {
		List<String> all = new ArrayList<>();
		all.add(event.getFormattedMessage());
		if (event.getKeyValuePairs() != null) {
			event.getKeyValuePairs().forEach((pair) -> all.add(String.valueOf(pair.value)));
		}
		if (event.getThrowableProxy() != null) {
			ThrowableProxyUtil.asString(event.getThrowableProxy()).lines().forEach(all::add);
		}
		// at once: whoever waits for the message wants the rest as well
		this.lines.addAll(all);
	}

	@Override
	public void close() {
		this.ours.detachAppender(this);
		this.ours.setAdditive(true);
		this.ours.setLevel(null);
	}

}
