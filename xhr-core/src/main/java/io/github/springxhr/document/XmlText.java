package io.github.springxhr.document;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springxhr.mime.Encoding;
import io.github.springxhr.mime.TextDecoder;
import io.github.springxhr.mime.XmlEncodingSniffer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an XML document, decoded.
 *
 * @param text the text
 * @param encoding the encoding that was used
 */
record XmlText(String text, Encoding encoding) {

	private static final Pattern DECLARATION = Pattern.compile(
			"<\\?xml{s}+version{s}*={s}*([\"'])(1\\.[0-9]+)\\1({s}+encoding{s}*={s}*([\"'])[A-Za-z][A-Za-z0-9._-]*\\4)?"
				.replace("{s}", "[ \\t\\r\\n]"));

	/**
	 * Decode a document. Bytes that are malformed in its encoding are fatal.
	 * @param encoding the encoding if it is known; a byte order mark has the last word
	 * @return the text, or {@code null} if bytes or the XML declaration are malformed
	 * @see <a href="https://www.w3.org/TR/xml/#charencoding">Extensible Markup Language,
	 * character encoding in entities</a>
	 */
	static @Nullable XmlText decode(byte[] bytes, int offset, int length, @Nullable Encoding encoding) {
		TextDecoder decoder = new TextDecoder(
				(encoding != null) ? encoding : XmlEncodingSniffer.sniff(bytes, offset, length));
		StringBuilder out = new StringBuilder(length);
		decoder.decode(bytes, offset, length, out);
		decoder.finish(out);
		String text = out.toString();
		if (text.indexOf('\uFFFD') != -1
				&& isMalformed(ByteBuffer.wrap(bytes, offset, length), decoder.getEncoding())) {
			return null;
		}
		String version10 = asVersion10(text);
		return (version10 != null) ? new XmlText(version10, decoder.getEncoding()) : null;
	}

	/**
	 * Tell whether U+FFFD stands for malformed bytes. In the encodings that are not of
	 * Unicode it can stand for nothing else (gb18030 can write it, but nobody does).
	 */
	private static boolean isMalformed(ByteBuffer bytes, Encoding encoding) {
		Charset charset = switch (encoding) {
			case UTF_8 -> StandardCharsets.UTF_8;
			case UTF_16BE -> StandardCharsets.UTF_16BE;
			case UTF_16LE -> StandardCharsets.UTF_16LE;
			default -> null;
		};
		if (charset == null) {
			return true;
		}
		try {
			charset.newDecoder().decode(bytes);
			return false;
		}
		catch (CharacterCodingException ex) {
			return true;
		}
	}

	/**
	 * A document of any version 1.x is processed by the rules of 1.0. The JDK's parser
	 * would apply those of 1.1, which allow more, and refuse the versions after it. It
	 * does not look at the name of the encoding when it is given characters.
	 * @return the text, or {@code null} if the XML declaration is not well-formed
	 * @see <a href="https://www.w3.org/TR/xml/#sec-prolog-dtd">Extensible Markup
	 * Language, prolog</a>
	 */
	private static @Nullable String asVersion10(String text) {
		if (!text.startsWith("<?xml") || text.length() < 6 || !Character.isWhitespace(text.charAt(5))) {
			return text;
		}
		Matcher matcher = DECLARATION.matcher(text);
		if (!matcher.lookingAt() || (matcher.group(3) == null && hasEncoding(text))) {
			return null;
		}
		if (matcher.group(2).equals("1.0")) {
			return text;
		}
		return text.substring(0, matcher.start(2)) + "1.0" + text.substring(matcher.end(2));
	}

	private static boolean hasEncoding(String text) {
		int encoding = text.indexOf("encoding");
		return encoding != -1 && encoding < text.indexOf("?>");
	}

}
