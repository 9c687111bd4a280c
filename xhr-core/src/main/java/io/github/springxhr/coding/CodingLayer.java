package io.github.springxhr.coding;

import io.github.springxhr.coding.ContentDecoder.Sink;

/**
 * Undoes one coding. Everything that the bytes received so far decode to has been passed
 * on when {@link #decode} returns. It is not used any more once it has thrown.
 */
abstract class CodingLayer {

	/** How much is decoded before it is counted and passed on. */
	static final int BUFFER_SIZE = 8 * 1024;

	abstract void decode(byte[] source, int offset, int length, Sink sink) throws ContentCodingException;

	/**
	 * The input has ended.
	 * @throws ContentCodingException unless it is empty, or all of a coded body
	 */
	abstract void finish() throws ContentCodingException;

	/** Called once. */
	abstract void close();

}
