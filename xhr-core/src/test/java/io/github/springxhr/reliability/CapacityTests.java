package io.github.springxhr.reliability;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * As many requests in flight at once as the system property {@code xhr.test.capacity}
 * says, in a JVM with 128 MiB of heap. The server answers none before all have arrived,
 * so that each has a connection of its own.
 */
class CapacityTests {

	private static final int IN_FLIGHT = Integer.getInteger("xhr.test.capacity", 1000);

	@Test
	void heapOf128MegabytesIsEnough(@TempDir Path directory) throws Exception {
		AtomicInteger arrived = new AtomicInteger();
		Sinks.Empty<Void> all = Sinks.empty();
		DisposableServer server = HttpServer.create().host("127.0.0.1").port(0).handle((request, response) -> {
			if (arrived.incrementAndGet() == IN_FLIGHT) {
				all.tryEmitEmpty();
			}
			return response.sendString(all.asMono().then(Mono.just("hello")));
		}).bindNow(Duration.ofSeconds(10));
		try {
			List<String> lines = Forked.run(CapacityMain.class, "128m", directory,
					"http://127.0.0.1:" + server.port() + "/", Integer.toString(IN_FLIGHT));
			System.out.printf("capacity: %d in flight on 128 MiB: %s%n", IN_FLIGHT, lines);
			assertThat(arrived).hasValue(IN_FLIGHT);
			assertThat(lines).containsExactly("ended true", "loaded " + IN_FLIGHT + ", failed 0");
		}
		finally {
			server.disposeNow();
		}
	}

}
