package io.github.springxhr.http;

/**
 * Bounds what is kept or logged of a text that others choose the length of, such as a
 * URL, a reason phrase or a header.
 *
 * @since 0.1.0
 */
@Internal
public final class Excerpt {

	/** How many characters are shown, about 2 KiB. */
	public static final int LENGTH = 2048;

	private static final String ELLIPSIS = "\u2026";

	private Excerpt() {
	}

	/**
	 * Return a text of at most {@value #LENGTH} characters.
	 * @param text the text
	 * @return the text itself, or its beginning and an ellipsis
	 */
	public static String of(String text) {
		if (text.length() <= LENGTH) {
			return text;
		}
		int end = LENGTH - 1;
		// copied, so that the rest is not kept
		return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + ELLIPSIS;
	}

}
