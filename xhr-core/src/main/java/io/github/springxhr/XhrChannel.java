package io.github.springxhr;

import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * The exchange as it happened on the network: Mozilla's {@code channel} in its Java form.
 * Not part of the standard.
 *
 * @param urls the URLs the request went to, without credentials and query; the last one
 * is that of the response
 * @param protocol {@code "http/1.1"}, {@code "h2"} or, without TLS, {@code "h2c"}, or
 * {@code null} before there was a connection
 * @param localAddress the address of this side, or {@code null} if it is not known
 * @param remoteAddress the address of the server or proxy, or {@code null} if it is not
 * known
 * @param tlsProtocol such as {@code "TLSv1.3"}, or {@code null} without TLS
 * @param tlsCipherSuite the cipher suite, or {@code null} without TLS
 * @param connectionReused whether an earlier request went over the connection
 * @param timings when what happened
 * @since 0.1.0
 * @see <a href="https://developer.mozilla.org/en-US/docs/Web/API/XMLHttpRequest">MDN,
 * XMLHttpRequest</a>
 */
public record XhrChannel(List<String> urls, @Nullable String protocol, @Nullable SocketAddress localAddress,
		@Nullable SocketAddress remoteAddress, @Nullable String tlsProtocol, @Nullable String tlsCipherSuite,
		boolean connectionReused, Timings timings) {

	/**
	 * Points in time, measured from the start of the fetch in {@code send()}; of the last
	 * hop if there were redirects. {@code null} if it did not come to that.
	 *
	 * @param connected a connection was there and the request was about to be written
	 * @param requestSent the last byte of the request's body had been written;
	 * {@code null} without a body
	 * @param headersReceived the response's headers had been received
	 * @param ended the exchange had ended
	 * @param phases how long its parts took
	 */
	public record Timings(@Nullable Duration connected, @Nullable Duration requestSent,
			@Nullable Duration headersReceived, @Nullable Duration ended, Phases phases) {

	}

	/**
	 * How long the parts of the last hop took; {@code null} for one that there was not,
	 * or that has not ended. What goes on when the exchange ends, ends with it. None
	 * overlaps another.
	 *
	 * @param queue waiting for a connection
	 * @param resolve looking up the host name; {@code null} for an address, with a proxy,
	 * and if the connection had been there
	 * @param connect connecting, with a proxy through it; {@code null} if the connection
	 * had been there
	 * @param tls the TLS handshake; {@code null} without TLS and if the connection had
	 * been there
	 * @param request sending the request; {@code null} without a body, as that takes no
	 * time worth measuring, and if the response came first
	 * @param headers waiting for the response's headers
	 * @param body receiving the response's body, until the exchange had ended
	 */
	public record Phases(@Nullable Duration queue, @Nullable Duration resolve, @Nullable Duration connect,
			@Nullable Duration tls, @Nullable Duration request, @Nullable Duration headers, @Nullable Duration body) {

		/**
		 * Pass on each phase that there was, in their order.
		 * @param consumer takes the name of the phase, such as {@code "queue"}, and how
		 * long it took
		 */
		public void forEach(BiConsumer<String, Duration> consumer) {
			accept("queue", this.queue, consumer);
			accept("resolve", this.resolve, consumer);
			accept("connect", this.connect, consumer);
			accept("tls", this.tls, consumer);
			accept("request", this.request, consumer);
			accept("headers", this.headers, consumer);
			accept("body", this.body, consumer);
		}

		private static void accept(String name, @Nullable Duration duration, BiConsumer<String, Duration> consumer) {
			if (duration != null) {
				consumer.accept(name, duration);
			}
		}

	}

}
