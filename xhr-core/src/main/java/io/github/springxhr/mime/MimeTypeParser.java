package io.github.springxhr.mime;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;

import org.jspecify.annotations.Nullable;

/**
 * See <a href="https://mimesniff.spec.whatwg.org/#parse-a-mime-type">parse a MIME
 * type</a>.
 */
final class MimeTypeParser {

	private final StringCursor cursor;

	private MimeTypeParser(String input) {
		this.cursor = new StringCursor(StringCursor.trim(input, Ascii::isHttpWhitespace));
	}

	static @Nullable MimeType parse(String input) {
		return new MimeTypeParser(input).parse();
	}

	private @Nullable MimeType parse() {
		String type = this.cursor.collectUntil('/');
		this.cursor.advance();
		String subtype = StringCursor.trimEnd(this.cursor.collectUntil(';', ';'), Ascii::isHttpWhitespace);
		// Without a slash the subtype is empty, so that failure needs no test of its own.
		if (!isToken(type) || !isToken(subtype)) {
			return null;
		}
		return new MimeType(Ascii.toLowerCase(type), Ascii.toLowerCase(subtype), parseParameters());
	}

	private Map<String, String> parseParameters() {
		if (this.cursor.atEnd()) {
			return Map.of();
		}
		Map<String, String> parameters = new LinkedHashMap<>(4);
		while (!this.cursor.atEnd()) {
			this.cursor.advance();
			this.cursor.skipWhile(Ascii::isHttpWhitespace);
			String name = Ascii.toLowerCase(this.cursor.collectUntil(';', '='));
			if (!this.cursor.at('=')) {
				continue;
			}
			this.cursor.advance();
			String value = parseValue();
			if (value != null && isToken(name) && all(value, Ascii::isQuotedStringToken)) {
				parameters.putIfAbsent(name, value);
			}
		}
		return parameters;
	}

	/**
	 * Reads a parameter's value and moves to the semicolon behind it.
	 * @return the value (a quoted one may be empty), or {@code null} if there is none
	 */
	private @Nullable String parseValue() {
		if (this.cursor.at('"')) {
			StringBuilder value = new StringBuilder();
			this.cursor.collectHttpQuotedString(value);
			this.cursor.collectUntil(';');
			return value.toString();
		}
		String value = StringCursor.trimEnd(this.cursor.collectUntil(';'), Ascii::isHttpWhitespace);
		return value.isEmpty() ? null : value;
	}

	static boolean isToken(String value) {
		return !value.isEmpty() && all(value, Ascii::isToken);
	}

	static boolean all(String value, IntPredicate predicate) {
		for (int i = 0; i < value.length(); i++) {
			if (!predicate.test(value.charAt(i))) {
				return false;
			}
		}
		return true;
	}

}
