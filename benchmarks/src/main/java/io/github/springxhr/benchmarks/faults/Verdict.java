package io.github.springxhr.benchmarks.faults;

import java.util.Objects;

/**
 * What is thought of an observation.
 */
enum Verdict {

	/** As expected from the standards. */
	RIGHT(""),

	/** Otherwise, and the standards leave it to the client. */
	CHOICE("*"),

	/**
	 * Neither, or a POST was sent twice, or the next request has not got its response.
	 */
	WRONG("**");

	private final String mark;

	Verdict(String mark) {
		this.mark = mark;
	}

	/** What stands around a cell of the table. */
	String mark(String text) {
		return this.mark + text + this.mark;
	}

	static Verdict of(Question question, Observation told) {
		if (told.next() != null || (question.isPost() && !question.isRedirect() && told.requests() > 1)) {
			return WRONG;
		}
		if (isExpected(question, told)) {
			return RIGHT;
		}
		return Choice.all().stream().anyMatch((choice) -> choice.isAbout(question) && choice.allowed().test(told))
				? CHOICE : WRONG;
	}

	private static boolean isExpected(Question question, Observation told) {
		if (question.isErrorExpected()) {
			return told.isFailure();
		}
		if (question.label().equals("folded header")
				&& (told.reply() == null || !Objects.toString(told.reply().extra()).matches("a +b"))) {
			return false;
		}
		return told.has(question.expectedStatus(), question.expectedBody());
	}

}
