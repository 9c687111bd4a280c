package io.github.springxhr.webclient;

import io.netty.buffer.ByteBuf;

import io.github.springxhr.fetch.BodyChunk;

/**
 * A piece of a body that is taken from the HTTP client without a detour.
 */
final class ReceivedChunk implements BodyChunk {

	private final ByteBuf buffer;

	ReceivedChunk(ByteBuf buffer) {
		this.buffer = buffer;
	}

	@Override
	public int length() {
		return this.buffer.readableBytes();
	}

	@Override
	public void copyTo(byte[] target, int offset) {
		this.buffer.getBytes(this.buffer.readerIndex(), target, offset, length());
	}

	@Override
	public void release() {
		this.buffer.release();
	}

}
