package io.github.springxhr.fetch;

import java.net.SocketAddress;

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
 * @since 0.1.0
 */
public record ConnectionInfo(String protocol, @Nullable SocketAddress localAddress,
		@Nullable SocketAddress remoteAddress, @Nullable String tlsProtocol, @Nullable String tlsCipherSuite,
		boolean reused) {

}
