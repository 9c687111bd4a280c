package io.github.springxhr.webclient;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

import reactor.core.publisher.SynchronousSink;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;

/**
 * Reads a channel slice by slice: the state of a {@code Flux.generate}, which calls it
 * from one thread at a time and closes it once, also when it is cancelled.
 */
final class SliceReader {

	private final ReadableByteChannel channel;

	private final DataBufferFactory factory;

	private final int size;

	SliceReader(ReadableByteChannel channel, DataBufferFactory factory, int size) {
		this.channel = channel;
		this.factory = factory;
		this.size = size;
	}

	SliceReader next(SynchronousSink<DataBuffer> sink) {
		DataBuffer buffer = this.factory.allocateBuffer(this.size);
		try {
			int count = read(buffer);
			if (count > 0) {
				sink.next(buffer);
				return this;
			}
			sink.complete();
		}
		catch (IOException | RuntimeException ex) {
			failed(ex, sink);
		}
		DataBufferUtils.release(buffer);
		return this;
	}

	/**
	 * A cancelled flux interrupts the thread that reads for it, and expects no signal any
	 * more. One that was not cancelled takes having none for an error.
	 */
	private static void failed(Exception failure, SynchronousSink<DataBuffer> sink) {
		if (!Thread.currentThread().isInterrupted()) {
			sink.error(failure);
		}
	}

	private int read(DataBuffer buffer) throws IOException {
		try (DataBuffer.ByteBufferIterator iterator = buffer.writableByteBuffers()) {
			ByteBuffer target = iterator.next();
			int count;
			do {
				count = this.channel.read(target);
			}
			while (count == 0);
			buffer.writePosition(Math.max(count, 0));
			return count;
		}
	}

	void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			// what was read is right all the same
		}
	}

}
