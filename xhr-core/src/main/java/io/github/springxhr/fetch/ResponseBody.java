package io.github.springxhr.fetch;

import io.github.springxhr.coding.ContentCodingException;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.FetchFailure.Phase;
import io.github.springxhr.http.HeaderList;
import org.jspecify.annotations.Nullable;

/**
 * The body of the response on its way to the handler: decoded, counted, and refused when
 * it gets too large.
 */
final class ResponseBody {

	/** What does not compress gets a little larger by being coded. */
	private static final int CODED_SLACK = 64 * 1024;

	private final FetchHandler handler;

	private final long maxSize;

	private final @Nullable BodyDecoder decoder;

	private long codedReceived;

	private long received;

	/**
	 * Create a body.
	 * @throws ContentCodingException if its codings are refused
	 */
	ResponseBody(FetchHandler handler, HeaderList headers, boolean hasBody, long maxSize)
			throws ContentCodingException {
		this.handler = handler;
		this.maxSize = maxSize;
		this.decoder = hasBody ? BodyDecoder.of(headers.getAll("Content-Encoding"), maxSize) : null;
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
	boolean chunk(Hop hop, BodyChunk chunk) {
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
		try {
			BodyChunk decoded = this.decoder.decode(chunk);
			if (decoded.length() == 0) {
				hop.request(1);
				return true;
			}
			return deliver(decoded);
		}
		catch (ContentCodingException ex) {
			fail(BodyDecoder.failure(ex));
			return false;
		}
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

	void end() {
		if (this.decoder != null) {
			try {
				BodyChunk last = this.decoder.finish();
				if (last.length() > 0 && !deliver(last)) {
					return;
				}
			}
			catch (ContentCodingException ex) {
				fail(BodyDecoder.failure(ex));
				return;
			}
		}
		close();
		this.handler.processEndOfBody();
	}

	void fail(FetchFailure failure) {
		close();
		this.handler.processBodyError(failure);
	}

	/**
	 * Free what the decoder holds. Can be called from any thread.
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

}
