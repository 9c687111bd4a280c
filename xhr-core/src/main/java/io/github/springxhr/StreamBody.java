package io.github.springxhr;

import java.nio.ByteBuffer;

import org.reactivestreams.Publisher;

/**
 * A body that is produced while it is sent. It can be sent once, so a redirect that would
 * send it again fails.
 *
 * @param source the bytes; each buffer is read when it is emitted and not kept
 * @param length how many bytes they are, or -1 if that is not known
 * @since 0.1.0
 */
public record StreamBody(Publisher<ByteBuffer> source, long length) {

	/**
	 * Create a body.
	 * @param source the bytes
	 * @param length how many bytes they are, or -1 if that is not known
	 * @throws IllegalArgumentException if the length is less than -1
	 */
	public StreamBody {
		if (length < -1) {
			throw new IllegalArgumentException("length must be -1 or more");
		}
	}

}
