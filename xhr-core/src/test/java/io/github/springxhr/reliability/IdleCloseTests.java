package io.github.springxhr.reliability;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import org.junit.jupiter.api.Test;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many requests to a server that closes connections that are kept, at any moment: before
 * a request, as it arrives, and after it has been read. None that is idempotent fails,
 * and no POST is received twice.
 */
class IdleCloseTests {

	private static final int REQUESTS = Integer.getInteger("xhr.test.idle-closes", 1000);

	private static final int IN_FLIGHT = 16;

	private final Map<String, AtomicInteger> posts = new ConcurrentHashMap<>();

	private final AtomicInteger closedUnanswered = new AtomicInteger();

	@Test
	void noIdempotentRequestFailsAndNoPostIsReceivedTwice() throws InterruptedException {
		AtomicInteger failedGets = new AtomicInteger();
		AtomicInteger failedPosts = new AtomicInteger();
		Semaphore free = new Semaphore(IN_FLIGHT);
		try (FaultServer server = FaultServer.builder().maxConnections(REQUESTS).start((connection) -> {
			Random random = new Random(connection.index());
			int requests = 1 + random.nextInt(4);
			for (int i = 0; i < requests; i++) {
				connection.readRequest();
				received(connection.request().method(), connection.request().target());
				connection.send(Responses.ok("hello"));
			}
			if (random.nextBoolean()) {
				connection.readRequest();
				received(connection.request().method(), connection.request().target());
				this.closedUnanswered.incrementAndGet();
			}
			connection.close();
		}); XhrFactory factory = XhrFactory.builder(WebClient.builder()).build()) {
			for (int i = 0; i < REQUESTS; i++) {
				boolean post = i % 4 == 0;
				XMLHttpRequest request = factory.create();
				request.open(post ? "POST" : "GET", server.url("/" + i));
				request.setOnerror((event) -> (post ? failedPosts : failedGets).incrementAndGet());
				request.setOnloadend((event) -> free.release());
				free.acquire();
				request.send(post ? "content" : null);
			}
			free.acquire(IN_FLIGHT);
		}
		System.out.printf("%d requests, %d closed unanswered, %d GETs failed, %d POSTs failed%n", REQUESTS,
				this.closedUnanswered.get(), failedGets.get(), failedPosts.get());
		assertThat(failedGets).hasValue(0);
		assertThat(this.posts.values()).allMatch((count) -> count.get() == 1);
		assertThat(this.closedUnanswered).as("the server has done what is tested").hasValueGreaterThan(REQUESTS / 50);
		assertThat(failedPosts).hasValueGreaterThan(0);
	}

	private void received(String method, String target) {
		if (method.equals("POST")) {
			this.posts.computeIfAbsent(target, (key) -> new AtomicInteger()).incrementAndGet();
		}
	}

}
