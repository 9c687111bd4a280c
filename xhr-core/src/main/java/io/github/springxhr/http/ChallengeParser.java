package io.github.springxhr.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads the challenges of one header line. A comma stands between challenges as well as
 * between the parameters of one, so a token is a parameter's name only if an equals sign
 * comes after it.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.6.1">RFC 9110,
 * WWW-Authenticate</a>
 */
final class ChallengeParser {

	private static final String TOKEN68 = "-._~+/";

	private final String text;

	private int position;

	private ChallengeParser(String text) {
		this.text = text;
	}

	/**
	 * Parse a header line.
	 * @return the challenges up to the first thing that is malformed
	 */
	static List<Challenge> parse(String text) {
		ChallengeParser parser = new ChallengeParser(text);
		List<Challenge> challenges = new ArrayList<>();
		Challenge challenge = parser.parseChallenge();
		while (challenge != null) {
			challenges.add(challenge);
			challenge = parser.atElementEnd() ? parser.parseChallenge() : null;
		}
		return challenges;
	}

	private @Nullable Challenge parseChallenge() {
		skip(" \t,");
		String scheme = token().toLowerCase(Locale.ROOT);
		boolean space = at(' ');
		if (scheme.isEmpty() || (!space && !atElementEnd())) {
			return null;
		}
		skip(" \t");
		String token68 = token68();
		return new Challenge(scheme, token68, (token68 != null) ? Map.of() : parameters());
	}

	private @Nullable String token68() {
		int start = this.position;
		while (isToken68(current())) {
			this.position++;
		}
		boolean any = this.position > start;
		skip("=");
		if (any && atElementEnd()) {
			return this.text.substring(start, this.position);
		}
		this.position = start;
		return null;
	}

	private Map<String, String> parameters() {
		Map<String, String> parameters = new LinkedHashMap<>();
		while (atElementEnd() || parameters.isEmpty()) {
			int start = this.position;
			skip(" \t,");
			String name = token().toLowerCase(Locale.ROOT);
			skip(" \t");
			String value = (!name.isEmpty() && at('=')) ? value() : null;
			if (value == null) {
				this.position = start;
				break;
			}
			parameters.putIfAbsent(name, value);
		}
		return parameters;
	}

	private @Nullable String value() {
		this.position++;
		skip(" \t");
		if (at('"')) {
			return quotedString();
		}
		String value = token();
		return value.isEmpty() ? null : value;
	}

	/**
	 * Return the text without its quotes, or {@code null} if the closing one is missing.
	 */
	private @Nullable String quotedString() {
		StringBuilder value = new StringBuilder();
		for (this.position++; !at('"'); this.position++) {
			if (at('\\')) {
				this.position++;
			}
			if (current() < 0) {
				return null;
			}
			value.append((char) current());
		}
		this.position++;
		return value.toString();
	}

	private String token() {
		int start = this.position;
		while (current() >= 0 && HttpRules.isTokenChar((char) current())) {
			this.position++;
		}
		return this.text.substring(start, this.position);
	}

	/** Whether a comma or the end comes next, white space aside. */
	private boolean atElementEnd() {
		int start = this.position;
		skip(" \t");
		boolean end = current() < 0 || at(',');
		this.position = start;
		return end;
	}

	private void skip(String characters) {
		while (characters.indexOf(current()) >= 0) {
			this.position++;
		}
	}

	private boolean at(char c) {
		return current() == c;
	}

	private int current() {
		return (this.position < this.text.length()) ? this.text.charAt(this.position) : -1;
	}

	private static boolean isToken68(int c) {
		return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || TOKEN68.indexOf(c) >= 0;
	}

}
