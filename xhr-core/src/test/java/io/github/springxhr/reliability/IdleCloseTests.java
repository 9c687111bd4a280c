package io.github.springxhr.reliability;

import java.util.List;
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
 * a request, as it arrives, and after it has been read. Each that is idempotent gets its
 * response, and no POST is received twice.
 */
class IdleCloseTests {

	private static final int REQUESTS = Integer.getInteger("xhr.test.idle-closes", 1000);

	private static final int IN_FLIGHT = 16;

	/** In turn. */
	private static final List<String> METHODS = List.of("POST", "GET", "HEAD", "PUT", "POST", "GET", "DELETE",
			"OPTIONS");

	private final Map<String, AtomicInteger> posts = new ConcurrentHashMap<>();

	private final AtomicInteger closedUnanswered = new AtomicInteger();

	@Test
	void noIdempotentRequestFailsAndNoPostIsReceivedTwice() throws InterruptedException {
		AtomicInteger loaded = new AtomicInteger();
		Map<String, Integer> failed = new ConcurrentHashMap<>();
		Semaphore free = new Semaphore(IN_FLIGHT);
		try (FaultServer server = FaultServer.builder().maxConnections(REQUESTS).start((connection) -> {
			Random random = new Random(connection.index());
			int requests = 1 + random.nextInt(4);
			for (int i = 0; i < requests; i++) {
				connection.readRequest();
				received(connection.request().method(), connection.request().target());
				boolean head = connection.request().method().equals("HEAD");
				connection.send(head ? Responses.head("200 OK", "Content-Length: 5") : Responses.ok("hello"));
			}
			if (random.nextBoolean()) {
				connection.readRequest();
				received(connection.request().method(), connection.request().target());
				this.closedUnanswered.incrementAndGet();
			}
			connection.close();
		}); XhrFactory factory = XhrFactory.builder(WebClient.builder()).build()) {
			for (int i = 0; i < REQUESTS; i++) {
				String method = METHODS.get(i % METHODS.size());
				XMLHttpRequest request = factory.create();
				request.open(method, server.url("/" + i));
				request.setOnerror((event) -> failed.merge(method, 1, Integer::sum));
				request.setOnload((event) -> {
					String expected = method.equals("HEAD") ? "" : "hello";
					if (request.getStatus() == 200 && request.getResponseText().equals(expected)) {
						loaded.incrementAndGet();
					}
				});
				request.setOnloadend((event) -> free.release());
				free.acquire();
				request.send((method.equals("POST") || method.equals("PUT")) ? "content" : null);
			}
			free.acquire(IN_FLIGHT);
		}
		System.out.printf("%d requests, %d closed unanswered, %d loaded, failed: %s%n", REQUESTS,
				this.closedUnanswered.get(), loaded.get(), failed);
		assertThat(failed).containsOnlyKeys("POST");
		assertThat(loaded.get() + failed.get("POST")).isEqualTo(REQUESTS);
		assertThat(this.posts.values()).allMatch((count) -> count.get() == 1);
		assertThat(this.closedUnanswered).as("the server has done what is tested").hasValueGreaterThan(REQUESTS / 50);
	}

	private void received(String method, String target) {
		if (method.equals("POST")) {
			this.posts.computeIfAbsent(target, (key) -> new AtomicInteger()).incrementAndGet();
		}
	}

}
