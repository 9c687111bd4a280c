package io.github.springxhr.webclient;

import io.github.springxhr.fetch.BodyChunk;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * A chunk in one of Spring's buffers.
 */
final class DataBufferChunk implements BodyChunk {

	private final DataBuffer buffer;

	DataBufferChunk(DataBuffer buffer) {
		this.buffer = buffer;
	}

	@Override
	public int length() {
		return this.buffer.readableByteCount();
	}

	@Override
	public void copyTo(byte[] target, int offset) {
		int length = length();
		this.buffer.read(target, offset, length);
		this.buffer.readPosition(this.buffer.readPosition() - length);
	}

	@Override
	public void release() {
		DataBufferUtils.release(this.buffer);
	}

}
