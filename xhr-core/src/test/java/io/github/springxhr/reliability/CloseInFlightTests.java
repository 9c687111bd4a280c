package io.github.springxhr.reliability;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A factory is closed while a thousand requests wait for their response: each is aborted,
 * once, and no connection is left, nor any thread but Reactor Netty's.
 */
class CloseInFlightTests {

	private static final int REQUESTS = 1000;

	/** Ten times what the report promises. */
	private static final Duration LIMIT = Duration.ofSeconds(20);

	@Test
	@SuppressWarnings("try")
	void allEndOnceAndNoThreadIsLeft() throws Exception {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		AtomicIntegerArray aborts = new AtomicIntegerArray(REQUESTS);
		AtomicIntegerArray others = new AtomicIntegerArray(REQUESTS);
		AtomicIntegerArray loadends = new AtomicIntegerArray(REQUESTS);
		CountDownLatch ended = new CountDownLatch(REQUESTS);
		Duration took;
		int afterResponse;
		try (Wreckage wreckage = new Wreckage();
				FaultServer server = FaultServer.builder()
					.maxConnections(REQUESTS)
					.start((connection) -> connection.readRequest().awaitPeerClosed());
				XhrFactory factory = XhrFactory.builder(WebClient.builder())
					.pool((pool) -> pool.withMaxConnections(REQUESTS))
					.build()) {
			for (int i = 0; i < REQUESTS; i++) {
				int index = i;
				XMLHttpRequest xhr = factory.create();
				xhr.setOnabort((event) -> aborts.incrementAndGet(index));
				List.of("load", "error", "timeout")
					.forEach((type) -> xhr.addEventListener(type, (event) -> others.incrementAndGet(index)));
				xhr.setOnloadend((event) -> {
					loadends.incrementAndGet(index);
					ended.countDown();
				});
				xhr.open("GET", server.url("/"));
				xhr.send();
			}
			Awaitility.await().atMost(LIMIT).until(() -> server.requestCount() == REQUESTS);
			long begun = System.nanoTime();
			factory.close();
			assertThat(ended.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
			took = Duration.ofNanos(System.nanoTime() - begun);
			server.awaitAllClosed(LIMIT);
			assertThat(wreckage.take()).isEmpty();
			afterResponse = wreckage.afterResponse();
		}
		Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
			Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
			left.removeAll(before);
			assertThat(left.stream().map(Thread::getName).filter(CloseInFlightTests::isOurs)).isEmpty();
		});
		System.out.printf("closed with %d in flight: all had ended after %d ms, %d connections failed afterwards%n",
				REQUESTS, took.toMillis(), afterResponse);
		assertThat(took).isLessThan(LIMIT);
		assertThat(IntStream.range(0, REQUESTS)).allMatch((i) -> aborts.get(i) == 1 && loadends.get(i) == 1)
			.allMatch((i) -> others.get(i) == 0);
	}

	/** Reactor Netty's event loops are shared by all of the JVM, and stay. */
	private static boolean isOurs(String thread) {
		return thread.startsWith("xhr-") || thread.startsWith("fault-server-");
	}

}
