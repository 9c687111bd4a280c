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

import io.github.springxhr.XhrChannel;
import io.github.springxhr.XhrListener.Result;
import io.github.springxhr.XhrListener.Sending;
import io.github.springxhr.http.FetchFailure;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that has ended, to be turned into an entry of the archive.
 *
 * @param client the name of the client
 * @param sending what was sent
 * @param sent when it was sent
 * @param ending what the request told at the end
 * @param result how it ended
 * @param events the events it fired
 */
record HarEntry(String client, Sending sending, Instant sent, ExchangeRecorder.Ending ending, Result result,
		List<Har.Event> events) {

	private static final String UNKNOWN = "unknown";

	/** With all three digits, so that the texts sort as the times do. */
	private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder().appendInstant(3)
		.toFormatter(Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	Har.Entry toEntry() {
		XhrChannel channel = this.ending.channel();
		HarTimings timings = HarTimings.of((channel != null) ? channel.timings() : null, this.ending.age());
		return new Har.Entry(DATE_TIME.format(this.sent), timings.total(), request(channel), response(channel),
				Map.of(), timings.toMap(), address(channel), connection(channel), "xhr", extension(channel));
	}

	private Har.Request request(@Nullable XhrChannel channel) {
		return new Har.Request(this.sending.method(), urls(channel).get(0), httpVersion(channel), List.of(), List.of(),
				List.of(), -1, this.result.requestBytes());
	}

	private Har.Response response(@Nullable XhrChannel channel) {
		FetchFailure failure = this.result.failure();
		boolean complete = isComplete();
		HarHeaders headers = HarHeaders.parse(complete ? this.ending.headers() : "");
		long received = this.result.responseBytes();
		return new Har.Response(complete ? this.result.status() : 0, complete ? this.ending.statusText() : "",
				httpVersion(channel), headers.maskedCookies(), headers.masked(),
				new Har.Content(received, headers.get("content-type", "x-unknown")), "", -1,
				headers.contains("content-encoding") ? -1 : received, error(failure));
	}

	private boolean isComplete() {
		return switch (this.result.outcome()) {
			case SUCCESS, REDIRECTION, CLIENT_ERROR, SERVER_ERROR -> true;
			case ABORT, TIMEOUT, NETWORK_ERROR, CORS_ERROR, SUPERSEDED -> false;
		};
	}

	private @Nullable String error(@Nullable FetchFailure failure) {
		if (failure != null) {
			return failure.kind().tag();
		}
		return isComplete() ? null : this.result.outcome().tag();
	}

	private Har.Extension extension(@Nullable XhrChannel channel) {
		return new Har.Extension(this.client, this.result.outcome().tag(), template(this.sending.uriTemplate()),
				this.sending.background(), this.result.status(), urls(channel), failure(this.result.failure()),
				channel != null && channel.connectionReused(), (channel != null) ? channel.tlsProtocol() : null,
				this.events);
	}

	/** A template is no secret, unless its author wrote one into it. */
	private static @Nullable String template(@Nullable String uriTemplate) {
		String path = (uriTemplate != null) ? uriTemplate.split("[?#]", 2)[0] : null;
		return (path != null && path.indexOf('@') < 0) ? path : null;
	}

	private static Har.@Nullable Failure failure(@Nullable FetchFailure failure) {
		return (failure != null)
				? new Har.Failure(failure.kind().tag(), failure.phase().description(), failure.message()) : null;
	}

	private static List<String> urls(@Nullable XhrChannel channel) {
		return (channel != null && !channel.urls().isEmpty()) ? channel.urls() : List.of("about:blank");
	}

	private static String httpVersion(@Nullable XhrChannel channel) {
		String protocol = (channel != null) ? channel.protocol() : null;
		return (protocol != null) ? protocol.replace("http/1", "HTTP/1") : UNKNOWN;
	}

	private static @Nullable String address(@Nullable XhrChannel channel) {
		SocketAddress remote = (channel != null) ? channel.remoteAddress() : null;
		return (remote instanceof InetSocketAddress internet && internet.getAddress() != null)
				? internet.getAddress().getHostAddress() : null;
	}

	private static @Nullable String connection(@Nullable XhrChannel channel) {
		SocketAddress local = (channel != null) ? channel.localAddress() : null;
		return (local instanceof InetSocketAddress internet) ? Integer.toString(internet.getPort()) : null;
	}

}
