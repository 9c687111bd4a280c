package io.github.springxhr.webclient;

import java.nio.ByteBuffer;

import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Adapts Spring's buffers to what a request takes as its body.
 *
 * @since 0.1.0
 */
public final class DataBufferBodies {

	private DataBufferBodies() {
	}

	/**
	 * Copy buffers into memory that needs no release, and release them.
	 * @param source the buffers, such as the body of another request or response
	 * @return the same bytes, one {@link ByteBuffer} for each buffer, as they are asked
	 * for
	 */
	public static Publisher<ByteBuffer> toByteBuffers(Publisher<? extends DataBuffer> source) {
		return Flux.from(source)
			.map(DataBufferBodies::toByteBuffer)
			.doOnDiscard(DataBuffer.class, DataBufferUtils::release);
	}

	private static ByteBuffer toByteBuffer(DataBuffer buffer) {
		try {
			byte[] bytes = new byte[buffer.readableByteCount()];
			buffer.read(bytes);
			return ByteBuffer.wrap(bytes);
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

}
