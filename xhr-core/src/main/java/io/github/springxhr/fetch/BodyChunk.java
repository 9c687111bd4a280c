package io.github.springxhr.fetch;

/**
 * A piece of a response's body in a buffer of the transport.
 *
 * @since 0.1.0
 */
public interface BodyChunk {

	/**
	 * Return the number of bytes.
	 * @return 0 or more
	 */
	int length();

	/**
	 * Copy all bytes.
	 * @param target where to
	 * @param offset the index of the first byte in the target
	 */
	void copyTo(byte[] target, int offset);

	/**
	 * Give the buffer back. To be called once, by whoever got the chunk last.
	 */
	void release();

}
