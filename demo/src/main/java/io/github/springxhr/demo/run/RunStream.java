package io.github.springxhr.demo.run;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Carries a run's events to the page, as server-sent events.
 *
 * <h2>Concurrency</h2> The request's listeners put, a thread of the run's own writes. A
 * page that reads slowly fills the queue; then the listeners block, the request asks the
 * network for no more, and it is the upstream that waits. When the page has gone the
 * stream is closed, so that nobody waits for it.
 */
final class RunStream {

	private static final Logger logger = LoggerFactory.getLogger(RunStream.class);

	private static final int CAPACITY = 256;

	private final BlockingQueue<Message> queue = new LinkedBlockingQueue<>(CAPACITY);

	private final long heartbeat;

	private volatile boolean closed;

	/**
	 * Create a stream.
	 * @param heartbeat how long to be silent at most
	 */
	RunStream(Duration heartbeat) {
		this.heartbeat = heartbeat.toMillis();
	}

	void put(String name, Object data) {
		put(new Message(name, () -> data, false));
	}

	/**
	 * Add the last event.
	 * @param name its name
	 * @param data makes its data, in the writer's thread
	 */
	void putLast(String name, Supplier<Object> data) {
		put(new Message(name, data, true));
	}

	private void put(Message message) {
		try {
			boolean added = false;
			while (!added && !this.closed) {
				added = this.queue.offer(message, this.heartbeat, TimeUnit.MILLISECONDS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	void close() {
		this.closed = true;
	}

	/**
	 * Write the events until the last one.
	 * @param emitter where to
	 * @param abandoned called when nobody reads them any more
	 */
	void writeTo(SseEmitter emitter, Runnable abandoned) {
		try {
			boolean last = false;
			while (!last && !this.closed) {
				Message message = this.queue.poll(this.heartbeat, TimeUnit.MILLISECONDS);
				write(message, emitter);
				last = (message != null) && message.last();
			}
			emitter.complete();
		}
		catch (IOException | IllegalStateException | InterruptedException ex) {
			logger.debug("Nobody reads the events any more", ex);
			close();
			abandoned.run();
		}
	}

	/** A silent connection does not tell that its reader has gone, so say something. */
	private static void write(@Nullable Message message, SseEmitter emitter) throws IOException {
		emitter.send((message != null) ? SseEmitter.event().name(message.name()).data(message.data().get())
				: SseEmitter.event().comment("still there?"));
	}

	private record Message(String name, Supplier<Object> data, boolean last) {

	}

}
