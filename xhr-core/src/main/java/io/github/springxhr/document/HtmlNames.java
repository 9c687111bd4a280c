package io.github.springxhr.document;

import java.util.Map;
import java.util.Set;

import javax.xml.XMLConstants;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;

/**
 * Names of HTML and of the namespaces that HTML knows.
 */
final class HtmlNames {

	static final String HTML = "http://www.w3.org/1999/xhtml";

	private static final String XLINK = "http://www.w3.org/1999/xlink";

	/**
	 * See <a href=
	 * "https://html.spec.whatwg.org/multipage/parsing.html#adjust-foreign-attributes">adjust
	 * foreign attributes</a>.
	 */
	private static final Map<String, String> FOREIGN_ATTRIBUTES = Map.ofEntries(Map.entry("xlink:actuate", XLINK),
			Map.entry("xlink:arcrole", XLINK), Map.entry("xlink:href", XLINK), Map.entry("xlink:role", XLINK),
			Map.entry("xlink:show", XLINK), Map.entry("xlink:title", XLINK), Map.entry("xlink:type", XLINK),
			Map.entry("xml:lang", XMLConstants.XML_NS_URI), Map.entry("xml:space", XMLConstants.XML_NS_URI),
			Map.entry(XMLConstants.XMLNS_ATTRIBUTE, XMLConstants.XMLNS_ATTRIBUTE_NS_URI),
			Map.entry("xmlns:xlink", XMLConstants.XMLNS_ATTRIBUTE_NS_URI));

	private static final Set<String> VOID = Set.of("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame",
			"hr", "img", "input", "keygen", "link", "meta", "param", "source", "track", "wbr");

	private static final Set<String> RAW_TEXT = Set.of("style", "script", "xmp", "iframe", "noembed", "noframes",
			"plaintext");

	private HtmlNames() {
	}

	/**
	 * Return the namespace of an attribute of a parsed element.
	 * <p>
	 * Deviation: {@code <html xmlns="http://www.w3.org/1999/xhtml">} declares the
	 * namespace that the element has. A browser takes the attribute for any other, and
	 * writes it twice when the document is serialized as XML.
	 * @return the namespace, or {@code null} for none
	 */
	static @Nullable String attributeNamespace(String elementNamespace, String name, String value) {
		if (!elementNamespace.equals(HTML)) {
			return FOREIGN_ATTRIBUTES.get(name);
		}
		return (name.equals(XMLConstants.XMLNS_ATTRIBUTE) && value.equals(HTML)) ? XMLConstants.XMLNS_ATTRIBUTE_NS_URI
				: null;
	}

	/**
	 * Tell whether an element has neither content nor an end tag in HTML.
	 */
	static boolean isVoid(Node element) {
		return isHtml(element) && VOID.contains(localName(element));
	}

	/**
	 * Tell whether an element holds text in which nothing is escaped. Scripts are not
	 * run, so that {@code noscript} is none of these.
	 */
	static boolean isRawText(@Nullable Node element) {
		return element != null && isHtml(element) && RAW_TEXT.contains(localName(element));
	}

	static boolean isHtml(Node node) {
		return HTML.equals(node.getNamespaceURI());
	}

	/**
	 * Return the local name, also of a node that was created without regard to
	 * namespaces.
	 */
	static String localName(Node node) {
		String name = node.getLocalName();
		return (name != null) ? name : node.getNodeName();
	}

}
