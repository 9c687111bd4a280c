package io.github.springxhr.http;

import java.util.Base64;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Base64 as the web decodes it: white space goes, padding may be missing, and bits left
 * over at the end are ignored.
 *
 * @see <a href="https://infra.spec.whatwg.org/#forgiving-base64-decode">Infra Standard,
 * forgiving-base64 decode</a>
 */
final class ForgivingBase64 {

	private static final Pattern WHITESPACE = Pattern.compile("[\t\n\f\r ]+");

	private static final Pattern PADDING = Pattern.compile("={1,2}\\z");

	private static final Pattern ALPHABET = Pattern.compile("[A-Za-z0-9+/]*+");

	private ForgivingBase64() {
	}

	/**
	 * Decode a text.
	 * @return the bytes, or {@code null} if the text is no Base64
	 */
	static byte @Nullable [] decode(String text) {
		String data = WHITESPACE.matcher(text).replaceAll("");
		if (data.length() % 4 == 0) {
			data = PADDING.matcher(data).replaceFirst("");
		}
		if (data.length() % 4 == 1 || !ALPHABET.matcher(data).matches()) {
			return null;
		}
		return Base64.getDecoder().decode(data);
	}

}
