package io.github.springxhr;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * All that is logged in the JVM while it is open: by us at TRACE, by others at DEBUG. It
 * takes the place of the other appenders.
 */
final class CapturedLog implements AutoCloseable {

	private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

	private final Logger root = this.context.getLogger(Logger.ROOT_LOGGER_NAME);

	private final Logger ours = this.context.getLogger("io.github.springxhr");

	private final Level rootLevel = this.root.getLevel();

	private final List<Appender<ILoggingEvent>> others = new ArrayList<>();

	private final Lines lines = new Lines();

	CapturedLog() {
		this.root.iteratorForAppenders().forEachRemaining(this.others::add);
		this.others.forEach(this.root::detachAppender);
		this.lines.setContext(this.context);
		this.lines.start();
		this.root.addAppender(this.lines);
		this.root.setLevel(Level.DEBUG);
		this.ours.setLevel(Level.TRACE);
	}

	/**
	 * Return what was logged: the logger, the message, its arguments, and the stack trace
	 * of what was thrown.
	 */
	List<String> lines() {
		return List.copyOf(this.lines.texts);
	}

	/**
	 * Return the fields of what was logged by a logger whose name starts so, line by
	 * line.
	 */
	List<Map<String, Object>> fields(String logger) {
		return this.lines.events.stream().filter((event) -> event.getLoggerName().startsWith(logger)).map((event) -> {
			Map<String, Object> fields = new LinkedHashMap<>();
			event.getKeyValuePairs().forEach((pair) -> fields.put(pair.key, pair.value));
			return fields;
		}).toList();
	}

	/** Log by us at another level. */
	void level(Level level) {
		this.ours.setLevel(level);
	}

	@Override
	public void close() {
		this.root.detachAppender(this.lines);
		this.others.forEach(this.root::addAppender);
		this.root.setLevel(this.rootLevel);
		this.ours.setLevel(null);
	}

	private static final class Lines extends AppenderBase<ILoggingEvent> {

		private final List<String> texts = new CopyOnWriteArrayList<>();

		private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

		@Override
		protected void append(ILoggingEvent event) {
			String thrown = (event.getThrowableProxy() != null) ? ThrowableProxyUtil.asString(event.getThrowableProxy())
					: "";
			this.events.add(event);
			this.texts.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage() + thrown);
		}

	}

}
