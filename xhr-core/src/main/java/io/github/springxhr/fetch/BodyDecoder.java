package io.github.springxhr.fetch;

import java.io.ByteArrayOutputStream;
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

	private final ContentDecoder decoder;

	private boolean closed;

	private BodyDecoder(ContentDecoder decoder) {
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
		ContentDecoder decoder = ContentCodings.decoderFor(contentEncoding, maxSize);
		return (decoder != null) ? new BodyDecoder(decoder) : null;
	}

	/**
	 * Decode a chunk.
	 * @param chunk the chunk, which is released
	 * @return what has come of it, which may be empty
	 */
	synchronized BodyChunk decode(BodyChunk chunk) throws ContentCodingException {
		byte[] coded = new byte[chunk.length()];
		chunk.copyTo(coded, 0);
		chunk.release();
		Decoded decoded = new Decoded();
		if (!this.closed) {
			this.decoder.decode(coded, 0, coded.length, decoded::write);
		}
		return decoded;
	}

	/**
	 * The body has ended.
	 * @return what was left, which may be empty
	 */
	synchronized BodyChunk finish() throws ContentCodingException {
		Decoded decoded = new Decoded();
		if (!this.closed) {
			this.decoder.finish(decoded::write);
		}
		return decoded;
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
	 * Decoded bytes on the heap.
	 */
	private static final class Decoded extends ByteArrayOutputStream implements BodyChunk {

		@Override
		public int length() {
			return this.count;
		}

		@Override
		public void copyTo(byte[] target, int offset) {
			System.arraycopy(this.buf, 0, target, offset, this.count);
		}

		@Override
		public void release() {
			// the heap takes it back
		}

	}

}
