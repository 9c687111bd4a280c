package io.github.springxhr.reliability;

import java.lang.Thread.UncaughtExceptionHandler;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Hooks;

/**
 * What nobody has caught or released in this JVM while it is open: exceptions that end a
 * thread, errors that Reactor drops, what is logged as a warning or an error, and the
 * buffers that Netty finds to have leaked.
 */
public final class Wreckage extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private static final int ROUNDS = 5;

	private static final String HOOK = Wreckage.class.getName();

	private final Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);

	private final List<String> found = new CopyOnWriteArrayList<>();

	private final UncaughtExceptionHandler previous = Thread.getDefaultUncaughtExceptionHandler();

	public Wreckage() {
		Thread.setDefaultUncaughtExceptionHandler(
				(thread, thrown) -> this.found.add("uncaught in " + thread.getName() + ": " + thrown));
		Hooks.onErrorDropped((dropped) -> {
			this.found.add("dropped: " + dropped);
			if (Boolean.getBoolean("trace")) {
				dropped.printStackTrace();
			}
		});
		setContext(this.root.getLoggerContext());
		setName(HOOK);
		start();
		this.root.addAppender(this);
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (event.getLevel().isGreaterOrEqual(Level.WARN) && !isReported(event)) {
			this.found.add(event.getLevel() + " " + event.getLoggerName() + " " + event.getFormattedMessage());
		}
	}

	/** Each failed request has its line, and Reactor Netty warns of it, too. */
	private static boolean isReported(ILoggingEvent event) {
		return event.getLoggerName().startsWith("io.github.springxhr.requests.") || switch (event.getLoggerName()) {
			case "reactor.netty.http.client.HttpClientConnect" -> event.getMessage().contains("observed an error");
			case "reactor.netty.channel.FluxReceive" -> event.getMessage().contains("post termination");
			default -> false;
		};
	}

	/**
	 * Take what has been found so far.
	 * @return each in words
	 */
	public List<String> take() {
		List<String> taken = List.copyOf(this.found);
		this.found.removeAll(taken);
		return taken;
	}

	/**
	 * Have the garbage collected, and Netty look for buffers in it.
	 */
	void collect() {
		for (int i = 0; i < ROUNDS; i++) {
			System.gc();
			for (int j = 0; j < 100; j++) {
				ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(16);
				buffer.release();
			}
		}
	}

	@Override
	public void close() {
		this.root.detachAppender(this);
		stop();
		Hooks.resetOnErrorDropped();
		Thread.setDefaultUncaughtExceptionHandler(this.previous);
	}

}
