package io.github.springxhr.fetch;

/**
 * A chunk on the heap.
 *
 * @param bytes has the bytes at its start; not to be changed
 * @param length how many they are
 */
record ByteChunk(byte[] bytes, int length) implements BodyChunk {

	@Override
	public void copyTo(byte[] target, int offset) {
		System.arraycopy(this.bytes, 0, target, offset, this.length);
	}

	@Override
	public void release() {
		// the heap takes it back
	}

}
