package io.github.springxhr;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springxhr.fetch.BodyChunk;

/**
 * The bytes of a response between the thread that brings them and the lane. A lane that
 * is a little late holds up nothing: the next chunk is asked for when one has been
 * copied, unless the lane is far behind, as it is while a listener takes its time. Then
 * it is asked for when the lane has come after.
 *
 * <h2>Concurrency</h2> One thread appends, the lane takes. Who appends writes
 * {@code length} and {@code owed} before it sets {@code told}; the lane clears
 * {@code told} before it reads them, so what it does not see it is told of again. Of
 * {@code taken} an old value does no harm: then the lane asks for the next chunk.
 */
final class ArrivingBytes {

	/** With more bytes than that which the lane has not taken, nothing is asked for. */
	private static final int LEAD = 1024 * 1024;

	private final ReceivedBytes bytes;

	private volatile int length;

	private volatile int taken;

	/** How many chunks the lane is to ask for. */
	private final AtomicInteger owed = new AtomicInteger();

	/** Whether the lane has been told of bytes and has not taken them. */
	private final AtomicBoolean told = new AtomicBoolean();

	ArrivingBytes(ReceivedBytes bytes) {
		this.bytes = bytes;
	}

	/**
	 * Copy a chunk.
	 * @param canAsk whether the caller can ask for another one
	 * @return whether it is to do so; if not, the lane will
	 * @throws ArithmeticException if the bytes are too many for an array
	 */
	boolean append(BodyChunk chunk, boolean canAsk) {
		int end = this.bytes.append(chunk);
		boolean asks = canAsk && end - this.taken <= LEAD;
		if (!asks) {
			this.owed.incrementAndGet();
		}
		this.length = end;
		return asks;
	}

	/**
	 * Return whether the lane is to be told that there are bytes.
	 */
	boolean isNews() {
		return !this.told.getAndSet(true);
	}

	/**
	 * Take all that has come, in the lane.
	 * @return how many bytes there are
	 */
	int take() {
		this.told.set(false);
		int end = this.length;
		this.taken = end;
		return end;
	}

	/**
	 * Return how many chunks the lane is to ask for, once.
	 */
	int owed() {
		return this.owed.getAndSet(0);
	}

}
