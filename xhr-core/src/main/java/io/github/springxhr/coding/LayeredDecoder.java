package io.github.springxhr.coding;

import java.util.List;
import java.util.Objects;

/**
 * Undoes codings, the one applied last first. Each layer hands what it has decoded to the
 * next one in small pieces, so that nothing is ever held in full.
 */
final class LayeredDecoder implements ContentDecoder {

	private final List<CodingLayer> layers;

	private final long[] decoded;

	private final CodingLimits limits;

	private long received;

	private boolean busy;

	private boolean finished;

	private boolean closed;

	/**
	 * Create a decoder.
	 * @param layers the layers, the one that takes the received bytes first
	 * @param limits what they may produce
	 */
	LayeredDecoder(List<CodingLayer> layers, CodingLimits limits) {
		this.layers = List.copyOf(layers);
		this.decoded = new long[layers.size()];
		this.limits = limits;
	}

	@Override
	public void decode(byte[] source, int offset, int length, Sink sink) throws ContentCodingException {
		Objects.checkFromIndexSize(offset, length, source.length);
		this.received += length;
		run(() -> feed(0, source, offset, length, sink));
	}

	@Override
	public void finish(Sink sink) throws ContentCodingException {
		run(() -> {
			this.finished = true;
			for (CodingLayer layer : this.layers) {
				layer.finish();
			}
		});
	}

	@Override
	public void close() {
		if (!this.closed) {
			this.closed = true;
			if (!this.busy) {
				this.layers.forEach(CodingLayer::close);
			}
		}
	}

	private void feed(int index, byte[] source, int offset, int length, Sink sink) throws ContentCodingException {
		if (this.closed || length == 0) {
			return;
		}
		if (index == this.layers.size()) {
			sink.accept(source, offset, length);
			return;
		}
		this.layers.get(index).decode(source, offset, length, (bytes, start, count) -> {
			this.decoded[index] += count;
			this.limits.check(this.decoded[index], this.received, index == this.layers.size() - 1);
			feed(index + 1, bytes, start, count, sink);
		});
	}

	/**
	 * No layer may lose its memory while it works, so a sink that closes the decoder has
	 * to be left first.
	 */
	private void run(Step step) throws ContentCodingException {
		if (this.closed || this.finished || this.busy) {
			throw new IllegalStateException("The decoder is closed, finished or busy");
		}
		this.busy = true;
		boolean done = false;
		try {
			step.run();
			done = true;
		}
		finally {
			this.busy = false;
			release(done);
		}
	}

	private void release(boolean done) {
		if (this.closed) {
			this.layers.forEach(CodingLayer::close);
		}
		else if (!done) {
			close();
		}
	}

	@FunctionalInterface
	private interface Step {

		void run() throws ContentCodingException;

	}

}
