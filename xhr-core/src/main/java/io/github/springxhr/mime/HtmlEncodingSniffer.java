package io.github.springxhr.mime;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Finds the encoding that an HTML document names in a {@code meta} element.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding">
 * prescan a byte stream to determine its encoding</a>
 */
public final class HtmlEncodingSniffer {

	private final HtmlByteCursor cursor;

	private HtmlEncodingSniffer(HtmlByteCursor cursor) {
		this.cursor = cursor;
	}

	/**
	 * Looks for the name of an encoding. A byte order mark is not looked for:
	 * {@link TextDecoder} does so.
	 * @param bytes holds the document or its beginning
	 * @param offset where it starts
	 * @param length how many bytes of it there are; no more than 1024 are read
	 * @return the encoding, or {@code null} if none is named
	 */
	public static @Nullable Encoding prescan(byte[] bytes, int offset, int length) {
		int window = Math.min(length, XmlEncodingSniffer.WINDOW);
		// Two bytes more than for XML, for historical reasons.
		Encoding encoding = XmlEncodingSniffer.utf16(bytes, offset, window, 6);
		if (encoding == null) {
			encoding = new HtmlEncodingSniffer(new HtmlByteCursor(bytes, offset, window)).prescan();
		}
		return (encoding != null) ? encoding : XmlDeclaration.getEncoding(bytes, offset, window);
	}

	private @Nullable Encoding prescan() {
		for (; !this.cursor.atEnd(); this.cursor.advance(1)) {
			if (this.cursor.startsWith("<!--")) {
				this.cursor.advance(2);
				this.cursor.advanceTo("-->");
				this.cursor.advance(2);
			}
			else if (this.cursor.startsWith("<meta") && this.cursor.isSpaceOrSlash(5)) {
				this.cursor.advance(5);
				Encoding encoding = meta();
				if (encoding != null) {
					return encoding;
				}
			}
			else if (this.cursor.startsTag()) {
				this.cursor.advanceToSpaceOrGreaterThan();
				while (this.cursor.getAttribute() != null) {
					// Only its end matters.
				}
			}
			else if (this.cursor.startsWith("<!") || this.cursor.startsWith("</") || this.cursor.startsWith("<?")) {
				this.cursor.advanceTo(">");
			}
		}
		return null;
	}

	private @Nullable Encoding meta() {
		Set<String> names = new HashSet<>();
		boolean gotPragma = false;
		boolean needPragma = false;
		boolean charsetAttribute = false;
		Encoding charset = null;
		HtmlByteCursor.Attribute attribute;
		while ((attribute = this.cursor.getAttribute()) != null) {
			if (!names.add(attribute.name())) {
				continue;
			}
			if (attribute.name().equals("http-equiv")) {
				gotPragma |= attribute.value().equals("content-type");
			}
			else if (attribute.name().equals("charset")) {
				charset = Encoding.forLabel(attribute.value());
				charsetAttribute = true;
				needPragma = false;
			}
			else if (attribute.name().equals("content") && !charsetAttribute) {
				charset = extractFromMeta(attribute.value());
				needPragma = true;
			}
		}
		if (charset == null || this.cursor.atEnd() || (needPragma && !gotPragma)) {
			return null;
		}
		return (charset == Encoding.X_USER_DEFINED) ? Encoding.WINDOWS_1252 : charset.asDeclaredInAscii();
	}

	/**
	 * See <a href=
	 * "https://html.spec.whatwg.org/multipage/urls-and-fetching.html#extracting-character-encodings-from-meta-elements">
	 * extracting a character encoding from a meta element</a>.
	 * @param content the value of the attribute {@code content}, in lower case
	 * @return the encoding, or {@code null} if none is named
	 */
	static @Nullable Encoding extractFromMeta(String content) {
		StringCursor cursor = new StringCursor(content);
		while (cursor.advanceBehind("charset")) {
			cursor.skipWhile(Ascii::isWhitespace);
			if (cursor.at('=')) {
				cursor.advance();
				cursor.skipWhile(Ascii::isWhitespace);
				String label = label(cursor);
				return (label != null) ? Encoding.forLabel(label) : null;
			}
		}
		return null;
	}

	private static @Nullable String label(StringCursor cursor) {
		for (char quote : new char[] { '"', '\'' }) {
			if (cursor.at(quote)) {
				cursor.advance();
				String label = cursor.collectUntil(quote);
				return cursor.at(quote) ? label : null;
			}
		}
		return cursor.collectWhile((c) -> !Ascii.isWhitespace(c) && c != ';');
	}

}
