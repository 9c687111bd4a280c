package io.github.springxhr.document;

import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.DocumentType;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Serializes a tree as XML, well-formed or not. What the JDK offers for that writes an
 * XML declaration, loses the DOCTYPE or cannot be read as HTML.
 *
 * @since 0.1.0
 * @see <a href="https://w3c.github.io/DOM-Parsing/#xml-serialization">DOM Parsing and
 * Serialization, XML serialization</a>
 */
public final class XmlSerialization extends TreeSerializer {

	private final Deque<Scope> scopes = new ArrayDeque<>();

	private int prefixIndex = 1;

	private XmlSerialization() {
		this.scopes.push(new Scope(null, NamespacePrefixes.XML, ""));
	}

	/**
	 * Serialize a node and what is in it. The document may have any depth.
	 * @param root the node
	 * @return its XML; empty for an attribute
	 * @throws IllegalArgumentException if a node is of a kind that is no part of a tree
	 */
	public static String serialize(Node root) {
		XmlSerialization serialization = new XmlSerialization();
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
				element((Element) node);
				return true;
			}
			case Node.TEXT_NODE -> text(emptyIfNull(node.getNodeValue()));
			case Node.CDATA_SECTION_NODE -> this.out.append("<![CDATA[")
				.append(emptyIfNull(node.getNodeValue()).replace("]]>", "]]]]><![CDATA[>"))
				.append("]]>");
			case Node.COMMENT_NODE -> this.out.append("<!--").append(emptyIfNull(node.getNodeValue())).append("-->");
			case Node.PROCESSING_INSTRUCTION_NODE -> this.out.append("<?")
				.append(node.getNodeName())
				.append(' ')
				.append(emptyIfNull(node.getNodeValue()))
				.append("?>");
			case Node.DOCUMENT_TYPE_NODE -> doctype((DocumentType) node);
			case Node.ATTRIBUTE_NODE -> {
				// The standard returns an empty string.
			}
			default -> throw new IllegalArgumentException("Not a node that can be serialized: " + node.getNodeName());
		}
		return false;
	}

	@Override
	void end(Node node) {
		if (node.getNodeType() == Node.ELEMENT_NODE) {
			this.out.append(this.scopes.pop().endTag);
		}
	}

	/**
	 * See
	 * <a href= "https://w3c.github.io/DOM-Parsing/#xml-serializing-an-element-node">XML
	 * serializing an Element node</a>.
	 */
	private void element(Element element) {
		XmlStartTag tag = new XmlStartTag(element, this.scopes.element(), this.out, this::nextPrefix);
		tag.write();
		String endTag = "";
		if (element.getFirstChild() != null || (HtmlNames.isHtml(element) && !isVoid(element))) {
			this.out.append('>');
			endTag = "</" + tag.qualifiedName() + ">";
		}
		else {
			this.out.append(HtmlNames.isHtml(element) ? " />" : "/>");
		}
		this.scopes.push(new Scope(tag.childNamespace(), tag.prefixes(), endTag));
	}

	private static boolean isVoid(Element element) {
		return HtmlNames.isVoid(element) || HtmlNames.localName(element).equals("menuitem");
	}

	/**
	 * See <a href= "https://w3c.github.io/DOM-Parsing/#xml-serializing-a-text-node">XML
	 * serializing a Text node</a>.
	 */
	private void text(String data) {
		for (int i = 0; i < data.length(); i++) {
			char c = data.charAt(i);
			switch (c) {
				case '&' -> this.out.append("&amp;");
				case '<' -> this.out.append("&lt;");
				case '>' -> this.out.append("&gt;");
				default -> this.out.append(c);
			}
		}
	}

	/**
	 * See <a href=
	 * "https://w3c.github.io/DOM-Parsing/#xml-serializing-a-documenttype-node">XML
	 * serializing a DocumentType node</a>. Deviation: a system identifier that has a
	 * double quote is written in single ones.
	 */
	private void doctype(DocumentType doctype) {
		String publicId = emptyIfNull(doctype.getPublicId());
		String systemId = emptyIfNull(doctype.getSystemId());
		this.out.append("<!DOCTYPE ").append(doctype.getName());
		if (!publicId.isEmpty()) {
			this.out.append(" PUBLIC \"").append(publicId).append('"');
		}
		else if (!systemId.isEmpty()) {
			this.out.append(" SYSTEM");
		}
		if (!systemId.isEmpty()) {
			char quote = (systemId.indexOf('"') != -1) ? '\'' : '"';
			this.out.append(' ').append(quote).append(systemId).append(quote);
		}
		this.out.append('>');
	}

	private String nextPrefix() {
		return "ns" + this.prefixIndex++;
	}

	/**
	 * What holds within an element.
	 *
	 * @param namespace the default namespace
	 * @param prefixes the prefixes declared
	 * @param endTag the end tag, empty if there is none
	 */
	record Scope(@Nullable String namespace, NamespacePrefixes prefixes, String endTag) {
	}

}
