package io.github.springxhr.cookie;

import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;

import io.github.springxhr.http.HttpRules;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code Set-Cookie} header says. Of an attribute that comes twice the last one
 * counts; attributes that are not understood are left out.
 *
 * @see <a href=
 * "https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis-22#name-the-set-cookie-header-field">RFC
 * 6265bis, the Set-Cookie header field</a>
 */
final class SetCookie {

	private static final int MAX_NAME_AND_VALUE = 4_096;

	private static final int MAX_ATTRIBUTE_VALUE = 1_024;

	private static final int MAX_LOGGED_NAME = 64;

	private static final Pattern MAX_AGE = Pattern.compile("-?[0-9]+");

	private final String name;

	private final String value;

	private @Nullable Instant expires;

	private @Nullable Long maxAge;

	private String domain = "";

	private @Nullable String path;

	private boolean secure;

	private boolean httpOnly;

	private Cookie.SameSite sameSite = Cookie.SameSite.UNSET;

	private SetCookie(String name, String value) {
		this.name = name;
		this.value = value;
	}

	/**
	 * Parse a value of the header.
	 * @param text one char a byte
	 */
	static SetCookie parse(String text) throws CookieRefusedException {
		CookieRefusedException.refuseIf(HttpRules.hasControl(text) || !HttpRules.isHeaderValue(text),
				Refusal.CONTROL_CHARACTER);
		int end = endOf(text, ';', 0);
		String pair = text.substring(0, end);
		SetCookie cookie = new SetCookie(nameOf(text), trim(pair.substring(pair.indexOf('=') + 1)));
		CookieRefusedException.refuseIf(cookie.name.isEmpty() && cookie.value.isEmpty(), Refusal.EMPTY);
		CookieRefusedException.refuseIf(cookie.name.length() + cookie.value.length() > MAX_NAME_AND_VALUE,
				Refusal.TOO_LARGE);
		for (int start = end + 1; start < text.length(); start = end + 1) {
			end = endOf(text, ';', start);
			cookie.takeAttribute(text.substring(start, end));
		}
		return cookie;
	}

	/**
	 * Return the name, even of a cookie that is refused.
	 * @param text a value of the header
	 */
	static String nameOf(String text) {
		int equals = text.indexOf('=');
		return (equals >= 0 && equals < endOf(text, ';', 0)) ? trim(text.substring(0, equals)) : "";
	}

	/**
	 * Return a name as it may be logged.
	 * @param name a name that a peer has chosen
	 */
	static String printable(String name) {
		StringBuilder text = new StringBuilder();
		for (char c : name.substring(0, Math.min(name.length(), MAX_LOGGED_NAME)).toCharArray()) {
			text.append((c < 0x20 || c >= 0x7F) ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
		}
		return (name.length() > MAX_LOGGED_NAME) ? text.append("...").toString() : text.toString();
	}

	private void takeAttribute(String text) {
		int end = endOf(text, '=', 0);
		String attribute = trim(text.substring(end + ((end < text.length()) ? 1 : 0)));
		if (attribute.length() > MAX_ATTRIBUTE_VALUE) {
			return;
		}
		switch (trim(text.substring(0, end)).toLowerCase(Locale.ROOT)) {
			case "expires" -> takeExpires(attribute);
			case "max-age" -> takeMaxAge(attribute);
			case "domain" ->
				this.domain = (attribute.startsWith(".") ? attribute.substring(1) : attribute).toLowerCase(Locale.ROOT);
			case "path" -> this.path = attribute.startsWith("/") ? attribute : "";
			case "secure" -> this.secure = true;
			case "httponly" -> this.httpOnly = true;
			case "samesite" -> this.sameSite = sameSite(attribute);
			default -> {
				// An attribute that is not known is no reason to refuse the cookie
			}
		}
	}

	private void takeExpires(String text) {
		Instant date = CookieDate.parse(text);
		if (date != null) {
			this.expires = date;
		}
	}

	private void takeMaxAge(String text) {
		if (MAX_AGE.matcher(text).matches()) {
			this.maxAge = seconds(text);
		}
	}

	private static long seconds(String text) {
		try {
			return Long.parseLong(text);
		}
		catch (NumberFormatException ex) {
			return text.startsWith("-") ? Long.MIN_VALUE : Long.MAX_VALUE;
		}
	}

	private static Cookie.SameSite sameSite(String text) {
		return switch (text.toLowerCase(Locale.ROOT)) {
			case "strict" -> Cookie.SameSite.STRICT;
			case "lax" -> Cookie.SameSite.LAX;
			case "none" -> Cookie.SameSite.NONE;
			default -> Cookie.SameSite.UNSET;
		};
	}

	private static int endOf(String text, char delimiter, int start) {
		int index = text.indexOf(delimiter, start);
		return (index >= 0) ? index : text.length();
	}

	private static String trim(String text) {
		int start = 0;
		int end = text.length();
		while (start < end && isSpace(text.charAt(start))) {
			start++;
		}
		while (end > start && isSpace(text.charAt(end - 1))) {
			end--;
		}
		return text.substring(start, end);
	}

	private static boolean isSpace(char c) {
		return c == ' ' || c == '\t';
	}

	String name() {
		return this.name;
	}

	String value() {
		return this.value;
	}

	/** The date of {@code Expires}. */
	@Nullable Instant expires() {
		return this.expires;
	}

	/** Seconds, clamped to what a {@code long} takes. */
	@Nullable Long maxAge() {
		return this.maxAge;
	}

	/** The domain in lower case without a leading dot; empty if none counts. */
	String domain() {
		return this.domain;
	}

	/** The path; empty for the default path; {@code null} without the attribute. */
	@Nullable String path() {
		return this.path;
	}

	boolean secure() {
		return this.secure;
	}

	boolean httpOnly() {
		return this.httpOnly;
	}

	Cookie.SameSite sameSite() {
		return this.sameSite;
	}

}
