package io.github.springxhr.demo.upstream;

import java.time.Duration;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * What goes wrong.
 */
final class Faults {

	private static final int PARTS = 20;

	private static final int PART = 4096;

	private final Pace pace;

	Faults(Pace pace) {
		this.pace = pace;
	}

	void register(Endpoints endpoints) {
		endpoints.add("/truncated", this::truncated).add("/reset", this::reset);
	}

	/** Promises twice what it sends, and then hangs up. */
	private Publisher<Void> truncated(HttpServerRequest request, HttpServerResponse response) {
		Flux<byte[]> half = this.pace.spread(Pages.parts(PARTS, PART), PARTS, Duration.ofSeconds(2));
		return response.header(HttpHeaderNames.CONTENT_TYPE, "text/plain;charset=UTF-8")
			.header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(2 * PARTS * PART))
			.send(half.concatWith(hangUp(response, false)).map(Unpooled::wrappedBuffer), (part) -> true);
	}

	/** Answers with a TCP reset instead of HTTP. */
	private Publisher<Void> reset(HttpServerRequest request, HttpServerResponse response) {
		return hangUp(response, true);
	}

	private <T> Mono<T> hangUp(HttpServerResponse response, boolean reset) {
		return this.pace.pause(Duration.ofMillis(500)).doOnNext((tick) -> response.withConnection((connection) -> {
			Channel channel = connection.channel();
			if (reset) {
				// closing a socket that lingers for no time sends a reset
				channel.config().setOption(ChannelOption.SO_LINGER, 0);
			}
			channel.close();
		})).then(Mono.never());
	}

}
