package io.github.springxhr.demo.upstream;

import java.time.Duration;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.env.Environment;

/**
 * Makes the upstream slow, so that there is something to see.
 *
 * @param factor what each pause is multiplied by
 */
record Pace(double factor) {

	static Pace of(Environment environment) {
		return new Pace(environment.getProperty("demo.pace", Double.class, 1.0));
	}

	private Duration of(Duration pause) {
		return Duration.ofNanos((long) (pause.toNanos() * this.factor));
	}

	Mono<Long> pause(Duration pause) {
		return Mono.delay(of(pause));
	}

	/**
	 * Spread parts evenly over a time. The reader's back-pressure holds them up further.
	 */
	Flux<byte[]> spread(Flux<byte[]> parts, int count, Duration time) {
		return parts.delayElements(of(time.dividedBy(count)));
	}

}
