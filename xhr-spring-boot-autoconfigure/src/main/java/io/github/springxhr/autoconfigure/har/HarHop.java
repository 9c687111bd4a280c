package io.github.springxhr.autoconfigure.har;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.springxhr.XhrHop;
import org.jspecify.annotations.Nullable;

/**
 * A hop, to be turned into an entry of the archive.
 *
 * @param hop the hop
 * @param complete whether its response is shown; it is not if the exchange failed here
 */
record HarHop(XhrHop hop, boolean complete) {

	static final String UNKNOWN = "unknown";

	static final String UNKNOWN_TYPE = "x-unknown";

	/** With all three digits, so that the texts sort as the times do. */
	private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder().appendInstant(3)
		.toFormatter(Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	static String dateTime(Instant instant) {
		return DATE_TIME.format(instant);
	}

	/**
	 * Make the entry.
	 * @param sent when the request was sent
	 * @param contentSize the size of the decoded body
	 * @param error the kind of failure, or {@code null}
	 */
	Har.Entry toEntry(Instant sent, long contentSize, @Nullable String error, Har.Extension extension) {
		HarTimings timings = new HarTimings(this.hop.channel().timings().phases());
		return new Har.Entry(dateTime(sent.plus(this.hop.started())), timings.total(), request(),
				response(contentSize, error), Map.of(), timings.toMap(), address(), connection(),
				this.hop.preflight() ? "preflight" : "xhr", extension);
	}

	private Har.Request request() {
		HarHeaders headers = HarHeaders.of(this.hop.requestHeaders());
		return new Har.Request(this.hop.method(), this.hop.url(), httpVersion(), headers.maskedCookies("cookie"),
				headers.masked(), List.of(), -1, this.hop.requestBytes());
	}

	private Har.Response response(long contentSize, @Nullable String error) {
		String redirect = this.hop.redirectUrl();
		if (!this.complete) {
			return new Har.Response(0, "", httpVersion(), List.of(), List.of(),
					new Har.Content(contentSize, UNKNOWN_TYPE), "", -1, this.hop.responseBytes(), error);
		}
		HarHeaders headers = HarHeaders.of(this.hop.responseHeaders());
		return new Har.Response(this.hop.status(), this.hop.statusText(), httpVersion(),
				headers.maskedCookies("set-cookie"), headers.masked(),
				new Har.Content(contentSize, headers.get("content-type", UNKNOWN_TYPE)),
				(redirect != null) ? redirect : "", -1, this.hop.responseBytes(), error);
	}

	private String httpVersion() {
		String protocol = this.hop.channel().protocol();
		return (protocol != null) ? protocol.replace("http/1", "HTTP/1") : UNKNOWN;
	}

	private @Nullable String address() {
		SocketAddress remote = this.hop.channel().remoteAddress();
		return (remote instanceof InetSocketAddress internet && internet.getAddress() != null)
				? internet.getAddress().getHostAddress() : null;
	}

	private @Nullable String connection() {
		SocketAddress local = this.hop.channel().localAddress();
		return (local instanceof InetSocketAddress internet) ? Integer.toString(internet.getPort()) : null;
	}

}
