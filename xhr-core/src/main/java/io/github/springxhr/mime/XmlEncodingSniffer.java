package io.github.springxhr.mime;

import org.jspecify.annotations.Nullable;

/**
 * Determines the encoding of an XML document about which nothing else is known.
 *
 * @since 0.1.0
 * @see <a href="https://www.w3.org/TR/xml/#sec-guessing-no-ext-info">Extensible Markup
 * Language, detection without external encoding information</a>
 */
public final class XmlEncodingSniffer {

	static final int WINDOW = 1024;

	private XmlEncodingSniffer() {
	}

	/**
	 * Determines the encoding by the byte order mark, else by how the first characters of
	 * a declaration are written, else by the name in the declaration. A document that
	 * names UTF-16 in single bytes is taken as UTF-8, as is one that names an encoding
	 * that is not known. UTF-32 and EBCDIC are not known.
	 * @param bytes holds the document or its beginning
	 * @param offset where it starts
	 * @param length how many bytes of it there are; no more than 1024 are read
	 * @return the encoding; UTF-8 if nothing says otherwise
	 */
	public static Encoding sniff(byte[] bytes, int offset, int length) {
		Encoding encoding = ByteOrderMark.sniff(bytes, offset, length);
		if (encoding == null) {
			encoding = utf16(bytes, offset, length, 4);
		}
		if (encoding == null) {
			encoding = XmlDeclaration.getEncoding(bytes, offset, Math.min(length, WINDOW));
		}
		return (encoding != null) ? encoding : Encoding.UTF_8;
	}

	/**
	 * Looks for the beginning of {@code <?x} in UTF-16.
	 * @param bytes holds the document or its beginning
	 * @param offset where it starts
	 * @param length how many bytes of it there are
	 * @param count how many bytes must match: two for each character
	 * @return the encoding, or {@code null} if it is not there
	 */
	static @Nullable Encoding utf16(byte[] bytes, int offset, int length, int count) {
		if (length < count) {
			return null;
		}
		boolean bigEndian = true;
		boolean littleEndian = true;
		for (int i = 0; i < count; i++) {
			int expected = "<?x".charAt(i / 2);
			int b = bytes[offset + i];
			littleEndian &= b == ((i % 2 == 0) ? expected : 0);
			bigEndian &= b == ((i % 2 == 0) ? 0 : expected);
		}
		if (littleEndian) {
			return Encoding.UTF_16LE;
		}
		return bigEndian ? Encoding.UTF_16BE : null;
	}

}
