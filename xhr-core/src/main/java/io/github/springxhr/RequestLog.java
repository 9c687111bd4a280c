package io.github.springxhr;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.util.ClassUtils;

/**
 * Writes a line about each request that has ended, to a logger for each client,
 * {@code io.github.springxhr.requests.<client>}: a failure or a timeout at WARN,
 * everything else at DEBUG. With SLF4J the line has fields as well.
 * <p>
 * No {@link XhrListener}, as there is one for all requests, and one that is not wanted
 * would cost each of them its scope and its context.
 */
abstract class RequestLog {

	private static final boolean SLF4J = ClassUtils.isPresent("org.slf4j.spi.LoggingEventBuilder",
			RequestLog.class.getClassLoader());

	static RequestLog of(String client) {
		String name = "io.github.springxhr.requests." + RequestLine.escape(client);
		return (SLF4J && Slf4jRequestLog.isBound()) ? new Slf4jRequestLog(name)
				: new PlainRequestLog(LogFactory.getLog(name));
	}

	/**
	 * Return whether a request that ended so is written down. To be asked first, so that
	 * one that is not costs nothing.
	 */
	final boolean takes(XhrOutcome outcome) {
		return isFailure(outcome) ? takesWarnings() : takesDetails();
	}

	private static boolean isFailure(XhrOutcome outcome) {
		return switch (outcome) {
			case NETWORK_ERROR, CORS_ERROR, TIMEOUT -> true;
			case SUCCESS, REDIRECTION, CLIENT_ERROR, SERVER_ERROR, ABORT, SUPERSEDED -> false;
		};
	}

	/**
	 * Write a line. What an appender throws is dropped: the request has to go on.
	 */
	final void ended(RequestLine line) {
		try {
			write(isFailure(line.result().outcome()), line);
		}
		catch (Throwable ex) {
			// where to would it be logged?
		}
	}

	abstract boolean takesWarnings();

	abstract boolean takesDetails();

	abstract void write(boolean warning, RequestLine line);

	/**
	 * Text only.
	 */
	private static final class PlainRequestLog extends RequestLog {

		private final Log logger;

		PlainRequestLog(Log logger) {
			this.logger = logger;
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
			if (warning) {
				this.logger.warn(line.text());
			}
			else {
				this.logger.debug(line.text());
			}
		}

	}

}
