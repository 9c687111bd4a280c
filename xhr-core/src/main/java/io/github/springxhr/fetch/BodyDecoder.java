package io.github.springxhr.fetch;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.github.springxhr.coding.ContentCodingException;
import io.github.springxhr.coding.ContentCodings;
import io.github.springxhr.coding.ContentDecoder;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.FetchFailure.Phase;
import org.jspecify.annotations.Nullable;

/**
 * Takes the content codings off a response's body, chunk by chunk.
 *
 * <h2>Concurrency</h2> Chunks come on the hop's I/O thread. {@link #close()} comes from
 * any thread and frees native memory, so it waits for the chunk that is being decoded.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#handle-content-codings">Fetch Standard,
 * handle content codings</a>
 */
final class BodyDecoder implements AutoCloseable {

	private static final int PIECE = 64 * 1024;

	private final ContentDecoder decoder;

	private boolean closed;

	BodyDecoder(ContentDecoder decoder) {
		this.decoder = decoder;
	}

	/**
	 * Make a decoder.
	 * @param contentEncoding the values of {@code Content-Encoding}
	 * @return the decoder, or {@code null} if the body is not coded or coded in a way
	 * that is not known
	 * @throws ContentCodingException if the codings are refused
	 */
	static @Nullable BodyDecoder of(List<String> contentEncoding, long maxSize) throws ContentCodingException {
		if (contentEncoding.isEmpty()) {
			return null;
		}
		ContentDecoder decoder = ContentCodings.decoderFor(contentEncoding, maxSize);
		return (decoder != null) ? new BodyDecoder(decoder) : null;
	}

	/**
	 * Decode a chunk.
	 * @param chunk the chunk, which is released
	 * @return what has come of it, in pieces to be taken out one by one, as they may be
	 * as large as the response; none if there is nothing yet
	 */
	synchronized Deque<ByteChunk> decode(BodyChunk chunk) throws ContentCodingException {
		byte[] coded;
		try {
			coded = new byte[chunk.length()];
			chunk.copyTo(coded, 0);
		}
		finally {
			chunk.release();
		}
		Pieces pieces = new Pieces();
		if (!this.closed) {
			this.decoder.decode(coded, 0, coded.length, pieces::add);
		}
		return pieces.toChunks();
	}

	/**
	 * The body has ended.
	 * @return what was left, in pieces
	 */
	synchronized Deque<ByteChunk> finish() throws ContentCodingException {
		Pieces pieces = new Pieces();
		if (!this.closed) {
			this.decoder.finish(pieces::add);
		}
		return pieces.toChunks();
	}

	@Override
	public synchronized void close() {
		if (!this.closed) {
			this.closed = true;
			this.decoder.close();
		}
	}

	static FetchFailure failure(ContentCodingException ex) {
		FailureKind kind = switch (ex.getReason()) {
			case TOO_LARGE, RATIO -> FailureKind.TOO_LARGE;
			default -> FailureKind.DECODE;
		};
		return new FetchFailure(kind, Phase.BODY, String.valueOf(ex.getMessage()), ex);
	}

	/**
	 * Decoded bytes, collected without one array that grows.
	 */
	private static final class Pieces {

		private final Deque<ByteChunk> full = new ArrayDeque<>(2);

		private byte @Nullable [] last;

		private int filled;

		void add(byte[] bytes, int offset, int length) {
			int position = offset;
			int end = offset + length;
			while (position < end) {
				byte[] target = this.last;
				if (target == null || this.filled == target.length) {
					close();
					target = new byte[PIECE];
					this.last = target;
				}
				int count = Math.min(end - position, target.length - this.filled);
				System.arraycopy(bytes, position, target, this.filled, count);
				this.filled += count;
				position += count;
			}
		}

		private void close() {
			if (this.last != null && this.filled > 0) {
				this.full.add(new ByteChunk(this.last, this.filled));
			}
			this.last = null;
			this.filled = 0;
		}

		Deque<ByteChunk> toChunks() {
			close();
			return this.full;
		}

	}

}
