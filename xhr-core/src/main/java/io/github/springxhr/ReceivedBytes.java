package io.github.springxhr;

import java.util.Arrays;

import io.github.springxhr.fetch.BodyChunk;

/**
 * The received bytes. If the response tells its length they are one array of that length,
 * which can be decoded and handed out as it is. If it does not, what is more than a
 * megabyte goes to segments, as an array that grows would be held twice; they are joined
 * when all is there and an array is asked for.
 *
 * <h2>Concurrency</h2> Appended to by one thread at a time, that of the connection as a
 * rule. How many of the bytes count is for the lane to say, so that what a listener reads
 * does not change under its hands. Another thread may read these at any time:
 * {@code length} is written after the bytes it counts, and a store that was replaced
 * holds the same bytes.
 */
final class ReceivedBytes {

	/** What a server says of its length is believed up to here. */
	private static final int MAX_TRUSTED_LENGTH = 1024 * 1024;

	/** A server that has sent so much is believed to send as many times that. */
	private static final int GROWTH = 16;

	private static final int MIN_CAPACITY = 1024;

	/** Small enough for every collector to treat it as any other object. */
	private static final int SEGMENT = 256 * 1024;

	private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

	private static final byte[] NONE = {};

	private static final byte[][] NO_SEGMENTS = {};

	private volatile Store store = new Store(NONE, NO_SEGMENTS);

	/** Touched by whoever appends. */
	private int appended;

	private volatile int length;

	private final long expected;

	/**
	 * Create an empty store.
	 * @param expected the length that the response tells, or 0 if it does not
	 */
	ReceivedBytes(long expected) {
		this.expected = expected;
	}

	/**
	 * Add a chunk, which does not count yet.
	 * @return how many bytes there are with it
	 * @throws ArithmeticException if the bytes are too many for an array
	 */
	int append(BodyChunk chunk) {
		int start = this.appended;
		if (chunk.length() == 0) {
			return start;
		}
		int end = Math.addExact(start, chunk.length());
		if (end > MAX_CAPACITY) {
			throw new ArithmeticException("too many bytes for an array");
		}
		Store current = this.store;
		if (current.segments.length == 0 && (end <= MAX_TRUSTED_LENGTH || end <= this.expected)) {
			if (end > current.first.length) {
				current = new Store(Arrays.copyOf(current.first, capacityFor(end)), NO_SEGMENTS);
			}
			chunk.copyTo(current.first, start);
		}
		else {
			current = withSegments(current, start, end);
			current.write(chunk, start);
		}
		if (current != this.store) {
			this.store = current;
		}
		this.appended = end;
		return end;
	}

	/**
	 * Let bytes that have been appended count.
	 * @param end how many there are now
	 */
	void show(int end) {
		this.length = end;
	}

	int length() {
		return this.length;
	}

	/**
	 * Return an array whose first bytes are the received ones. Only when no more come.
	 */
	byte[] array() {
		return (this.store.segments.length == 0) ? this.store.first : join();
	}

	/**
	 * Return the bytes: the array itself if it is full, else a copy. Only when no more
	 * come.
	 */
	byte[] toArray() {
		byte[] array = array();
		return (array.length == this.length) ? array : Arrays.copyOf(array, this.length);
	}

	/**
	 * Return a copy of the first bytes received so far.
	 * @param count how many, at most {@link #length()}
	 */
	byte[] copy(int count) {
		return copy(0, count);
	}

	/**
	 * Return a copy of some of the bytes, of those that were appended.
	 */
	byte[] copy(int from, int to) {
		byte[] copy = new byte[to - from];
		int[] position = new int[1];
		read(from, to, (bytes, offset, length) -> {
			System.arraycopy(bytes, offset, copy, position[0], length);
			position[0] += length;
		});
		return copy;
	}

	/**
	 * Read a part of what has been received.
	 * @param from where it starts
	 * @param to where it ends, at most {@link #length()}
	 * @param reader takes it piece by piece
	 */
	void read(int from, int to, Reader reader) {
		this.store.read(from, to, reader);
	}

	private synchronized byte[] join() {
		if (this.store.segments.length > 0) {
			this.store = new Store(copy(this.length), NO_SEGMENTS);
		}
		return this.store.first;
	}

	/**
	 * As much as is believed, in steps of which the last one is large: what is copied is
	 * held twice.
	 */
	private int capacityFor(int needed) {
		int current = this.store.first.length;
		if (needed > this.expected) {
			return Math.max(needed, Math.max(MIN_CAPACITY, Math.min(MAX_TRUSTED_LENGTH, 2 * current)));
		}
		long believed = Math.max(MAX_TRUSTED_LENGTH, (long) GROWTH * current);
		long capacity = this.expected;
		while (capacity > believed) {
			capacity = (capacity + GROWTH - 1) / GROWTH;
		}
		return (int) Math.min(MAX_CAPACITY, Math.max(needed, capacity));
	}

	/** The first array is filled up before the first segment is. */
	private static Store withSegments(Store store, int start, int end) {
		byte[] first = (store.segments.length > 0 || store.first.length == start) ? store.first
				: Arrays.copyOf(store.first, start);
		int count = Math.floorDiv(end - first.length - 1, SEGMENT) + 1;
		byte[][] segments = store.segments;
		if (count > segments.length) {
			segments = Arrays.copyOf(segments, Math.max(count, 2 * segments.length));
		}
		for (int i = count - 1; i >= 0 && segments[i] == null; i--) {
			segments[i] = new byte[SEGMENT];
		}
		return new Store(first, segments);
	}

	/**
	 * The bytes.
	 *
	 * @param first has the first of them, and is full if there are segments
	 * @param segments have the rest, each as many; not to be replaced
	 */
	private record Store(byte[] first, byte[][] segments) {

		void write(BodyChunk chunk, int start) {
			int position = start - this.first.length;
			if (position % SEGMENT + chunk.length() <= SEGMENT) {
				chunk.copyTo(this.segments[position / SEGMENT], position % SEGMENT);
				return;
			}
			byte[] bytes = new byte[chunk.length()];
			chunk.copyTo(bytes, 0);
			int[] copied = new int[1];
			read(start, start + bytes.length, (segment, offset, length) -> {
				System.arraycopy(bytes, copied[0], segment, offset, length);
				copied[0] += length;
			});
		}

		void read(int from, int to, Reader reader) {
			int position = from;
			while (position < to) {
				boolean inFirst = position < this.first.length;
				int offset = inFirst ? position : (position - this.first.length) % SEGMENT;
				byte[] bytes = inFirst ? this.first : this.segments[(position - this.first.length) / SEGMENT];
				int count = Math.min(to - position, bytes.length - offset);
				reader.accept(bytes, offset, count);
				position += count;
			}
		}

	}

	/**
	 * Takes a piece of the bytes.
	 */
	@FunctionalInterface
	interface Reader {

		void accept(byte[] bytes, int offset, int length);

	}

}
