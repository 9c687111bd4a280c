package io.github.springxhr.reliability;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springxhr.Quiet;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;

import org.springframework.web.reactive.function.client.WebClient;

/**
 * Sends many requests at once. Prints how many loaded with the body that was expected,
 * and how many failed.
 */
final class CapacityMain {

	private CapacityMain() {
	}

	@SuppressWarnings("try")
	public static void main(String[] args) throws Exception {
		int count = Integer.parseInt(args[1]);
		AtomicInteger loaded = new AtomicInteger();
		AtomicInteger failed = new AtomicInteger();
		CountDownLatch ended = new CountDownLatch(count);
		try (Quiet quiet = new Quiet();
				XhrFactory factory = XhrFactory.builder(WebClient.builder())
					.baseUrl(args[0])
					.connectTimeout(Duration.ofMinutes(1))
					.pool((pool) -> pool.withMaxConnections(count).withPendingLimit(count))
					.build()) {
			for (int i = 0; i < count; i++) {
				XMLHttpRequest xhr = factory.create();
				xhr.setOnload((event) -> (xhr.getResponseText().equals("hello") ? loaded : failed).incrementAndGet());
				xhr.setOnerror((event) -> {
					if (failed.incrementAndGet() == 1) {
						System.out.println(xhr.getFailure());
					}
				});
				xhr.setOnloadend((event) -> ended.countDown());
				xhr.open("GET", "");
				xhr.send();
			}
			System.out.println("ended " + ended.await(5, TimeUnit.MINUTES));
		}
		System.out.println("loaded " + loaded + ", failed " + failed);
	}

}
