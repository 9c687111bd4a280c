package io.github.springxhr.http;

import java.nio.charset.StandardCharsets;

/**
 * Scalar value strings, which have no lone surrogates. What the standards' interfaces
 * take as {@code USVString} is made one.
 *
 * @since 0.1.0
 * @see <a href="https://infra.spec.whatwg.org/#scalar-value-string">Infra Standard,
 * scalar value string</a>
 */
@Internal
public final class ScalarValues {

	private ScalarValues() {
	}

	/**
	 * Convert a string into a scalar value string.
	 * @param string the string
	 * @return the string, each lone surrogate replaced by U+FFFD
	 * @see <a href="https://infra.spec.whatwg.org/#javascript-string-convert">convert</a>
	 */
	public static String convert(String string) {
		StringBuilder converted = null;
		for (int i = 0; i < string.length(); i++) {
			if (isLoneSurrogate(string, i)) {
				converted = (converted != null) ? converted : new StringBuilder(string);
				converted.setCharAt(i, '\uFFFD');
			}
		}
		return (converted != null) ? converted.toString() : string;
	}

	private static boolean isLoneSurrogate(String string, int index) {
		char c = string.charAt(index);
		if (Character.isHighSurrogate(c)) {
			return index + 1 == string.length() || !Character.isLowSurrogate(string.charAt(index + 1));
		}
		return Character.isLowSurrogate(c) && (index == 0 || !Character.isHighSurrogate(string.charAt(index - 1)));
	}

	/**
	 * Encode a string as UTF-8. The JDK alone would make a question mark of a lone
	 * surrogate.
	 * @param string the string
	 * @return its bytes
	 * @see <a href="https://encoding.spec.whatwg.org/#utf-8-encode">UTF-8 encode</a>
	 */
	public static byte[] utf8Encode(String string) {
		return convert(string).getBytes(StandardCharsets.UTF_8);
	}

}
