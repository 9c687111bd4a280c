package io.github.springxhr.document;

import java.util.Objects;

import io.github.springxhr.mime.Encoding;
import org.w3c.dom.Document;

/**
 * Parses HTML from strangers, by jsoup. No script is run and nothing is fetched.
 * <p>
 * As in a browser, HTML elements are in the namespace
 * {@code http://www.w3.org/1999/xhtml} and have lower-case names:
 * {@code getElementsByTagName("td")} finds them, an XPath expression needs a prefix. What
 * a {@code template} contains are its children, as {@code org.w3c.dom} has no template
 * contents.
 * <p>
 * <b>Concurrency.</b> Thread-safe. A document may be read, but not changed, by several
 * threads.
 *
 * @since 0.1.0
 */
public final class HtmlDocuments {

	private static final boolean AVAILABLE = isPresent("org.jsoup.parser.Parser");

	private HtmlDocuments() {
	}

	/**
	 * Tell whether HTML can be parsed.
	 * @return {@code true} if jsoup is on the class path
	 */
	public static boolean isAvailable() {
		return AVAILABLE;
	}

	/**
	 * Parse a document. It is an {@linkplain Documents#isHtml HTML document}. Elements
	 * nested deeper than 512 levels become siblings.
	 * @param bytes holds the document
	 * @param offset where it starts
	 * @param length its length in bytes
	 * @param charset the encoding; a byte order mark has the last word
	 * @param url the URL of the document
	 * @return the document; every sequence of bytes is one
	 * @throws IndexOutOfBoundsException if the array has no such range
	 * @throws IllegalStateException if jsoup is not on the class path
	 */
	public static Document parse(byte[] bytes, int offset, int length, Encoding charset, String url) {
		Objects.checkFromIndexSize(offset, length, bytes.length);
		if (!AVAILABLE) {
			throw new IllegalStateException("To read a response as an HTML document, add org.jsoup:jsoup to the "
					+ "application's dependencies");
		}
		Document document = JsoupParser.parse(charset.decode(bytes, offset, length), charset);
		document.setDocumentURI(url);
		return document;
	}

	private static boolean isPresent(String className) {
		try {
			Class.forName(className, false, HtmlDocuments.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
