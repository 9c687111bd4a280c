package io.github.springxhr.webclient;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Predicate;

import io.github.springxhr.http.Internal;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link WebClientTransport} is told.
 *
 * @param name the name of the connection pool
 * @param connectTimeout how long connecting may take, 1 ms or more
 * @param http2 whether to use HTTP/2 with servers that have it
 * @param addressFilter tells which addresses may be connected to, or {@code null} for all
 * @since 0.1.0
 */
@Internal
public record TransportSettings(String name, Duration connectTimeout, boolean http2,
		@Nullable Predicate<InetAddress> addressFilter) {

}
