package io.github.springxhr.cookie;

/**
 * Ends the rules for a cookie that is not kept. It has no stack trace, as it is thrown
 * for what peers send.
 */
final class CookieRefusedException extends Exception {

	private static final long serialVersionUID = 1L;

	private final Refusal refusal;

	CookieRefusedException(Refusal refusal) {
		super(refusal.toString(), null, false, false);
		this.refusal = refusal;
	}

	Refusal refusal() {
		return this.refusal;
	}

	static void refuseIf(boolean condition, Refusal refusal) throws CookieRefusedException {
		if (condition) {
			throw new CookieRefusedException(refusal);
		}
	}

}
