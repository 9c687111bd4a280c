package io.github.springxhr.mime;

import java.util.function.IntPredicate;

/**
 * A string and a position in it: what the standards call a position variable.
 */
final class StringCursor {

	private final String input;

	private int position;

	StringCursor(String input) {
		this.input = input;
	}

	boolean atEnd() {
		return this.position >= this.input.length();
	}

	boolean at(char c) {
		return !atEnd() && this.input.charAt(this.position) == c;
	}

	void advance() {
		if (!atEnd()) {
			this.position++;
		}
	}

	String collectUntil(char end) {
		return collectUntil(end, end);
	}

	String collectUntil(char end, char otherEnd) {
		return collectWhile((c) -> c != end && c != otherEnd);
	}

	String collectWhile(IntPredicate predicate) {
		int start = this.position;
		skipWhile(predicate);
		return this.input.substring(start, this.position);
	}

	/**
	 * Moves behind the next occurrence of a string.
	 * @param target the string
	 * @return whether there was one; if not, the position stays
	 */
	boolean advanceBehind(String target) {
		int found = this.input.indexOf(target, this.position);
		if (found < 0) {
			return false;
		}
		this.position = found + target.length();
		return true;
	}

	void skipWhile(IntPredicate predicate) {
		while (!atEnd() && predicate.test(this.input.charAt(this.position))) {
			advance();
		}
	}

	/**
	 * See <a href="https://fetch.spec.whatwg.org/#collect-an-http-quoted-string">collect
	 * an HTTP quoted string</a>. The position is at the opening quote; afterwards it is
	 * behind the closing one, or at the end.
	 * @param value takes what the string stands for, without quotes and escapes
	 * @return the string as it was written
	 */
	String collectHttpQuotedString(StringBuilder value) {
		int start = this.position;
		advance();
		while (!atEnd()) {
			char c = this.input.charAt(this.position);
			advance();
			if (c == '"') {
				break;
			}
			value.append((c == '\\' && !atEnd()) ? this.input.charAt(this.position++) : c);
		}
		return this.input.substring(start, this.position);
	}

	static String trim(String value, IntPredicate whitespace) {
		int start = 0;
		while (start < value.length() && whitespace.test(value.charAt(start))) {
			start++;
		}
		return trimEnd(value.substring(start), whitespace);
	}

	static String trimEnd(String value, IntPredicate whitespace) {
		int end = value.length();
		while (end > 0 && whitespace.test(value.charAt(end - 1))) {
			end--;
		}
		return value.substring(0, end);
	}

}
