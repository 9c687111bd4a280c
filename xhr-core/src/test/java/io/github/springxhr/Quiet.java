package io.github.springxhr;

import java.util.List;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/**
 * While it is open, requests that fail are not logged. For tests where thousands do.
 */
public final class Quiet implements AutoCloseable {

	private final List<Logger> loggers = Stream.of("io.github.springxhr.requests", "reactor.netty")
		.map((name) -> (Logger) LoggerFactory.getLogger(name))
		.toList();

	public Quiet() {
		this.loggers.forEach((logger) -> logger.setLevel(Level.OFF));
	}

	@Override
	public void close() {
		this.loggers.forEach((logger) -> logger.setLevel(null));
	}

}
