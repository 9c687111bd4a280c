package io.github.springxhr;

import io.github.springxhr.document.XmlSerialization;
import org.w3c.dom.Node;

/**
 * Serializes a document, or a part of one, as XML: what {@code send()} does with an XML
 * document.
 * <p>
 * Elements and attributes keep their namespaces, whatever declarations the tree has. An
 * empty element has one tag, but an HTML element that is not void has two, so that an
 * HTML parser can read the result as well. There is no XML declaration, and the internal
 * subset of a DOCTYPE is left out. What XML cannot express, such as {@code --} in a
 * comment, is written nevertheless.
 * <p>
 * <b>Concurrency.</b> Thread-safe; the tree must not be changed meanwhile.
 *
 * @since 0.1.0
 * @see <a href="https://w3c.github.io/DOM-Parsing/#xml-serialization">DOM Parsing and
 * Serialization, XML serialization</a>
 */
public final class XMLSerializer {

	/**
	 * Create a serializer.
	 */
	public XMLSerializer() {
	}

	/**
	 * Serialize a node and what is in it.
	 * @param root a document, fragment, element, text, comment, ...
	 * @return the XML; empty for an attribute
	 * @throws IllegalArgumentException if the node is an entity or a notation
	 */
	public String serializeToString(Node root) {
		return XmlSerialization.serialize(root);
	}

}
