package io.github.springxhr.webclient;

import java.nio.ByteBuffer;

import io.github.springxhr.http.RequestBody;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;

/**
 * Writes a request's body in slices, so that each can be seen leaving for the socket.
 */
final class RequestBodyInserter {

	/** Small enough for smooth progress, large enough for few writes. */
	private static final int SLICE = 64 * 1024;

	private RequestBodyInserter() {
	}

	static BodyInserter<RequestBody, ClientHttpRequest> of(RequestBody body) {
		byte[] bytes = ((RequestBody.Bytes) body).bytes();
		return (request, context) -> request.writeWith(slices(bytes, request.bufferFactory()));
	}

	private static Publisher<DataBuffer> slices(byte[] bytes, DataBufferFactory factory) {
		if (bytes.length == 0) {
			return Mono.empty();
		}
		if (bytes.length <= SLICE) {
			return Mono.fromSupplier(() -> factory.wrap(bytes));
		}
		int count = (bytes.length + SLICE - 1) / SLICE;
		return Flux.range(0, count).map((index) -> {
			int start = index * SLICE;
			return factory.wrap(ByteBuffer.wrap(bytes, start, Math.min(SLICE, bytes.length - start)));
		});
	}

}
