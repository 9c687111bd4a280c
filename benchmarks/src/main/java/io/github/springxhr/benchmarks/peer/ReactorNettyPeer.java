package io.github.springxhr.benchmarks.peer;

import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

/**
 * Reactor Netty without anything above it: the least that WebClient can cost.
 */
final class ReactorNettyPeer implements Peer {

	private final HttpClient client = HttpClient.create();

	@Override
	public void start(Operation operation, String url, Completion completion) {
		HttpClient.ResponseReceiver<?> response = this.client.get().uri(url);
		Mono<Long> size = (operation == Operation.TEXT) ? text(response) : discard(response);
		size.subscribe(completion::completed, completion::failed);
	}

	private static Mono<Long> text(HttpClient.ResponseReceiver<?> response) {
		return response.responseSingle((head, body) -> body.asString()).map((text) -> (long) text.length());
	}

	private static Mono<Long> discard(HttpClient.ResponseReceiver<?> response) {
		return response.response((head, body) -> body.map((buffer) -> (long) buffer.readableBytes()))
			.reduce(0L, Long::sum);
	}

	@Override
	public void close() {
		// its threads are daemons
	}

}
