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
 * @param readTimeout how long a server may be silent, 1 ms or more, or zero for no limit
 * @param http2 whether to use HTTP/2 with servers that have it
 * @param addressFilter tells which addresses may be connected to, or {@code null} for all
 * @param pool the connection pool
 * @param proxy what connections go through, or {@code null} for nothing
 * @param tls the TLS settings, or {@code null} for the HTTP client's
 * @since 0.1.0
 */
@Internal
public record TransportSettings(String name, Duration connectTimeout, Duration readTimeout, boolean http2,
		@Nullable Predicate<InetAddress> addressFilter, PoolSettings pool, @Nullable ProxySettings proxy,
		@Nullable ReloadableTls tls) {

	/**
	 * Create settings with the defaults of those that are not given.
	 * @param name the name of the connection pool
	 * @param connectTimeout how long connecting may take
	 * @param http2 whether to use HTTP/2
	 * @param addressFilter tells which addresses may be connected to, or {@code null}
	 */
	public TransportSettings(String name, Duration connectTimeout, boolean http2,
			@Nullable Predicate<InetAddress> addressFilter) {
		this(name, connectTimeout, Duration.ZERO, http2, addressFilter, PoolSettings.defaults(), null, null);
	}

}
