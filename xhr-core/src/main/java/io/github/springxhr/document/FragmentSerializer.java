package io.github.springxhr.document;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

import org.w3c.dom.Document;

/**
 * Serializes a document as {@code send()} sends it: an HTML document as HTML, any other
 * as XML.
 *
 * @since 0.1.0
 * @see <a href=
 * "https://html.spec.whatwg.org/multipage/dynamic-markup-insertion.html#fragment-serializing-algorithm-steps">HTML
 * Standard, fragment serializing algorithm steps</a>
 */
public final class FragmentSerializer {

	private FragmentSerializer() {
	}

	/**
	 * Serialize a document.
	 * @param document the document
	 * @return its markup, without an XML declaration
	 */
	public static String serialize(Document document) {
		return Documents.isHtml(document) ? HtmlSerialization.serialize(document)
				: XmlSerialization.serialize(document);
	}

	/**
	 * Serialize a document, convert the text and encode it as UTF-8.
	 * @param document the document
	 * @return the bytes
	 * @see <a href="https://xhr.spec.whatwg.org/#the-send()-method">XMLHttpRequest
	 * Standard, send()</a>
	 */
	public static byte[] serializeToUtf8(Document document) {
		CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder()
			.onMalformedInput(CodingErrorAction.REPLACE)
			// A surrogate that is alone becomes U+FFFD, not a question mark.
			.replaceWith(new byte[] { (byte) 0xEF, (byte) 0xBF, (byte) 0xBD });
		try {
			ByteBuffer encoded = encoder.encode(CharBuffer.wrap(serialize(document)));
			byte[] bytes = new byte[encoded.remaining()];
			encoded.get(bytes);
			return bytes;
		}
		catch (CharacterCodingException ex) {
			throw new IllegalStateException("UTF-8 can encode every text", ex);
		}
	}

}
