package io.github.springxhr;

import io.github.springxhr.http.FetchFailure;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LII_Result;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * How a request ends if two or three things would end it at once: by one terminal event
 * and one {@code loadend}. The results are these events, and then {@code readyState} and
 * {@code status}.
 */
public final class EndStress {

	private static final int MAX_SPINS = 1_000;

	private EndStress() {
	}

	/** The state, which is still the old one if that takes too long. */
	private static int readyStateOnceItHasChanged(XMLHttpRequest xhr) {
		int state = xhr.getReadyState();
		for (int i = 0; i < MAX_SPINS && state == XMLHttpRequest.OPENED; i++) {
			state = xhr.getReadyState();
		}
		return state;
	}

	private static void write(SentRequest request, LII_Result result) {
		result.r1 = request.log();
		result.r2 = request.xhr().getReadyState();
		result.r3 = request.xhr().getStatus();
	}

	/**
	 * The response against {@code abort()}, which also takes back a response that is
	 * there.
	 */
	@JCStressTest
	@Outcome(id = { "abort loadend, 0, 0", "load loadend, 0, 0" }, expect = Expect.ACCEPTABLE, desc = "one end")
	@State
	public static class ResponseAgainstAbort {

		private final SentRequest request = new SentRequest();

		private final Meeting meeting = new Meeting();

		@Actor
		public void network() {
			this.meeting.arrive();
			this.request.respond();
		}

		@Actor
		public void caller() {
			this.meeting.arrive();
			this.request.xhr().abort();
		}

		@Arbiter
		public void after(LII_Result result) {
			write(this.request, result);
		}

	}

	/**
	 * The response against the timeout.
	 */
	@JCStressTest
	@Outcome(id = { "load loadend, 4, 200", "timeout loadend, 4, 0" }, expect = Expect.ACCEPTABLE, desc = "one end")
	@State
	public static class ResponseAgainstTimeout {

		private final SentRequest request = new SentRequest();

		private final Meeting meeting = new Meeting();

		@Actor
		public void network() {
			this.meeting.arrive();
			this.request.respond();
		}

		@Actor
		public void alarm() {
			this.meeting.arrive();
			this.request.timeOut();
		}

		@Arbiter
		public void after(LII_Result result) {
			write(this.request, result);
		}

	}

	/**
	 * {@code abort()} against the timeout.
	 */
	@JCStressTest
	@Outcome(id = { "abort loadend, 0, 0", "timeout loadend, 0, 0" }, expect = Expect.ACCEPTABLE, desc = "one end")
	@State
	public static class AbortAgainstTimeout {

		private final SentRequest request = new SentRequest();

		private final Meeting meeting = new Meeting();

		@Actor
		public void caller() {
			this.meeting.arrive();
			this.request.xhr().abort();
		}

		@Actor
		public void alarm() {
			this.meeting.arrive();
			this.request.timeOut();
		}

		@Arbiter
		public void after(LII_Result result) {
			write(this.request, result);
		}

	}

	/**
	 * The response against the timeout and then {@code abort()}.
	 */
	@JCStressTest
	@Outcome(id = { "load loadend, 0, 0", "timeout loadend, 0, 0", "abort loadend, 0, 0" }, expect = Expect.ACCEPTABLE,
			desc = "one end")
	@State
	public static class ResponseAgainstTimeoutAndAbort {

		private final SentRequest request = new SentRequest();

		private final Meeting meeting = new Meeting();

		@Actor
		public void network() {
			this.meeting.arrive();
			this.request.respond();
		}

		@Actor
		public void others() {
			this.meeting.arrive();
			this.request.timeOut();
			this.request.xhr().abort();
		}

		@Arbiter
		public void after(LII_Result result) {
			write(this.request, result);
		}

	}

	/**
	 * The response against {@code abort()} and then the timeout.
	 */
	@JCStressTest
	@Outcome(id = { "load loadend, 0, 0", "abort loadend, 0, 0", "timeout loadend, 0, 0" }, expect = Expect.ACCEPTABLE,
			desc = "one end")
	@State
	public static class ResponseAgainstAbortAndTimeout {

		private final SentRequest request = new SentRequest();

		private final Meeting meeting = new Meeting();

		@Actor
		public void network() {
			this.meeting.arrive();
			this.request.respond();
		}

		@Actor
		public void others() {
			this.meeting.arrive();
			this.request.xhr().abort();
			this.request.timeOut();
		}

		@Arbiter
		public void after(LII_Result result) {
			write(this.request, result);
		}

	}

	/**
	 * Whoever reads a state also reads what belongs to it: here {@code status} and
	 * {@code responseText}.
	 */
	@JCStressTest
	@Outcome(id = { "1, (0|200), (hello)?", "2, 200, (hello)?", "3, 200, hello" }, expect = Expect.ACCEPTABLE,
			desc = "what belongs to the state, or what came after it")
	@Outcome(id = "4, 200, hello", expect = Expect.ACCEPTABLE, desc = "the end, with all that belongs to it")
	@State
	public static class ResponseAgainstReader {

		private final SentRequest request = new SentRequest();

		private final Meeting meeting = new Meeting();

		@Actor
		public void network() {
			this.meeting.arrive();
			this.request.respond();
		}

		@Actor
		public void reader(LLL_Result result) {
			this.meeting.arrive();
			XMLHttpRequest xhr = this.request.xhr();
			result.r1 = readyStateOnceItHasChanged(xhr);
			result.r2 = xhr.getStatus();
			result.r3 = xhr.getResponseText();
		}

	}

	/**
	 * The same of a request that fails.
	 */
	@JCStressTest
	@Outcome(id = { "1, 0, null", "1, 0, TIMEOUT" }, expect = Expect.ACCEPTABLE, desc = "the end is not seen yet")
	@Outcome(id = "4, 0, TIMEOUT", expect = Expect.ACCEPTABLE, desc = "the end, with its reason")
	@State
	public static class TimeoutAgainstReader {

		private final SentRequest request = new SentRequest();

		private final Meeting meeting = new Meeting();

		@Actor
		public void alarm() {
			this.meeting.arrive();
			this.request.timeOut();
		}

		@Actor
		public void reader(LLL_Result result) {
			this.meeting.arrive();
			XMLHttpRequest xhr = this.request.xhr();
			result.r1 = readyStateOnceItHasChanged(xhr);
			result.r2 = xhr.getStatus();
			FetchFailure failure = xhr.getFailure();
			result.r3 = (failure != null) ? failure.kind() : null;
		}

	}

}
