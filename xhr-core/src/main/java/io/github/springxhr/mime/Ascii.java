package io.github.springxhr.mime;

import java.util.Locale;

/**
 * ASCII character classes of the WHATWG standards.
 */
final class Ascii {

	private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

	private Ascii() {
	}

	static boolean isAlpha(int c) {
		return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
	}

	/**
	 * See <a href="https://infra.spec.whatwg.org/#ascii-whitespace">ASCII whitespace</a>.
	 * @param c the character
	 * @return whether the character is one
	 */
	static boolean isWhitespace(int c) {
		return c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' ';
	}

	/**
	 * See <a href="https://fetch.spec.whatwg.org/#http-whitespace">HTTP whitespace</a>.
	 * @param c the character
	 * @return whether the character is one
	 */
	static boolean isHttpWhitespace(int c) {
		return c == '\t' || c == '\n' || c == '\r' || c == ' ';
	}

	/**
	 * See <a href="https://fetch.spec.whatwg.org/#http-tab-or-space">HTTP tab or
	 * space</a>.
	 * @param c the character
	 * @return whether the character is one
	 */
	static boolean isHttpTabOrSpace(int c) {
		return c == '\t' || c == ' ';
	}

	/**
	 * See <a href="https://mimesniff.spec.whatwg.org/#http-token-code-point">HTTP token
	 * code point</a>.
	 * @param c the character
	 * @return whether the character is one
	 */
	static boolean isToken(int c) {
		return isAlpha(c) || (c >= '0' && c <= '9') || TOKEN_PUNCTUATION.indexOf(c) >= 0;
	}

	/**
	 * See <a href=
	 * "https://mimesniff.spec.whatwg.org/#http-quoted-string-token-code-point">HTTP
	 * quoted-string token code point</a>.
	 * @param c the character
	 * @return whether the character is one
	 */
	static boolean isQuotedStringToken(int c) {
		return c == '\t' || (c >= 0x20 && c <= 0x7E) || (c >= 0x80 && c <= 0xFF);
	}

	static int toLowerCase(int c) {
		return (c >= 'A' && c <= 'Z') ? c + ('a' - 'A') : c;
	}

	/**
	 * Lowers A to Z only: {@link String#toLowerCase(Locale)} would also map the Kelvin
	 * sign to {@code k}.
	 * @param value the string
	 * @return the string with its ASCII letters in lower case
	 */
	static String toLowerCase(String value) {
		for (int i = 0; i < value.length(); i++) {
			if (toLowerCase(value.charAt(i)) != value.charAt(i)) {
				StringBuilder lower = new StringBuilder(value.length());
				value.chars().forEach((c) -> lower.append((char) toLowerCase(c)));
				return lower.toString();
			}
		}
		return value;
	}

}
