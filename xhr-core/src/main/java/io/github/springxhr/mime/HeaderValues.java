package io.github.springxhr.mime;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads comma-separated header values.
 *
 * @since 0.1.0
 */
public final class HeaderValues {

	private HeaderValues() {
	}

	/**
	 * Splits the values of one header at the commas that are outside quoted strings. A
	 * quoted string may begin in one header line and end in the next, since the lines are
	 * joined first.
	 * @param values the header's values, in order, isomorphic-decoded (one char per byte)
	 * @return the parts, without surrounding tabs and spaces; empty if the header is
	 * absent
	 * @see <a href=
	 * "https://fetch.spec.whatwg.org/#concept-header-list-get-decode-split">get, decode,
	 * and split</a>
	 */
	public static List<String> getDecodeAndSplit(List<String> values) {
		if (values.size() == 1 && values.get(0).indexOf(',') < 0) {
			return List.of(StringCursor.trim(values.get(0), Ascii::isHttpTabOrSpace));
		}
		return values.isEmpty() ? List.of() : split(String.join(", ", values));
	}

	private static List<String> split(String combined) {
		List<String> values = new ArrayList<>();
		StringCursor cursor = new StringCursor(combined);
		StringBuilder part = new StringBuilder();
		while (true) {
			part.append(cursor.collectUntil('"', ','));
			if (cursor.at('"')) {
				part.append(cursor.collectHttpQuotedString(new StringBuilder()));
				if (!cursor.atEnd()) {
					continue;
				}
			}
			values.add(StringCursor.trim(part.toString(), Ascii::isHttpTabOrSpace));
			part.setLength(0);
			if (cursor.atEnd()) {
				return values;
			}
			cursor.advance();
		}
	}

}
