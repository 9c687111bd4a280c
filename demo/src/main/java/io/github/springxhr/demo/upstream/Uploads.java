package io.github.springxhr.demo.upstream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * What takes a body.
 */
final class Uploads {

	private static final int BYTES_PER_SECOND = 2 * 1024 * 1024;

	private static final int MAX_ECHO = 64 * 1024;

	private final Pace pace;

	Uploads(Pace pace) {
		this.pace = pace;
	}

	void register(Endpoints endpoints) {
		endpoints.addReader("/upload", this::upload).addReader("/echo", this::echo);
	}

	/**
	 * Reads slowly: the next part is asked for only after a pause, so the socket's
	 * buffers fill up and the client has to wait, as it has to for a slow line.
	 */
	private Publisher<Void> upload(HttpServerRequest request, HttpServerResponse response) {
		return request.receive()
			.map(ByteBuf::readableBytes)
			.concatMap(this::pauseAfter, 1)
			.reduce(0L, Long::sum)
			.flatMap((count) -> {
				byte[] body = ("{\"received\":" + count + "}\n").getBytes(StandardCharsets.UTF_8);
				return response.header(HttpHeaderNames.CONTENT_TYPE, "application/json")
					.header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(body.length))
					.sendByteArray(Mono.just(body))
					.then();
			});
	}

	private Mono<Long> pauseAfter(int bytes) {
		Duration pause = Duration.ofSeconds(1).multipliedBy(bytes).dividedBy(BYTES_PER_SECOND);
		return this.pace.pause(pause).thenReturn((long) bytes);
	}

	private Publisher<Void> echo(HttpServerRequest request, HttpServerResponse response) {
		String contentType = request.requestHeaders().get(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream");
		return request.receive().aggregate().asByteArray().defaultIfEmpty(new byte[0]).flatMap((body) -> {
			if (body.length > MAX_ECHO) {
				return response.status(413).header(HttpHeaderNames.CONTENT_LENGTH, "0").send();
			}
			response.header(HttpHeaderNames.CONTENT_TYPE, contentType)
				.header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(body.length));
			return request.method().equals(HttpMethod.HEAD) ? response.send()
					: response.sendByteArray(Mono.just(body)).then();
		});
	}

}
