package io.github.springxhr.demo.run;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.demo.DemoProperties;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/**
 * The runs under way, so many at most.
 */
@Component
class Runs {

	private static final Duration STOP = Duration.ofSeconds(2);

	private final Map<String, Run> active = new ConcurrentHashMap<>();

	private final AtomicLong ids = new AtomicLong();

	private final ScheduledExecutorService threads;

	private final Semaphore permits;

	private final Duration heartbeat;

	private final XhrFactory xhrFactory;

	private final Bodies bodies;

	Runs(DemoProperties properties, XhrFactory xhrFactory, Bodies bodies) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory("demo-run-");
		factory.setDaemon(true);
		this.threads = Executors.newScheduledThreadPool(properties.maxRuns() + 2, factory);
		this.permits = new Semaphore(properties.maxRuns());
		this.heartbeat = properties.heartbeat();
		this.xhrFactory = xhrFactory;
		this.bodies = bodies;
	}

	/**
	 * Run what is specified.
	 * @param spec a specification that is valid
	 * @return what happens
	 * @throws RejectedExecutionException if there are too many, or the demo is ending
	 */
	Flux<ServerSentEvent<Object>> start(Spec spec) {
		Object body = this.bodies.make(spec.body());
		if (!this.permits.tryAcquire()) {
			throw new RejectedExecutionException("too many runs at once");
		}
		String id = String.valueOf(this.ids.incrementAndGet());
		Sinks.Many<Message> sink = Sinks.many().unicast().onBackpressureBuffer();
		XMLHttpRequest request = this.xhrFactory.create();
		Run run = new Run(spec, request, listener(sink), this.threads);
		this.active.put(id, run);
		sink.tryEmitNext(new Message("run", Map.of("id", id)));
		return sink.asFlux()
			.map(Runs::event)
			.doOnSubscribe((subscription) -> this.threads.execute(() -> start(run, body, sink)))
			.mergeWith(Flux.interval(this.heartbeat).onBackpressureDrop().map((tick) -> comment()))
			.takeUntil((event) -> "end".equals(event.event()))
			.doOnCancel(request::abort)
			.doFinally((signal) -> ended(id, spec));
	}

	private static void start(Run run, @Nullable Object body, Sinks.Many<Message> sink) {
		try {
			run.start(body);
		}
		catch (RuntimeException ex) {
			sink.tryEmitError(ex);
		}
	}

	/** Listeners are called in turn, but the last message comes from another thread. */
	private static Consumer<Message> listener(Sinks.Many<Message> sink) {
		Object lock = new Object();
		return (message) -> {
			synchronized (lock) {
				sink.tryEmitNext(message);
			}
		};
	}

	private static ServerSentEvent<Object> event(Message message) {
		return ServerSentEvent.builder(message.data()).event(message.name()).build();
	}

	/** A silent connection does not tell that its reader has gone, so say something. */
	private static ServerSentEvent<Object> comment() {
		return ServerSentEvent.builder().comment("still there?").build();
	}

	private void ended(String id, Spec spec) {
		if (this.active.remove(id) != null) {
			this.permits.release();
			this.bodies.release(spec.body());
		}
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

	/**
	 * End before the web server does, which waits for its open streams.
	 */
	@EventListener(ContextClosedEvent.class)
	void close() throws InterruptedException {
		List.copyOf(this.active.values()).forEach(Run::abort);
		this.threads.shutdown();
		this.threads.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS);
	}

}
