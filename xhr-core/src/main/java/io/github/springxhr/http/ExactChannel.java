package io.github.springxhr.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * As many bytes of a channel as were promised: no more, and to have less is an error.
 */
final class ExactChannel implements ReadableByteChannel {

	private final ReadableByteChannel channel;

	private final long length;

	private long left;

	ExactChannel(ReadableByteChannel channel, long length) {
		this.channel = channel;
		this.length = length;
		this.left = length;
	}

	@Override
	public int read(ByteBuffer target) throws IOException {
		if (this.left == 0) {
			return -1;
		}
		int limit = target.limit();
		target.limit(target.position() + (int) Math.min(target.remaining(), this.left));
		try {
			int count = this.channel.read(target);
			if (count < 0) {
				throw new EOFException(
						"ended after " + (this.length - this.left) + " bytes, where there were " + this.length);
			}
			this.left -= count;
			return count;
		}
		finally {
			target.limit(limit);
		}
	}

	@Override
	public boolean isOpen() {
		return this.channel.isOpen();
	}

	@Override
	public void close() throws IOException {
		this.channel.close();
	}

}
