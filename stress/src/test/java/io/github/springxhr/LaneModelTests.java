package io.github.springxhr;

import java.util.concurrent.atomic.AtomicInteger;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Lincheck's search for an interleaving of calls of a {@link Lane} that loses a task or
 * lets two threads in. It makes up the calls of each thread, and what they return has to
 * be what they would return one after the other.
 */
@Tag("long")
public class LaneModelTests {

	private final Lane lane = new Lane(Runnable::run, Runnable::run);

	private final AtomicInteger posted = new AtomicInteger();

	/** Plain, as the lane makes it visible. */
	private int run;

	private int calls;

	@Operation
	public int call() {
		return this.lane.call(() -> ++this.calls);
	}

	@Operation
	public void post() {
		this.posted.incrementAndGet();
		this.lane.post(() -> this.run++, Runnable::run);
	}

	@Operation
	public void callOrPost() {
		this.posted.incrementAndGet();
		this.lane.callOrPost(() -> this.run++);
	}

	@Validate
	public void nothingIsLost() {
		if (this.run != this.posted.get()) {
			throw new IllegalStateException(this.run + " of " + this.posted + " have been run");
		}
	}

	@Test
	void interleavingsOfTwoThreads() {
		check(2);
	}

	@Test
	void interleavingsOfThreeThreads() {
		check(3);
	}

	private static void check(int threads) {
		new ModelCheckingOptions().threads(threads)
			.actorsPerThread(2)
			.actorsBefore(0)
			.actorsAfter(0)
			.iterations(10)
			.invocationsPerIteration(1_000)
			.check(LaneModelTests.class);
	}

}
