package io.github.springxhr;

import java.util.Arrays;

import io.github.springxhr.fetch.BodyChunk;

/**
 * The received bytes: one array, so that they can be decoded and handed out without
 * joining.
 *
 * <h2>Concurrency</h2> Written by the lane only. Another thread may read at any time:
 * {@code length} is written after the bytes it counts, and an array that was replaced
 * holds the same bytes.
 */
final class ReceivedBytes {

	/** What a server says of its length is believed up to here. */
	private static final int MAX_TRUSTED_LENGTH = 1024 * 1024;

	/** A server that has sent so much is believed to send as many times that. */
	private static final int GROWTH = 16;

	private static final int MIN_CAPACITY = 1024;

	private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

	private static final byte[] NONE = {};

	private volatile byte[] bytes = NONE;

	private volatile int length;

	private final long expected;

	/**
	 * Create an empty store.
	 * @param expected the length that the response tells, or 0 if it does not
	 */
	ReceivedBytes(long expected) {
		this.expected = expected;
	}

	void append(BodyChunk chunk) {
		int start = this.length;
		int end = Math.addExact(start, chunk.length());
		if (end > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, capacityFor(end));
		}
		chunk.copyTo(this.bytes, start);
		this.length = end;
	}

	int length() {
		return this.length;
	}

	/**
	 * Return the array, whose first bytes are the received ones.
	 */
	byte[] array() {
		return this.bytes;
	}

	/**
	 * Return the bytes: the array itself if it is full, else a copy.
	 */
	byte[] toArray() {
		byte[] array = this.bytes;
		return (array.length == this.length) ? array : Arrays.copyOf(array, this.length);
	}

	private int capacityFor(int needed) {
		long grown;
		if (this.expected >= needed) {
			grown = Math.min(this.expected, Math.max(MAX_TRUSTED_LENGTH, (long) GROWTH * this.bytes.length));
		}
		else {
			grown = Math.max(MIN_CAPACITY, 2L * this.bytes.length);
		}
		return (int) Math.min(MAX_CAPACITY, Math.max(needed, grown));
	}

}
