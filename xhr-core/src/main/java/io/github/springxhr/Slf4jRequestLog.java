package io.github.springxhr;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Text and fields. Loaded only if SLF4J 2 is there.
 */
final class Slf4jRequestLog extends RequestLog {

	private final Logger logger;

	Slf4jRequestLog(String name) {
		this.logger = LoggerFactory.getLogger(name);
	}

	/** Without a provider it would swallow what Commons Logging writes elsewhere. */
	static boolean isBound() {
		return !(LoggerFactory.getILoggerFactory() instanceof NOPLoggerFactory);
	}

	@Override
	boolean takesWarnings() {
		return this.logger.isWarnEnabled();
	}

	@Override
	boolean takesDetails() {
		return this.logger.isDebugEnabled();
	}

	@Override
	void write(boolean warning, RequestLine line) {
		LoggingEventBuilder event = warning ? this.logger.atWarn() : this.logger.atDebug();
		line.forEachField(event::addKeyValue);
		event.log(line.text());
	}

}
