package io.github.springxhr.coding;

import io.github.springxhr.http.Internal;

/**
 * Undoes the content codings of one body. Bytes are pushed in as they arrive, and what
 * they decode to is pushed out during the same call. After an exception the decoder is
 * closed.
 * <p>
 * Not thread-safe: one thread at a time. A sink may close the decoder that calls it, and
 * gets nothing any more.
 *
 * @since 0.1.0
 */
@Internal
public interface ContentDecoder extends AutoCloseable {

	/**
	 * Decode the next bytes of the body.
	 * @param source has the bytes; it is not kept
	 * @param offset where they begin
	 * @param length how many there are
	 * @param sink takes what they decode to, in pieces of 8 KiB at most
	 * @throws ContentCodingException if the bytes are not what the coding says, or become
	 * too many
	 * @throws IllegalStateException if the decoder is closed or finished
	 */
	void decode(byte[] source, int offset, int length, Sink sink) throws ContentCodingException;

	/**
	 * Say that the body has ended. A body without a single byte is one without content,
	 * whatever its coding.
	 * @param sink takes what was held back
	 * @throws ContentCodingException if the coded data has not ended
	 * @throws IllegalStateException if the decoder is closed or finished
	 */
	void finish(Sink sink) throws ContentCodingException;

	/**
	 * Give back native memory. Does nothing the second time.
	 */
	@Override
	void close();

	/**
	 * Takes decoded bytes.
	 */
	@Internal
	@FunctionalInterface
	interface Sink {

		/**
		 * Take some bytes. They have to be copied, as the array is used again.
		 * @param bytes has the bytes
		 * @param offset where they begin
		 * @param length how many there are, at least 1
		 * @throws ContentCodingException if they are not what was expected
		 */
		void accept(byte[] bytes, int offset, int length) throws ContentCodingException;

	}

}
