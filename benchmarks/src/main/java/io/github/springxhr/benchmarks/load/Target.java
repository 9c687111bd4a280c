package io.github.springxhr.benchmarks.load;

import java.util.Locale;

/**
 * What has to be reached, and what has been.
 *
 * @param what the scenario and what is measured in it
 * @param must the least that will do
 * @param aim what is wished for
 * @param up whether more is better
 * @param measured what has been measured
 */
record Target(String what, double must, double aim, boolean up, Spread measured) {

	static Target atLeast(String what, double must, double aim, Spread measured) {
		return new Target(what, must, aim, true, measured);
	}

	static Target atMost(String what, double must, double aim, Spread measured) {
		return new Target(what, must, aim, false, measured);
	}

	private String verdict() {
		if (reaches(this.aim)) {
			return "aim reached";
		}
		if (Double.isInfinite(this.must)) {
			return "aim missed";
		}
		return reaches(this.must) ? "reached" : "**missed**";
	}

	private boolean reaches(double limit) {
		return this.up ? this.measured.median() >= limit : this.measured.median() <= limit;
	}

	String toRow() {
		String sign = this.up ? "≥ " : "≤ ";
		return "| " + this.what + " | " + sign + number(this.must) + " | " + sign + number(this.aim) + " | "
				+ number(this.measured) + " | " + verdict() + " |";
	}

	static String number(Spread spread) {
		return number(spread.median()) + " (" + number(spread.low()) + " to " + number(spread.high()) + ")";
	}

	static String number(double value) {
		return String.format(Locale.ROOT, (Math.abs(value) >= 20) ? "%,.0f" : "%.2f", value);
	}

}
