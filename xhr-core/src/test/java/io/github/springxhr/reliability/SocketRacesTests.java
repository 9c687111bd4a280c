package io.github.springxhr.reliability;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.github.springxhr.Quiet;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrListener;
import io.github.springxhr.XhrListener.Connections;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code abort()} at about the moment when a response arrives. Every request ends once,
 * every connection is given back or closed. How many is the system property
 * {@code xhr.test.socket-races}.
 */
class SocketRacesTests {

	private static final int RACES = Integer.getInteger("xhr.test.socket-races", 2000);

	private static final long SEED = Long.getLong("xhr.test.seed", 20260514);

	private static final int IN_FLIGHT = 16;

	/** Half of the responses take less. */
	private final AtomicReference<Double> usualNanos = new AtomicReference<>(1_000_000.0);

	private final Map<String, AtomicInteger> ends = new ConcurrentHashMap<>();

	private final List<String> wrong = new CopyOnWriteArrayList<>();

	private final Semaphore free = new Semaphore(IN_FLIGHT);

	private final ScheduledExecutorService aborts = Executors.newScheduledThreadPool(2);

	@Test
	@SuppressWarnings("try")
	void everyRequestEndsOnceAndGivesItsConnectionBack() throws Exception {
		AtomicReference<Supplier<Connections>> pool = new AtomicReference<>();
		Random random = new Random(SEED);
		try (Quiet quiet = new Quiet();
				Wreckage wreckage = new Wreckage();
				FaultServer server = FaultServer.start((connection) -> connection
					.forever((exchange) -> exchange.readRequest().send(Responses.chunked("hello, ", "world"))));
				XhrFactory factory = XhrFactory.builder(WebClient.builder())
					.baseUrl(server.url("/"))
					.listener(new PoolWatch(pool))
					.build()) {
			for (int i = 0; i < RACES; i++) {
				this.free.acquire();
				race(factory.create(), random.nextDouble());
			}
			assertThat(this.free.tryAcquire(IN_FLIGHT, 10, TimeUnit.SECONDS)).as("all have ended").isTrue();
			Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
				Connections connections = pool.get().get();
				assertThat(connections.active() + connections.pending()).isZero();
			});
			this.wrong.addAll(wreckage.take());
		}
		finally {
			this.aborts.shutdownNow();
		}
		System.out.printf("races over sockets: %d, ended as %s%n", RACES, this.ends);
		assertThat(this.wrong).isEmpty();
		assertThat(this.ends.keySet()).containsExactlyInAnyOrder("load", "abort");
		assertThat(this.ends.values().stream().mapToInt(AtomicInteger::get).sum()).isEqualTo(RACES);
		assertThat(this.ends.values()).as("neither always wins").allMatch((count) -> count.get() > RACES / 20);
	}

	private void race(XMLHttpRequest xhr, double when) {
		AtomicInteger terminal = new AtomicInteger();
		AtomicInteger loadends = new AtomicInteger();
		for (String type : List.of("load", "error", "abort", "timeout")) {
			xhr.addEventListener(type, (event) -> {
				this.ends.computeIfAbsent(type, (key) -> new AtomicInteger()).incrementAndGet();
				terminal.incrementAndGet();
			});
		}
		long begun = System.nanoTime();
		xhr.setOnload((event) -> learn(System.nanoTime() - begun));
		xhr.setOnabort((event) -> learn(this.usualNanos.get() * 1.1));
		xhr.setOnloadend((event) -> {
			if (terminal.get() != 1 || loadends.incrementAndGet() != 1) {
				this.wrong.add(terminal + " ends, " + loadends + " loadends");
			}
			this.free.release();
		});
		xhr.open("GET", "");
		xhr.send();
		this.aborts.schedule(xhr::abort, (long) (this.usualNanos.get() * 2 * when), TimeUnit.NANOSECONDS);
	}

	private void learn(double nanos) {
		this.usualNanos.updateAndGet((usual) -> usual * 0.95 + nanos * 0.05);
	}

	private record PoolWatch(AtomicReference<Supplier<Connections>> pool) implements XhrListener.Factory {

		@Override
		public XhrListener create(String client, XMLHttpRequest request) {
			return new XhrListener() {
			};
		}

		@Override
		public void built(String client, Supplier<Connections> connections) {
			this.pool.set(connections);
		}

	}

}
