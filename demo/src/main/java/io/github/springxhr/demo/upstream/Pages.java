package io.github.springxhr.demo.upstream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * What can be downloaded.
 */
final class Pages {

	private static final String TEXT = "text/plain;charset=UTF-8";

	private static final int SLOW_PARTS_PER_SECOND = 16;

	private static final int SLOW_PART = 2560;

	private static final int LARGE_PARTS = 192;

	private static final int LARGE_PART = 64 * 1024;

	private static final int CHUNKS = 12;

	private final Pace pace;

	Pages(Pace pace) {
		this.pace = pace;
	}

	void register(HttpServerRoutes routes) {
		routes.get("/text", (request, response) -> send(response, 200, TEXT, "Hello from the upstream. Grüße, 你好!\n"))
			.get("/json",
					(request, response) -> send(response, 200, "application/json",
							"{\"order\":42,\"state\":\"shipped\",\"items\":[\"pen\",\"paper\"]}\n"))
			.get("/status/404", (request, response) -> send(response, 404, TEXT, "There is no such order.\n"))
			.get("/status/500", (request, response) -> send(response, 500, TEXT, "The upstream has failed.\n"))
			.get("/redirect",
					(request, response) -> response.status(HttpResponseStatus.FOUND)
						.header(HttpHeaderNames.LOCATION, "/text")
						.header(HttpHeaderNames.CONTENT_LENGTH, "0")
						.send())
			.get("/delay",
					(request, response) -> this.pace.pause(Duration.ofSeconds(30))
						.then(Mono.defer(() -> Mono.from(send(response, 200, TEXT, "At last.\n")))))
			.get("/slow", this::slow)
			.get("/chunked", this::chunked)
			.get("/large", this::large);
	}

	private Publisher<Void> slow(HttpServerRequest request, HttpServerResponse response) {
		int seconds = seconds(request);
		int count = seconds * SLOW_PARTS_PER_SECOND;
		return stream(response.header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(count * SLOW_PART)),
				this.pace.spread(parts(count, SLOW_PART), count, Duration.ofSeconds(seconds)));
	}

	/** Between 1 and 60, and 5 unless asked for. */
	private static int seconds(HttpServerRequest request) {
		String value = new QueryStringDecoder(request.uri()).parameters().getOrDefault("seconds", List.of("5")).get(0);
		return Math.min(60, Math.max(1, Integer.parseInt(value)));
	}

	private Publisher<Void> chunked(HttpServerRequest request, HttpServerResponse response) {
		Flux<byte[]> lines = Flux.range(1, CHUNKS).map((number) -> bytes("chunk " + number + " of some number\n"));
		return stream(response, this.pace.spread(lines, CHUNKS, Duration.ofSeconds(4)));
	}

	private Publisher<Void> large(HttpServerRequest request, HttpServerResponse response) {
		return stream(response.header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(LARGE_PARTS * LARGE_PART)),
				this.pace.spread(parts(LARGE_PARTS, LARGE_PART), LARGE_PARTS, Duration.ofSeconds(3)));
	}

	/** Each part is flushed, as it would wait for the next ones otherwise. */
	private static Publisher<Void> stream(HttpServerResponse response, Flux<byte[]> parts) {
		return response.header(HttpHeaderNames.CONTENT_TYPE, TEXT)
			.send(parts.map(Unpooled::wrappedBuffer), (part) -> true);
	}

	/** Parts whose first line tells their number. */
	static Flux<byte[]> parts(int count, int size) {
		return Flux.range(1, count).map((number) -> part("part " + number + " of " + count + " ", size));
	}

	private static byte[] part(String start, int size) {
		byte[] part = new byte[size];
		Arrays.fill(part, (byte) '.');
		byte[] text = bytes(start);
		System.arraycopy(text, 0, part, 0, text.length);
		part[size - 1] = '\n';
		return part;
	}

	private static Publisher<Void> send(HttpServerResponse response, int status, String contentType, String body) {
		byte[] bytes = bytes(body);
		return response.status(status)
			.header(HttpHeaderNames.CONTENT_TYPE, contentType)
			.header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(bytes.length))
			.sendByteArray(Mono.just(bytes));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
