package io.github.springxhr.mime;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * The beginning of an HTML document, as bytes in the guise of Latin-1 characters, and a
 * position in it.
 */
final class HtmlByteCursor {

	private static final int END = -1;

	private final String text;

	private int position;

	HtmlByteCursor(byte[] bytes, int offset, int length) {
		this.text = new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
	}

	boolean atEnd() {
		return this.position >= this.text.length();
	}

	void advance(int count) {
		this.position += count;
	}

	/**
	 * Moves to the next occurrence of a string, or to the end.
	 * @param target the string
	 */
	void advanceTo(String target) {
		int found = this.text.indexOf(target, this.position);
		this.position = (found < 0) ? this.text.length() : found;
	}

	void advanceToSpaceOrGreaterThan() {
		while (!atEnd() && !Ascii.isWhitespace(current()) && current() != '>') {
			advance(1);
		}
	}

	/**
	 * Compares without regard to case.
	 * @param prefix the string that may be at the position; lower case
	 * @return whether it is
	 */
	boolean startsWith(String prefix) {
		return this.text.regionMatches(true, this.position, prefix, 0, prefix.length());
	}

	boolean isSpaceOrSlash(int offset) {
		int c = at(offset);
		return Ascii.isWhitespace(c) || c == '/';
	}

	boolean startsTag() {
		return current() == '<' && (Ascii.isAlpha(at(1)) || (at(1) == '/' && Ascii.isAlpha(at(2))));
	}

	/**
	 * See <a href=
	 * "https://html.spec.whatwg.org/multipage/parsing.html#concept-get-attributes-when-sniffing">get
	 * an attribute</a>.
	 * @return the attribute, or {@code null} if there is none before the end of the tag
	 * or the text ends before it does
	 */
	@Nullable Attribute getAttribute() {
		while (isSpaceOrSlash(0)) {
			advance(1);
		}
		if (atEnd() || current() == '>') {
			return null;
		}
		String name = collectName();
		skipWhitespace();
		String value = "";
		if (current() == '=') {
			advance(1);
			skipWhitespace();
			value = collectValue();
		}
		return atEnd() ? null : new Attribute(name, value);
	}

	private String collectName() {
		StringBuilder name = new StringBuilder();
		while (!atEnd() && !isSpaceOrSlash(0) && current() != '>' && (current() != '=' || name.isEmpty())) {
			name.append((char) Ascii.toLowerCase(current()));
			advance(1);
		}
		return name.toString();
	}

	private String collectValue() {
		int quote = current();
		boolean quoted = quote == '"' || quote == '\'';
		if (quoted) {
			advance(1);
		}
		StringBuilder value = new StringBuilder();
		while (!atEnd() && (quoted ? current() != quote : !Ascii.isWhitespace(current()) && current() != '>')) {
			value.append((char) Ascii.toLowerCase(current()));
			advance(1);
		}
		if (quoted) {
			advance(1);
		}
		return value.toString();
	}

	private void skipWhitespace() {
		while (Ascii.isWhitespace(current())) {
			advance(1);
		}
	}

	private int current() {
		return at(0);
	}

	private int at(int offset) {
		int index = this.position + offset;
		return (index < this.text.length()) ? this.text.charAt(index) : END;
	}

	/**
	 * An attribute of a tag.
	 *
	 * @param name its name, in lower case
	 * @param value its value, in lower case
	 */
	record Attribute(String name, String value) {
	}

}
