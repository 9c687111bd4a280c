package io.github.springxhr;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * Two threads at one {@link Lane}. Where its executor runs tasks at once, the thread that
 * posts is the one that drains, so that all has been run when both threads are done.
 */
public final class LaneStress {

	private LaneStress() {
	}

	private static void call(Lane lane, Runnable task) {
		lane.call(() -> {
			task.run();
			return true;
		});
	}

	/**
	 * Tasks from both threads: each is run, and by itself.
	 */
	@JCStressTest
	@Outcome(id = "4, 0", expect = Expect.ACCEPTABLE, desc = "each is run, one at a time")
	@State
	public static class PostAgainstPost {

		private final Lane lane = new Lane(Runnable::run, Runnable::run);

		private final Meeting meeting = new Meeting();

		private final Guarded guarded = new Guarded();

		@Actor
		public void one() {
			this.meeting.arrive();
			this.lane.post(this.guarded);
			this.lane.post(this.guarded);
		}

		@Actor
		public void other() {
			this.meeting.arrive();
			this.lane.post(this.guarded);
			this.lane.post(this.guarded);
		}

		@Arbiter
		public void after(II_Result result) {
			this.guarded.write(result);
		}

	}

	/**
	 * A task that is posted as a caller comes and leaves.
	 */
	@JCStressTest
	@Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "both are run, one at a time")
	@State
	public static class PostAgainstCall {

		private final Lane lane = new Lane(Runnable::run, Runnable::run);

		private final Meeting meeting = new Meeting();

		private final Guarded guarded = new Guarded();

		@Actor
		public void transport() {
			this.meeting.arrive();
			this.lane.post(this.guarded);
		}

		@Actor
		public void caller() {
			this.meeting.arrive();
			call(this.lane, this.guarded);
		}

		@Arbiter
		public void after(II_Result result) {
			this.guarded.write(result);
		}

	}

	/**
	 * The same, with another thread to hand over to: what has been posted is run by that
	 * one, which is asked once at most.
	 */
	@JCStressTest
	@Outcome(id = "2, 0, 1", expect = Expect.ACCEPTABLE, desc = "both are run, the task where it belongs")
	@State
	public static class PostAgainstCallHandedOver {

		private final Later later = new Later();

		private final Lane lane = new Lane(this.later, this.later);

		private final Meeting meeting = new Meeting();

		private final Guarded guarded = new Guarded();

		@Actor
		public void transport() {
			this.meeting.arrive();
			this.lane.post(this.guarded);
		}

		@Actor
		public void caller() {
			this.meeting.arrive();
			call(this.lane, this.guarded);
		}

		@Arbiter
		public void after(III_Result result) {
			this.later.run();
			result.r1 = this.guarded.runs();
			result.r2 = this.guarded.overlaps();
			result.r3 = this.later.asked();
		}

	}

	/**
	 * Two callers.
	 */
	@JCStressTest
	@Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "both are run, one at a time")
	@State
	public static class CallAgainstCall {

		private final Lane lane = new Lane(Runnable::run, Runnable::run);

		private final Meeting meeting = new Meeting();

		private final Guarded guarded = new Guarded();

		@Actor
		public void one() {
			this.meeting.arrive();
			call(this.lane, this.guarded);
		}

		@Actor
		public void other() {
			this.meeting.arrive();
			call(this.lane, this.guarded);
		}

		@Arbiter
		public void after(II_Result result) {
			this.guarded.write(result);
		}

	}

	/**
	 * A call that does not wait: it is run at once, or as the other leaves.
	 */
	@JCStressTest
	@Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "both are run, one at a time")
	@State
	public static class CallOrPostAgainstCall {

		private final Lane lane = new Lane(Runnable::run, Runnable::run);

		private final Meeting meeting = new Meeting();

		private final Guarded guarded = new Guarded();

		@Actor
		public void aborting() {
			this.meeting.arrive();
			this.lane.callOrPost(this.guarded);
		}

		@Actor
		public void caller() {
			this.meeting.arrive();
			call(this.lane, this.guarded);
		}

		@Arbiter
		public void after(II_Result result) {
			this.guarded.write(result);
		}

	}

	/**
	 * A call that does not wait, as a drain comes to its end.
	 */
	@JCStressTest
	@Outcome(id = "2, 0", expect = Expect.ACCEPTABLE, desc = "both are run, one at a time")
	@State
	public static class CallOrPostAgainstPost {

		private final Lane lane = new Lane(Runnable::run, Runnable::run);

		private final Meeting meeting = new Meeting();

		private final Guarded guarded = new Guarded();

		@Actor
		public void aborting() {
			this.meeting.arrive();
			this.lane.callOrPost(this.guarded);
		}

		@Actor
		public void transport() {
			this.meeting.arrive();
			this.lane.post(this.guarded);
		}

		@Arbiter
		public void after(II_Result result) {
			this.guarded.write(result);
		}

	}

	/**
	 * What one thread posts is run in its order, whatever others post.
	 */
	@JCStressTest
	@Outcome(id = { "abxy", "axby", "axyb", "xaby", "xayb", "xyab" }, expect = Expect.ACCEPTABLE,
			desc = "a before b and x before y")
	@State
	public static class Order {

		private final Lane lane = new Lane(Runnable::run, Runnable::run);

		private final Meeting meeting = new Meeting();

		private String order = "";

		@Actor
		public void one() {
			this.meeting.arrive();
			this.lane.post(() -> this.order += "a");
			this.lane.post(() -> this.order += "b");
		}

		@Actor
		public void other() {
			this.meeting.arrive();
			this.lane.post(() -> this.order += "x");
			this.lane.post(() -> this.order += "y");
		}

		@Arbiter
		public void after(L_Result result) {
			result.r1 = this.order;
		}

	}

	/**
	 * A task that waits until a caller waits, with another task behind it.
	 */
	@JCStressTest
	@Outcome(id = "caller task", expect = Expect.ACCEPTABLE, desc = "the caller goes first")
	@Outcome(id = "unseen", expect = Expect.ACCEPTABLE, desc = "the caller has not waited")
	@State
	public static class CallerGoesFirst {

		private static final int PATIENCE = 1_000;

		private final Lane lane = new Lane(Runnable::run, Runnable::run);

		private volatile boolean begun;

		private volatile Thread caller;

		private boolean seen;

		private String order = "";

		@Actor
		public void transport() {
			this.lane.post(() -> {
				this.lane.post(() -> this.order += " task");
				this.begun = true;
				this.seen = waitForCaller();
			});
		}

		@Actor
		public void caller() {
			for (int i = 0; i < PATIENCE && !this.begun; i++) {
				Thread.onSpinWait();
			}
			if (this.begun) {
				// from now on the lock of the lane is free: the thread can wait for
				// nothing else
				this.caller = Thread.currentThread();
			}
			call(this.lane, () -> this.order += " caller");
		}

		private boolean waitForCaller() {
			for (int i = 0; i < PATIENCE; i++) {
				Thread thread = this.caller;
				if (thread != null && thread.getState() == Thread.State.WAITING) {
					return true;
				}
				Thread.onSpinWait();
			}
			return false;
		}

		@Arbiter
		public void after(L_Result result) {
			result.r1 = this.seen ? this.order.strip() : "unseen";
		}

	}

	/**
	 * A synchronous request waits inside for what the transport posts.
	 */
	@JCStressTest
	@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "the task is run, and the waiting ends")
	@State
	public static class RunUntil {

		private final Lane lane = new Lane(Runnable::run, Runnable::run);

		private final Meeting meeting = new Meeting();

		private final Guarded guarded = new Guarded();

		@Actor
		public void transport() {
			this.meeting.arrive();
			this.lane.post(this.guarded);
		}

		@Actor
		public void waiting() {
			this.meeting.arrive();
			call(this.lane, () -> this.lane.runUntil(() -> this.guarded.runs() == 1, () -> {
			}));
		}

		@Arbiter
		public void after(II_Result result) {
			this.guarded.write(result);
		}

	}

}
