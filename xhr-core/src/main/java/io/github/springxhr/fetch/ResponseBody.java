package io.github.springxhr.fetch;

import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springxhr.coding.ContentCodingException;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.FetchFailure.Phase;
import io.github.springxhr.http.HeaderList;
import org.jspecify.annotations.Nullable;

/**
 * The body of the response on its way to the handler: decoded, counted, and refused when
 * it gets too large.
 *
 * <h2>Concurrency</h2> Chunks come on the hop's I/O thread. {@link #pull()} and
 * {@link #close()} come from any thread. A chunk of the network may decode to many
 * pieces, and the handler asks for one more after each piece: so the demand for chunks is
 * kept back while pieces are waiting.
 */
final class ResponseBody {

	/** What does not compress gets a little larger by being coded. */
	private static final int CODED_SLACK = 64 * 1024;

	/** Decoded pieces of up to 64 KiB that may wait before no more is read. */
	private static final int WAITING_PIECES = 4;

	private final FetchHandler handler;

	private final Hops hops;

	private final long maxSize;

	private final @Nullable BodyDecoder decoder;

	private final AtomicInteger waitingPieces = new AtomicInteger();

	private final AtomicInteger owedChunks = new AtomicInteger();

	private long codedReceived;

	private long received;

	ResponseBody(FetchHandler handler, Hops hops, long maxSize, @Nullable BodyDecoder decoder) {
		this.handler = handler;
		this.hops = hops;
		this.maxSize = maxSize;
		this.decoder = decoder;
	}

	/**
	 * Return the number of bytes that the handler is going to get, or -1 if it is not
	 * known.
	 * <p>
	 * Deviation: the standard takes {@code Content-Length} for it, which is that of the
	 * coded body; browsers do not.
	 */
	long length(HeaderList headers) {
		return (this.decoder != null) ? -1 : headers.extractLength();
	}

	/**
	 * Deliver a chunk.
	 * @return {@code false} if the body has failed, which is told to the handler
	 */
	boolean chunk(BodyChunk chunk) {
		if (this.decoder == null) {
			return deliver(chunk);
		}
		this.codedReceived += chunk.length();
		if (this.codedReceived > this.maxSize + this.maxSize / 64 + CODED_SLACK) {
			// such as empty gzip members without end, which decode to nothing
			chunk.release();
			fail(tooLarge(this.maxSize));
			return false;
		}
		this.owedChunks.incrementAndGet();
		return deliver(this.decoder, (decoder) -> decoder.decode(chunk));
	}

	private boolean deliver(BodyDecoder decoder, DecodingStep step) {
		try {
			return deliver(step.decode(decoder));
		}
		catch (ContentCodingException ex) {
			fail(BodyDecoder.failure(ex));
		}
		catch (OutOfMemoryError ex) {
			fail(FetchFailure.of(FailureKind.TOO_LARGE, Phase.BODY, "the response is too large for memory"));
		}
		return false;
	}

	private boolean deliver(Deque<ByteChunk> pieces) {
		this.waitingPieces.addAndGet(pieces.size());
		while (!pieces.isEmpty()) {
			// not held here any longer than it waits
			if (!deliver(pieces.remove())) {
				return false;
			}
		}
		payOwedChunks();
		return true;
	}

	private boolean deliver(BodyChunk chunk) {
		this.received += chunk.length();
		if (this.received > this.maxSize) {
			chunk.release();
			fail(tooLarge(this.maxSize));
			return false;
		}
		this.handler.processBodyChunk(chunk);
		return true;
	}

	/**
	 * The handler has done with a chunk.
	 */
	void pull() {
		if (this.decoder == null) {
			this.hops.pull(1);
			return;
		}
		this.waitingPieces.decrementAndGet();
		payOwedChunks();
	}

	private void payOwedChunks() {
		if (this.waitingPieces.get() < WAITING_PIECES) {
			int owed = this.owedChunks.getAndSet(0);
			if (owed > 0) {
				this.hops.pull(owed);
			}
		}
	}

	void end() {
		if (this.decoder != null && !deliver(this.decoder, BodyDecoder::finish)) {
			return;
		}
		close();
		this.handler.processEndOfBody();
	}

	void fail(FetchFailure failure) {
		close();
		this.handler.processBodyError(failure);
	}

	/**
	 * Free what the decoder holds.
	 */
	void close() {
		if (this.decoder != null) {
			this.decoder.close();
		}
	}

	static FetchFailure tooLarge(long maxSize) {
		return FetchFailure.of(FailureKind.TOO_LARGE, Phase.BODY,
				"the response is larger than the limit of " + maxSize + " bytes");
	}

	private interface DecodingStep {

		Deque<ByteChunk> decode(BodyDecoder decoder) throws ContentCodingException;

	}

}
