package io.github.springxhr.coding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.decoder.DecoderJNI;
import io.github.springxhr.coding.ContentCodingException.Reason;
import io.github.springxhr.coding.ContentDecoder.Sink;

/**
 * The coding {@code br}. The only class that knows brotli4j. Up to 16 MiB of native
 * memory, as the format's window demands. It has no checksum, so nothing may come after
 * it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7932.html">RFC 7932</a>
 */
final class BrotliLayer extends CodingLayer {

	private final DecoderJNI.Wrapper decoder;

	private final byte[] buffer = new byte[BUFFER_SIZE];

	private boolean started;

	BrotliLayer() {
		try {
			this.decoder = new DecoderJNI.Wrapper(BUFFER_SIZE);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("There is no memory for a brotli decoder", ex);
		}
	}

	static boolean isLoaded() {
		return Brotli4jLoader.isAvailable();
	}

	@Override
	void decode(byte[] source, int offset, int length, Sink sink) throws ContentCodingException {
		ByteBuffer input = this.decoder.getInputBuffer();
		this.started = true;
		int end = offset + length;
		for (int position = offset; position < end; position += input.position()) {
			if (isDone()) {
				throw new ContentCodingException(Reason.CORRUPT);
			}
			input.clear();
			input.put(source, position, Math.min(input.remaining(), end - position));
			this.decoder.push(input.position());
			drain(sink);
		}
	}

	/** Runs the decoder until it has used its input and given all its output. */
	private void drain(Sink sink) throws ContentCodingException {
		while (true) {
			if (this.decoder.getStatus() == DecoderJNI.Status.ERROR) {
				throw new ContentCodingException(Reason.CORRUPT);
			}
			if (this.decoder.hasOutput() || this.decoder.getStatus() == DecoderJNI.Status.NEEDS_MORE_OUTPUT) {
				emit(this.decoder.pull(), sink);
			}
			else if (this.decoder.getStatus() == DecoderJNI.Status.OK) {
				this.decoder.push(0);
			}
			else {
				return;
			}
		}
	}

	private void emit(ByteBuffer output, Sink sink) throws ContentCodingException {
		while (output.hasRemaining()) {
			int count = Math.min(output.remaining(), this.buffer.length);
			output.get(this.buffer, 0, count);
			sink.accept(this.buffer, 0, count);
		}
	}

	private boolean isDone() {
		return this.decoder.getStatus() == DecoderJNI.Status.DONE;
	}

	@Override
	void finish() throws ContentCodingException {
		if (this.started && !isDone()) {
			throw new ContentCodingException(Reason.TRUNCATED);
		}
	}

	@Override
	void close() {
		this.decoder.destroy();
	}

}
