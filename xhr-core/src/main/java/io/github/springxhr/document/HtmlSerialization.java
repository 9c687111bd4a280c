package io.github.springxhr.document;

import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/**
 * Serializes an HTML document as HTML.
 *
 * @see <a href=
 * "https://html.spec.whatwg.org/multipage/parsing.html#serialising-html-fragments">HTML
 * Standard, serializing HTML fragments</a>
 */
final class HtmlSerialization extends TreeSerializer {

	private HtmlSerialization() {
	}

	static String serialize(Node root) {
		HtmlSerialization serialization = new HtmlSerialization();
		serialization.write(root);
		return serialization.out.toString();
	}

	@Override
	boolean start(Node node) {
		switch (node.getNodeType()) {
			case Node.DOCUMENT_NODE, Node.DOCUMENT_FRAGMENT_NODE, Node.ENTITY_REFERENCE_NODE -> {
				return true;
			}
			case Node.ELEMENT_NODE -> {
				startTag((Element) node);
				return !HtmlNames.isVoid(node);
			}
			case Node.TEXT_NODE, Node.CDATA_SECTION_NODE -> text(node);
			case Node.COMMENT_NODE -> this.out.append("<!--").append(emptyIfNull(node.getNodeValue())).append("-->");
			case Node.PROCESSING_INSTRUCTION_NODE -> this.out.append("<?")
				.append(node.getNodeName())
				.append(' ')
				.append(emptyIfNull(node.getNodeValue()))
				.append('>');
			case Node.DOCUMENT_TYPE_NODE -> this.out.append("<!DOCTYPE ").append(node.getNodeName()).append('>');
			default -> throw new IllegalArgumentException("Not a node that can be serialized: " + node.getNodeName());
		}
		return false;
	}

	@Override
	void end(Node node) {
		if (node.getNodeType() == Node.ELEMENT_NODE && !HtmlNames.isVoid(node)) {
			this.out.append("</").append(node.getNodeName()).append('>');
		}
	}

	/**
	 * Qualified names are written: {@code <o:p>} has no prefix in a browser, but has one
	 * in {@code org.w3c.dom}.
	 */
	private void startTag(Element element) {
		this.out.append('<').append(element.getNodeName());
		NamedNodeMap attributes = element.getAttributes();
		for (int i = 0; i < attributes.getLength(); i++) {
			Node attribute = attributes.item(i);
			this.out.append(' ').append(attribute.getNodeName()).append("=\"");
			escape(emptyIfNull(attribute.getNodeValue()), true);
			this.out.append('"');
		}
		this.out.append('>');
	}

	private void text(Node node) {
		if (HtmlNames.isRawText(node.getParentNode())) {
			this.out.append(emptyIfNull(node.getNodeValue()));
		}
		else {
			escape(emptyIfNull(node.getNodeValue()), false);
		}
	}

	/**
	 * See <a href=
	 * "https://html.spec.whatwg.org/multipage/parsing.html#escapingString">escaping a
	 * string</a>.
	 */
	private void escape(String text, boolean attribute) {
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			switch (c) {
				case '&' -> this.out.append("&amp;");
				case '\u00A0' -> this.out.append("&nbsp;");
				case '<' -> this.out.append("&lt;");
				case '>' -> this.out.append("&gt;");
				case '"' -> this.out.append(attribute ? "&quot;" : "\"");
				default -> this.out.append(c);
			}
		}
	}

}
