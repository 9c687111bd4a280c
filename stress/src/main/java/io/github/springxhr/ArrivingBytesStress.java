package io.github.springxhr;

import io.github.springxhr.fetch.BodyChunk;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A chunk comes while the lane takes the one before it.
 */
public final class ArrivingBytesStress {

	private ArrivingBytesStress() {
	}

	/**
	 * If the lane is told of the second chunk, it takes once more.
	 */
	@JCStressTest
	@Outcome(id = "2, 2, 2", expect = Expect.ACCEPTABLE, desc = "both are taken and read, and both are asked for")
	@State
	public static class AppendAgainstTake extends Chunks {

		@Actor
		public void connection() {
			this.news = append();
		}

		@Actor
		public void lane() {
			take();
		}

		@Arbiter
		public void rest(III_Result result) {
			takeNews();
			report(result);
		}

	}

	/**
	 * A third chunk comes later, of which the lane is to be told whoever was first.
	 */
	@JCStressTest
	@Outcome(id = "3, 3, 3", expect = Expect.ACCEPTABLE, desc = "all are taken and read, and asked for")
	@State
	public static class AppendAgainstTakeThenAppend extends Chunks {

		@Actor
		public void connection() {
			this.news = append();
		}

		@Actor
		public void lane() {
			take();
		}

		@Arbiter
		public void rest(III_Result result) {
			takeNews();
			this.news = append();
			takeNews();
			report(result);
		}

	}

	/**
	 * The lane has been told of a first chunk.
	 */
	abstract static class Chunks {

		private final ReceivedBytes bytes = new ReceivedBytes(0);

		private final ArrivingBytes arriving = new ArrivingBytes(this.bytes);

		private int owed;

		boolean news;

		Chunks() {
			append();
		}

		final boolean append() {
			this.arriving.append(new OneByte(), false);
			return this.arriving.isNews();
		}

		final void take() {
			this.bytes.show(this.arriving.take());
			this.owed += this.arriving.owed();
		}

		final void takeNews() {
			if (this.news) {
				take();
			}
		}

		final void report(III_Result result) {
			result.r1 = this.bytes.length();
			for (byte taken : this.bytes.copy(this.bytes.length())) {
				result.r2 += taken;
			}
			result.r3 = this.owed;
		}

	}

	private static final class OneByte implements BodyChunk {

		@Override
		public int length() {
			return 1;
		}

		@Override
		public void copyTo(byte[] target, int offset) {
			target[offset] = 1;
		}

		@Override
		public void release() {
			// nothing is held
		}

	}

}
