package io.github.springxhr.demo.upstream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * What can be downloaded.
 */
final class Pages {

	static final String TEXT = "text/plain;charset=UTF-8";

	private static final int SLOW_PARTS_PER_SECOND = 16;

	private static final int SLOW_PART = 2560;

	private static final int LARGE_PARTS = 192;

	private static final int LARGE_PART = 64 * 1024;

	private static final int CHUNKS = 12;

	private static final int DEFAULT_BYTES = 64 * 1024;

	private static final int MOST_BYTES = 16 * 1024 * 1024;

	private final Pace pace;

	Pages(Pace pace) {
		this.pace = pace;
	}

	void register(Endpoints endpoints) {
		endpoints.add("/text", page(TEXT, "Hello from the upstream. Grüße, 你好!\n"))
			.add("/json",
					page("application/json", "{\"order\":42,\"state\":\"shipped\",\"items\":[\"pen\",\"paper\"]}\n"))
			.add("/xml",
					page("application/xml",
							"<?xml version=\"1.0\"?>\n<order id=\"42\"><item>pen</item><item>paper</item></order>\n"))
			.add("/html", page("text/html;charset=UTF-8",
					"<!doctype html>\n<title>Order 42</title>\n<h1>Order 42</h1>\n<p>Shipped: <b>pen</b>, paper\n"))
			.add("/status", this::status)
			.add("/bytes", this::bytes)
			.add("/delay", this::delay)
			.add("/work", this::work)
			.add("/slow", this::slow)
			.add("/chunked", this::chunked)
			.add("/large", this::large);
	}

	private static Endpoint page(String contentType, String body) {
		return (request, response) -> send(request, response, 200, contentType, body);
	}

	private Publisher<Void> status(HttpServerRequest request, HttpServerResponse response) {
		int status = Integer.parseInt(request.fullPath().substring(request.fullPath().length() - 3));
		if (status < 200 || status == 204 || status == 304) {
			return response.status(Math.max(status, 204)).send();
		}
		return send(request, response, status, TEXT, "The status is " + status + ".\n");
	}

	/** Byte number i is i modulo 251. */
	private Publisher<Void> bytes(HttpServerRequest request, HttpServerResponse response) {
		byte[] body = new byte[Query.number(request, "size", DEFAULT_BYTES, 0, MOST_BYTES)];
		for (int i = 0; i < body.length; i++) {
			body[i] = (byte) (i % 251);
		}
		return send(request, response, 200, "application/octet-stream", body);
	}

	private Publisher<Void> delay(HttpServerRequest request, HttpServerResponse response) {
		int seconds = Query.number(request, "seconds", 30, 0, 60);
		return this.pace.pause(Duration.ofSeconds(seconds))
			.then(Mono.defer(() -> Mono.from(send(request, response, 200, TEXT, "At last.\n"))));
	}

	/** Thinks for some milliseconds, and then for some more within the body. */
	private Publisher<Void> work(HttpServerRequest request, HttpServerResponse response) {
		Duration think = Duration.ofMillis(Query.number(request, "think", 50, 0, 5000));
		Duration tell = Duration.ofMillis(Query.number(request, "tell", 50, 1, 5000));
		response.header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(4 * SLOW_PART));
		return this.pace.pause(think)
			.then(Mono
				.defer(() -> Mono.from(stream(request, response, this.pace.spread(parts(4, SLOW_PART), 4, tell)))));
	}

	private Publisher<Void> slow(HttpServerRequest request, HttpServerResponse response) {
		int seconds = Query.number(request, "seconds", 5, 1, 60);
		int count = seconds * SLOW_PARTS_PER_SECOND;
		return stream(request, response.header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(count * SLOW_PART)),
				this.pace.spread(parts(count, SLOW_PART), count, Duration.ofSeconds(seconds)));
	}

	private Publisher<Void> chunked(HttpServerRequest request, HttpServerResponse response) {
		Flux<byte[]> lines = Flux.range(1, CHUNKS).map((number) -> bytes("chunk " + number + " of some number\n"));
		return stream(request, response, this.pace.spread(lines, CHUNKS, Duration.ofSeconds(4)));
	}

	private Publisher<Void> large(HttpServerRequest request, HttpServerResponse response) {
		return stream(request,
				response.header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(LARGE_PARTS * LARGE_PART)),
				this.pace.spread(parts(LARGE_PARTS, LARGE_PART), LARGE_PARTS, Duration.ofSeconds(3)));
	}

	/** Each part is flushed, as it would wait for the next ones otherwise. */
	private static Publisher<Void> stream(HttpServerRequest request, HttpServerResponse response, Flux<byte[]> parts) {
		response.header(HttpHeaderNames.CONTENT_TYPE, TEXT);
		if (request.method().equals(HttpMethod.HEAD)) {
			return response.send();
		}
		return response.send(parts.map(Unpooled::wrappedBuffer), (part) -> true);
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

	static Publisher<Void> send(HttpServerRequest request, HttpServerResponse response, int status, String contentType,
			String body) {
		return send(request, response, status, contentType, bytes(body));
	}

	private static Publisher<Void> send(HttpServerRequest request, HttpServerResponse response, int status,
			String contentType, byte[] body) {
		response.status(status)
			.header(HttpHeaderNames.CONTENT_TYPE, contentType)
			.header(HttpHeaderNames.CONTENT_LENGTH, String.valueOf(body.length));
		return request.method().equals(HttpMethod.HEAD) ? response.send() : response.sendByteArray(Mono.just(body));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
