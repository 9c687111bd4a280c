package io.github.springxhr.autoconfigure.har;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.springxhr.XhrChannel;
import io.github.springxhr.XhrHop;
import io.github.springxhr.XhrListener.Result;
import io.github.springxhr.XhrListener.Sending;
import io.github.springxhr.XhrOutcome;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.UriTemplates;
import org.jspecify.annotations.Nullable;

/**
 * An exchange that has ended, to be turned into entries of the archive: one for each hop.
 * The last is the one that the outcome, the events and the decoded body belong to.
 *
 * @param client the name of the client
 * @param sending what was sent
 * @param sent when it was sent
 * @param result how it ended
 * @param events the events it fired
 */
record HarExchange(String client, Sending sending, Instant sent, Result result, List<Har.Event> events) {

	List<Har.Entry> toEntries(List<XhrHop> hops) {
		if (hops.isEmpty()) {
			return List.of(withoutHop());
		}
		List<Har.Entry> entries = new ArrayList<>(hops.size());
		for (XhrHop hop : hops.subList(0, hops.size() - 1)) {
			HarHop entry = new HarHop(hop, true);
			entries.add(entry.toEntry(this.sent, hop.responseBytes(), null,
					extension(entry, XhrOutcome.ofStatus(hop.status()), null, List.of())));
		}
		HarHop last = new HarHop(hops.get(hops.size() - 1), isComplete());
		entries.add(last.toEntry(this.sent, this.result.responseBytes(), error(),
				extension(last, this.result.outcome(), this.result.failure(), this.events)));
		return entries;
	}

	private boolean isComplete() {
		return switch (this.result.outcome()) {
			case SUCCESS, REDIRECTION, CLIENT_ERROR, SERVER_ERROR -> true;
			case ABORT, TIMEOUT, NETWORK_ERROR, CORS_ERROR, SUPERSEDED -> false;
		};
	}

	private @Nullable String error() {
		FetchFailure failure = this.result.failure();
		if (failure != null) {
			return failure.kind().tag();
		}
		return isComplete() ? null : this.result.outcome().tag();
	}

	/** It was refused before anything was sent, or is a URL that needs no network. */
	private Har.Entry withoutHop() {
		XhrChannel channel = this.sending.channel().get();
		Duration ended = channel.timings().ended();
		HarTimings timings = HarTimings.blocked((ended != null) ? ended : Duration.ZERO);
		Har.Request request = new Har.Request(this.sending.method(), channel.urls().get(0), HarHop.UNKNOWN, List.of(),
				List.of(), List.of(), -1, 0);
		Har.Response response = new Har.Response(isComplete() ? this.result.status() : 0, "", HarHop.UNKNOWN, List.of(),
				List.of(), new Har.Content(this.result.responseBytes(), HarHop.UNKNOWN_TYPE), "", -1, 0, error());
		return new Har.Entry(HarHop.dateTime(this.sent), timings.total(), request, response, Map.of(), timings.toMap(),
				null, null, "xhr", extension(null, this.result.outcome(), this.result.failure(), this.events));
	}

	private Har.Extension extension(@Nullable HarHop hop, XhrOutcome outcome, @Nullable FetchFailure failure,
			List<Har.Event> fired) {
		XhrChannel channel = (hop != null) ? hop.hop().channel() : null;
		int status = (hop != null) ? hop.hop().status() : this.result.status();
		return new Har.Extension(this.client, outcome.tag(), UriTemplates.path(this.sending.uriTemplate()),
				this.sending.background(), status, failure(failure), channel != null && channel.connectionReused(),
				(channel != null) ? channel.tlsProtocol() : null, fired);
	}

	private static Har.@Nullable Failure failure(@Nullable FetchFailure failure) {
		return (failure != null) ? new Har.Failure(failure.kind().tag(), failure.phase().description(),
				failure.withoutValues().message()) : null;
	}

}
