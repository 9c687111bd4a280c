package io.github.springxhr;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.springxhr.fetch.NetworkExchange;
import io.github.springxhr.fetch.NetworkHandler;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.fetch.NetworkTransport;
import io.github.springxhr.http.HeaderList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A timeout, a response and {@code abort()} at the same moment, two of them or all three,
 * from as many threads, over a network that is the test. One of them wins, and one only
 * is told. Every other request has a body, whose end is told once as well. The guards
 * against a second end cover each other: one that is missing shows in an illegal
 * transition, which fails the task or the call that comes too late. How many races is the
 * system property {@code xhr.test.races}.
 */
class RacesTests {

	private static final int RACES = Integer.getInteger("xhr.test.races", 20_000);

	private static final long SEED = Long.getLong("xhr.test.seed", 20260514);

	private static final int IN_FLIGHT = 256;

	private static final List<String> ENDS = List.of("load", "error", "abort", "timeout");

	private static final int RESPONSE = 1;

	private static final int ABORT = 2;

	private static final int TIMEOUT = 4;

	/** Who takes part: two of them, or all. */
	private static final int[] RACERS = { RESPONSE | ABORT, RESPONSE | TIMEOUT, ABORT | TIMEOUT,
			RESPONSE | ABORT | TIMEOUT };

	private static final long SPREAD_NANOS = 20_000;

	private static final int SPINS = 1_000;

	private static final long STEP_NANOS = 50;

	private static final long MAX_HEAD_START_NANOS = 200_000;

	private final ExecutorService network = Executors.newSingleThreadExecutor();

	private final ExecutorService caller = Executors.newSingleThreadExecutor();

	private final AtomicIntegerArray ends = new AtomicIntegerArray(RACES * ENDS.size());

	private final AtomicIntegerArray loadends = new AtomicIntegerArray(RACES);

	private final AtomicIntegerArray uploadEnds = new AtomicIntegerArray(RACES);

	private final AtomicIntegerArray uploadLoadends = new AtomicIntegerArray(RACES);

	private final AtomicIntegerArray races = new AtomicIntegerArray(RACERS.length);

	/** A response takes the most steps to its end: how much later the others start. */
	private final AtomicLong headStart = new AtomicLong();

	private final Semaphore free = new Semaphore(IN_FLIGHT);

	private final RacingTimers timers = new RacingTimers();

	private final RacingTransport transport = new RacingTransport();

	private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

	private final ListAppender<ILoggingEvent> laneErrors = new ListAppender<>();

	@BeforeEach
	void watchTheLane() {
		this.laneErrors.start();
		((Logger) LoggerFactory.getLogger(Lane.class)).addAppender(this.laneErrors);
	}

	@AfterEach
	void leaveTheLane() {
		((Logger) LoggerFactory.getLogger(Lane.class)).detachAppender(this.laneErrors);
	}

	@Test
	@SuppressWarnings("try")
	void oneWinsAndOneOnlyIsTold() throws InterruptedException {
		Random random = new Random(SEED);
		XhrFactoryBuilder builder = XhrFactory.builder(WebClient.builder())
			.baseUrl("http://server.test/")
			.transport(this.transport);
		builder.timers(this.timers);
		try (Quiet quiet = new Quiet(); XhrFactory factory = builder.build()) {
			for (int i = 0; i < RACES; i++) {
				assertThat(this.free.tryAcquire(30, TimeUnit.SECONDS)).as("one of " + IN_FLIGHT + " has ended")
					.isTrue();
				race(factory.create(), i, random);
			}
			assertThat(this.free.tryAcquire(IN_FLIGHT, 30, TimeUnit.SECONDS)).as("all have ended").isTrue();
			finish(this.network, this.caller, this.timers.ringing);
		}
		Map<String, Integer> won = new TreeMap<>();
		for (int i = 0; i < RACES; i++) {
			int count = 0;
			for (int j = 0; j < ENDS.size(); j++) {
				int times = this.ends.get(i * ENDS.size() + j);
				count += times;
				won.merge(ENDS.get(j), times, Integer::sum);
			}
			assertThat(count).as("ends of race " + i).isOne();
			assertThat(this.loadends.get(i)).as("loadends of race " + i).isOne();
			assertThat(this.uploadEnds.get(i)).as("ends of the upload of race " + i).isEqualTo(i % 2);
			assertThat(this.uploadLoadends.get(i)).as("loadends of the upload of race " + i).isEqualTo(i % 2);
		}
		System.out.printf(
				"races: %d, of response and abort %d, response and timeout %d, abort and timeout %d, all three %d; "
						+ "won by %s%n",
				RACES, this.races.get(0), this.races.get(1), this.races.get(2), this.races.get(3), won);
		assertThat(won.get("error")).isZero();
		assertThat(this.failures).isEmpty();
		assertThat(this.laneErrors.list).isEmpty();
		assertThat(List.of(won.get("load"), won.get("abort"), won.get("timeout"))).as("each wins at times")
			.allMatch((count) -> count > RACES / 100);
	}

