package io.github.springxhr.demo.run;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.autoconfigure.XhrFactories;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * Sends many requests at once. What becomes of them is in the archive of the actuator.
 */
@RestController
class LoadController {

	static final int REQUESTS = 200;

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final XhrFactory xhrFactory;

	private final AtomicBoolean running = new AtomicBoolean();

	LoadController(XhrFactories xhrFactories) {
		this.xhrFactory = xhrFactories.get("load");
	}

	@PostMapping(path = "/api/load", consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<Map<String, Integer>> load() {
		if (!this.running.compareAndSet(false, true)) {
			throw new ResponseStatusException(HttpStatus.CONFLICT, "one at a time");
		}
		return Flux.range(0, REQUESTS)
			.flatMap(this::send, REQUESTS)
			.reduce(0, Integer::sum)
			.map((failed) -> Map.of("requests", REQUESTS, "failed", failed))
			.timeout(LIMIT)
			.doFinally((signal) -> this.running.set(false));
	}

	/**
	 * Most are served, one in ten is not found, and some are slow.
	 * @return 1 if it has failed, else 0
	 */
	private Mono<Integer> send(int number) {
		XMLHttpRequest xhr = this.xhrFactory.create();
		xhr.open("GET", (number % 10 == 9) ? "status/404"
				: "work?think=" + (number * 37 % 90) + "&tell=" + ((number % 17 == 0) ? 400 : 20 + number * 53 % 80));
		return xhr.exchange(null).thenReturn(0).onErrorReturn(1);
	}

}
