package io.github.springxhr.demo.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.demo.DemoProperties;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The runs under way, so many at most.
 */
@Component
class Runs {

	/** Longer than any scenario takes. */
	private static final Duration TIME_LIMIT = Duration.ofMinutes(2);

	private static final Duration STOP = Duration.ofSeconds(2);

	private final Map<String, Run> active = new ConcurrentHashMap<>();

	private final AtomicLong ids = new AtomicLong();

	private final ExecutorService writers;

	private final Semaphore permits;

	private final Duration heartbeat;

	Runs(DemoProperties properties) {
		CustomizableThreadFactory threads = new CustomizableThreadFactory("demo-run-");
		threads.setDaemon(true);
		this.writers = Executors.newCachedThreadPool(threads);
		this.permits = new Semaphore(properties.maxRuns());
		this.heartbeat = properties.heartbeat();
	}

	/**
	 * Run a scenario.
	 * @param scenario what to run
	 * @param request a new request
	 * @return the stream of its events
	 * @throws RejectedExecutionException if there are too many, or the demo is ending
	 */
	SseEmitter start(Scenario scenario, XMLHttpRequest request) {
		if (!this.permits.tryAcquire()) {
			throw new RejectedExecutionException("too many runs at once");
		}
		String id = String.valueOf(this.ids.incrementAndGet());
		RunStream stream = new RunStream(this.heartbeat);
		Run run = new Run(scenario, request, stream);
		SseEmitter emitter = new SseEmitter(TIME_LIMIT.toMillis());
		this.active.put(id, run);
		try {
			stream.put("run", Map.of("id", id));
			run.start();
			this.writers.execute(() -> {
				stream.writeTo(emitter, run::abort);
				ended(id);
			});
		}
		catch (RuntimeException ex) {
			stream.close();
			run.abort();
			ended(id);
			throw ex;
		}
		return emitter;
	}

	private void ended(String id) {
		this.active.remove(id);
		this.permits.release();
	}

	/**
	 * Abort a run.
	 * @param id its name
	 * @return whether it was under way
	 */
	boolean abort(String id) {
		Run run = this.active.get(id);
		if (run != null) {
			run.abort();
		}
		return run != null;
	}

	int count() {
		return this.active.size();
	}

	/**
	 * End before the web server does, which waits for its open streams.
	 */
	@EventListener(ContextClosedEvent.class)
	void close() throws InterruptedException {
		this.writers.shutdown();
		List.copyOf(this.active.values()).forEach(Run::abort);
		this.writers.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS);
	}

}
