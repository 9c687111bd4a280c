package io.github.springxhr.benchmarks.faults;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * What each client is told, by the means that it has.
 *
 * @param connect how long it may take to connect
 * @param time how long a request may take, or its server be silent
 * @param size how long a body may be, if its own limit is not meant
 * @param names finds the addresses of names, if any are used
 */
record Limits(Duration connect, Duration time, @Nullable DataSize size,
		@Nullable Function<String, CompletionStage<List<InetAddress>>> names) {

	/** How long a request may take, or its server be silent; half of that to connect. */
	static final Duration TIME = Duration.ofSeconds(2);

	/** When a client that has not told anything is left. */
	static final Duration STOP = Duration.ofSeconds(5);

	List<InetAddress> addresses(String name) throws Exception {
		if (this.names == null) {
			return List.of(InetAddress.getAllByName(name));
		}
		try {
			return this.names.apply(name).toCompletableFuture().get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
	}

}
