package io.github.springxhr.document;

import java.io.IOException;
import java.io.StringReader;

import io.github.springxhr.mime.Encoding;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.DocumentType;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.ProcessingInstruction;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.DOMException;
import org.w3c.dom.Document;
import org.w3c.dom.Text;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The only class that knows jsoup. It does not use jsoup's {@code W3CDom}, which renames
 * attributes, invents namespaces and keeps jsoup's tree in memory.
 */
final class JsoupParser implements NodeVisitor {

	private static final int MAX_DEPTH = 512;

	private final Document document;

	private org.w3c.dom.Node parent;

	private JsoupParser(Document document) {
		this.document = document;
		this.parent = document;
	}

	static Document parse(String html, Encoding encoding) {
		Document document = newDocument(encoding);
		// HTML allows names, such as "@click", that XML does not.
		document.setStrictErrorChecking(false);
		NodeTraversor.traverse(new JsoupParser(document),
				Parser.htmlParser().setMaxDepth(MAX_DEPTH).parseInput(html, ""));
		document.setStrictErrorChecking(true);
		Documents.markHtml(document);
		Documents.registerIds(document);
		return document;
	}

	/** Only the XML parser can set the encoding of a document. */
	private static Document newDocument(Encoding encoding) {
		InputSource source = new InputSource(new StringReader("<html/>"));
		source.setEncoding(encoding.getName());
		try {
			Document document = SafeXml.newDocumentBuilder().parse(source);
			document.removeChild(document.getDocumentElement());
			return document;
		}
		catch (SAXException | IOException ex) {
			throw new IllegalStateException("An empty document cannot be parsed", ex);
		}
	}

	@Override
	public void head(Node node, int depth) {
		if (node instanceof org.jsoup.nodes.Document) {
			return;
		}
		if (node instanceof Element element) {
			this.parent = this.parent.appendChild(createElement(element));
		}
		else if (node instanceof TextNode text) {
			appendText(text.getWholeText());
		}
		else if (node instanceof DataNode data) {
			appendText(data.getWholeData());
		}
		else if (node instanceof Comment comment) {
			this.parent.appendChild(this.document.createComment(comment.getData()));
		}
		else if (node instanceof ProcessingInstruction instruction) {
			this.parent
				.appendChild(this.document.createProcessingInstruction(instruction.target(), instruction.data()));
		}
		else if (node instanceof DocumentType doctype) {
			appendDoctype(doctype);
		}
	}

	@Override
	public void tail(Node node, int depth) {
		if (node instanceof Element && !(node instanceof org.jsoup.nodes.Document)) {
			this.parent = this.parent.getParentNode();
		}
	}

	private org.w3c.dom.Element createElement(Element source) {
		String namespace = source.tag().namespace();
		org.w3c.dom.Element element = this.document.createElementNS(namespace, source.tagName());
		source.attributes().forEach((attribute) -> {
			String attributeNamespace = HtmlNames.attributeNamespace(namespace, attribute.getKey(),
					attribute.getValue());
			if (attributeNamespace != null) {
				element.setAttributeNS(attributeNamespace, attribute.getKey(), attribute.getValue());
			}
			else {
				element.setAttribute(attribute.getKey(), attribute.getValue());
			}
		});
		return element;
	}

	/**
	 * There are no CDATA sections in an HTML document: they are text like any other.
	 */
	private void appendText(String text) {
		if (this.parent.getLastChild() instanceof Text last) {
			last.appendData(text);
		}
		else {
			this.parent.appendChild(this.document.createTextNode(text));
		}
	}

	private void appendDoctype(DocumentType doctype) {
		try {
			this.document.appendChild(this.document.getImplementation()
				.createDocumentType(doctype.name(), emptyToNull(doctype.publicId()), emptyToNull(doctype.systemId())));
		}
		catch (DOMException ex) {
			// Its name is none that org.w3c.dom allows; it says nothing anyway.
		}
	}

	private static @Nullable String emptyToNull(String value) {
		return value.isEmpty() ? null : value;
	}

}
