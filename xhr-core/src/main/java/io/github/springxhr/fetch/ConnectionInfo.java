package io.github.springxhr.fetch;

import java.net.SocketAddress;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * The connection that a request went over.
 *
 * @param protocol {@code "http/1.1"}, {@code "h2"} or {@code "h2c"}, as ALPN names it
 * @param localAddress the address of this side, or {@code null} if it is not known
 * @param remoteAddress the address of the server or proxy, or {@code null} if it is not
 * known
 * @param tlsProtocol such as {@code "TLSv1.3"}, or {@code null} without TLS
 * @param tlsCipherSuite the cipher suite, or {@code null} without TLS
 * @param reused whether an earlier request went over it
 * @param setup how long it took to make it, or {@code null} if it is not known or was
 * made for another request
 * @since 0.1.0
 */
public record ConnectionInfo(String protocol, @Nullable SocketAddress localAddress,
		@Nullable SocketAddress remoteAddress, @Nullable String tlsProtocol, @Nullable String tlsCipherSuite,
		boolean reused, @Nullable Setup setup) {

	/**
	 * How long the steps took that make a connection; {@code null} for one that there was
	 * not.
	 *
	 * @param resolve looking up the host name
	 * @param connect connecting, with a proxy through it
	 * @param tls the TLS handshake
	 */
	public record Setup(@Nullable Duration resolve, @Nullable Duration connect, @Nullable Duration tls) {

	}

}