	private void race(XMLHttpRequest xhr, int index, Random random) throws InterruptedException {
		for (int i = 0; i < ENDS.size(); i++) {
			int end = index * ENDS.size() + i;
			xhr.addEventListener(ENDS.get(i), (event) -> this.ends.incrementAndGet(end));
			xhr.getUpload().addEventListener(ENDS.get(i), (event) -> this.uploadEnds.incrementAndGet(index));
		}
		xhr.getUpload().setOnloadend((event) -> this.uploadLoadends.incrementAndGet(index));
		xhr.setOnloadend((event) -> {
			if (this.loadends.incrementAndGet(index) == 1) {
				this.free.release();
			}
		});
		int chosen = random.nextInt(RACERS.length);
		this.races.incrementAndGet(chosen);
		int racers = RACERS[chosen];
		boolean hasBody = index % 2 == 1;
		if ((racers & RESPONSE) != 0) {
			keepTheRaceEven(xhr);
		}
		xhr.open(hasBody ? "POST" : "GET", "");
		xhr.setTimeout(1);
		xhr.send(hasBody ? "content" : null);
		NetworkHandler handler = this.transport.handler;
		Runnable alarm = this.timers.alarm;
		AtomicInteger missing = new AtomicInteger(Integer.bitCount(racers));
		long later = this.headStart.get();
		run(this.network, (racers & RESPONSE) != 0, missing, delay(random), () -> {
			if (hasBody) {
				handler.requestBodyEnd();
			}
			handler.responseHead(200, "OK", new HeaderList());
			handler.bodyEnd();
		});
		run(this.caller, (racers & ABORT) != 0, missing, later + delay(random), xhr::abort);
		run(this.timers.ringing, (racers & TIMEOUT) != 0, missing, later + delay(random), alarm);
	}

	/**
	 * So that a response wins about a third of its races, whatever the machine is like.
	 */
	private void keepTheRaceEven(XMLHttpRequest xhr) {
		xhr.setOnload((event) -> changeHeadStart(-2 * STEP_NANOS));
		xhr.setOnabort((event) -> changeHeadStart(STEP_NANOS));
		xhr.setOntimeout((event) -> changeHeadStart(STEP_NANOS));
	}

	private void changeHeadStart(long nanos) {
		this.headStart.updateAndGet((current) -> Math.max(0, Math.min(MAX_HEAD_START_NANOS, current + nanos)));
	}

	private static long delay(Random random) {
		return (long) (random.nextDouble() * SPREAD_NANOS);
	}

	private void run(ExecutorService thread, boolean takesPart, AtomicInteger missing, long delay, Runnable act) {
		if (takesPart) {
			thread.execute(() -> {
				meet(missing);
				long due = System.nanoTime() + delay;
				while (System.nanoTime() < due) {
					Thread.onSpinWait();
				}
				try {
					act.run();
				}
				catch (Throwable ex) {
					this.failures.add(ex);
				}
			});
		}
	}

	/**
	 * Waits until all who race are here. There may be fewer processors than threads.
	 */
	private static void meet(AtomicInteger missing) {
		missing.decrementAndGet();
		for (int i = 0; missing.get() > 0; i++) {
			if (i < SPINS) {
				Thread.onSpinWait();
			}
			else {
				Thread.yield();
			}
		}
	}

	private static void finish(ExecutorService... threads) throws InterruptedException {
		for (ExecutorService thread : threads) {
			thread.shutdown();
			assertThat(thread.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	/** Keeps the last alarm, which the test rings. */
	private static final class RacingTimers implements Timers {

		private final ExecutorService ringing = Executors.newSingleThreadExecutor();

		private volatile Runnable alarm = () -> {
		};

		private final AtomicInteger now = new AtomicInteger();

		@Override
		public long nanoTime() {
			return this.now.addAndGet(1);
		}

		@Override
		public Alarm schedule(Runnable task, long delayNanos) {
			this.alarm = task;
			return () -> {
			};
		}

	}

	/** Keeps the last exchange, which the test answers. */
	private static final class RacingTransport implements NetworkTransport {

		private volatile NetworkHandler handler;

		@Override
		public NetworkExchange start(NetworkRequest request, NetworkHandler handler) {
			this.handler = handler;
			return new NetworkExchange() {

				@Override
				public void request(long chunks) {
				}

				@Override
				public void cancel() {
				}

			};
		}

		@Override
		public void close() {
		}

	}

}
