package io.github.springxhr.cookie;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads the date of an {@code Expires} attribute, in whatever order its parts come.
 *
 * @see <a href=
 * "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis-22#name-dates">RFC
 * 6265bis, dates</a>
 */
final class CookieDate {

	private static final Pattern DELIMITERS = Pattern.compile("[\\t\\x20-\\x2F\\x3B-\\x40\\x5B-\\x60\\x7B-\\x7E]+");

	private static final Pattern TIME = Pattern.compile("([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[^0-9].*)?",
			Pattern.DOTALL);

	private static final Pattern DAY = Pattern.compile("([0-9]{1,2})(?:[^0-9].*)?", Pattern.DOTALL);

	private static final Pattern YEAR = Pattern.compile("([0-9]{2,4})(?:[^0-9].*)?", Pattern.DOTALL);

	private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep",
			"oct", "nov", "dec");

	private static final int FIRST_YEAR = 1601;

	private @Nullable Matcher time;

	private int day = -1;

	private int month = -1;

	private int year = -1;

	private CookieDate() {
	}

	/**
	 * Parse a date.
	 * @param text the text
	 * @return the instant, or {@code null} if it is no date
	 */
	static @Nullable Instant parse(String text) {
		CookieDate date = new CookieDate();
		for (String token : DELIMITERS.split(text)) {
			date.take(token);
		}
		return date.toInstant();
	}

	private void take(String token) {
		if (this.time == null && TIME.matcher(token).matches()) {
			this.time = matched(TIME, token);
		}
		else if (this.day < 0 && DAY.matcher(token).matches()) {
			this.day = number(matched(DAY, token), 1);
		}
		else if (this.month < 0 && monthOf(token) > 0) {
			this.month = monthOf(token);
		}
		else if (this.year < 0 && YEAR.matcher(token).matches()) {
			this.year = number(matched(YEAR, token), 1);
		}
	}

	private @Nullable Instant toInstant() {
		int fullYear = fullYear();
		if (this.time == null || this.day < 0 || this.month < 0 || fullYear < FIRST_YEAR) {
			return null;
		}
		try {
			return LocalDateTime
				.of(fullYear, this.month, this.day, number(this.time, 1), number(this.time, 2), number(this.time, 3))
				.toInstant(ZoneOffset.UTC);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private int fullYear() {
		if (this.year < 0 || this.year > 99) {
			return this.year;
		}
		return this.year + ((this.year >= 70) ? 1900 : 2000);
	}

	private static int monthOf(String token) {
		return (token.length() >= 3) ? MONTHS.indexOf(token.substring(0, 3).toLowerCase(Locale.ROOT)) + 1 : 0;
	}

	private static Matcher matched(Pattern pattern, String token) {
		Matcher matcher = pattern.matcher(token);
		matcher.matches();
		return matcher;
	}

	private static int number(Matcher matcher, int group) {
		return Integer.parseInt(matcher.group(group));
	}

}
