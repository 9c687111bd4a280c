package io.github.springxhr.document;

import java.io.IOException;
import java.io.StringReader;
import java.util.Objects;

import io.github.springxhr.mime.Encoding;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Parses XML from strangers. A DOCTYPE is read, but nothing that it or the document
 * refers to is fetched: no entity, DTD, schema, style sheet or inclusion. A reference to
 * an external entity is left out.
 * <p>
 * <b>Concurrency.</b> Thread-safe. A document may be read, but not changed, by several
 * threads.
 *
 * @since 0.1.0
 */
public final class XmlDocuments {

	private XmlDocuments() {
	}

	/**
	 * Parse a document. Namespaces are honoured; comments and CDATA sections are kept;
	 * attributes named {@code id} are IDs, as in a browser.
	 * @param bytes holds the document
	 * @param offset where it starts
	 * @param length its length in bytes
	 * @param encoding the encoding, which then overrides that of the XML declaration; or
	 * {@code null} to find out. A byte order mark has the last word
	 * @return the document; or {@code null} if it is not well-formed, namespaces
	 * included, has bytes that are malformed in its encoding, or exceeds a limit: 512
	 * levels of elements, 1,000 entity expansions and 10,000,000 characters by them,
	 * 10,000 attributes of an element, 1,000 characters of a name
	 * @throws IndexOutOfBoundsException if the array has no such range
	 */
	public static @Nullable Document parse(byte[] bytes, int offset, int length, @Nullable Encoding encoding) {
		Objects.checkFromIndexSize(offset, length, bytes.length);
		XmlText text = XmlText.decode(bytes, offset, length, encoding);
		if (text == null || DoctypeScanner.endsWithin(text.text())) {
			return null;
		}
		InputSource source = new InputSource(new StringReader(text.text()));
		// For Document.getInputEncoding() only, as the parser is given characters.
		source.setEncoding(text.encoding().getName());
		try {
			Document document = SafeXml.newDocumentBuilder().parse(source);
			Documents.registerIds(document);
			return document;
		}
		catch (SAXException | IOException ex) {
			return null;
		}
	}

}
