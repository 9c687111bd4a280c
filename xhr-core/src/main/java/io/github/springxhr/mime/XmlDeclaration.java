package io.github.springxhr.mime;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/**
 * The XML declaration in a family of encodings that contain ASCII.
 */
final class XmlDeclaration {

	private static final String START = "<?xml";

	private static final String ENCODING = "encoding";

	private XmlDeclaration() {
	}

	/**
	 * Reads the encoding that the declaration names. Also the HTML Standard's way to read
	 * it.
	 * @param bytes holds the beginning of a document
	 * @param offset where it starts
	 * @param length how many bytes of it may be read
	 * @return the encoding, UTF-8 instead of UTF-16; {@code null} if no encoding is named
	 * @see <a href=
	 * "https://html.spec.whatwg.org/multipage/parsing.html#concept-get-xml-encoding-when-sniffing">get
	 * an XML encoding</a>
	 */
	static @Nullable Encoding getEncoding(byte[] bytes, int offset, int length) {
		String text = new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
		int end = text.indexOf('>');
		if (!text.startsWith(START) || end < 0) {
			return null;
		}
		int position = text.indexOf(ENCODING, START.length());
		if (position < 0 || position > end) {
			return null;
		}
		position = skipSpace(text, position + ENCODING.length());
		if (charAt(text, position) != '=') {
			return null;
		}
		position = skipSpace(text, position + 1);
		int quote = charAt(text, position);
		int close = (quote == '"' || quote == '\'') ? text.indexOf(quote, position + 1) : -1;
		return (close > 0) ? forLabel(text.substring(position + 1, close)) : null;
	}

	private static @Nullable Encoding forLabel(String label) {
		if (label.chars().anyMatch((c) -> c <= ' ')) {
			return null;
		}
		Encoding encoding = Encoding.forLabel(label);
		return (encoding != null) ? encoding.asDeclaredInAscii() : null;
	}

	private static int skipSpace(String text, int start) {
		int position = start;
		while (position < text.length() && text.charAt(position) <= ' ') {
			position++;
		}
		return position;
	}

	private static int charAt(String text, int position) {
		return (position < text.length()) ? text.charAt(position) : -1;
	}

}
