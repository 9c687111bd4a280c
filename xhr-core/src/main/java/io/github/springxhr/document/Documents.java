package io.github.springxhr.document;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.UserDataHandler;

/**
 * What the DOM Standard knows of a document and {@code org.w3c.dom} does not.
 *
 * @since 0.1.0
 */
public final class Documents {

	private static final String HTML_KEY = Documents.class.getName() + ".html";

	private static final String ID = "id";

	private Documents() {
	}

	/**
	 * Tell whether a document was parsed as HTML, or is a clone of one that was.
	 * @param document the document
	 * @return {@code false} for an XML document, XHTML included
	 * @see <a href="https://dom.spec.whatwg.org/#html-document">DOM Standard, HTML
	 * document</a>
	 */
	public static boolean isHtml(Document document) {
		return document.getUserData(HTML_KEY) != null;
	}

	static void markHtml(Document document) {
		document.setUserData(HTML_KEY, Boolean.TRUE, new CopyToClone());
	}

	/**
	 * Make {@code getElementById} work. Of several elements with the same ID the first
	 * one is found.
	 */
	static void registerIds(Document document) {
		Node node = document.getDocumentElement();
		while (node != null) {
			if (node instanceof Element element) {
				registerId(document, element);
			}
			node = following(node);
		}
	}

	private static void registerId(Document document, Element element) {
		Attr id = element.getAttributeNode(ID);
		if (id != null && !id.getValue().isEmpty() && document.getElementById(id.getValue()) == null) {
			element.setIdAttributeNode(id, true);
		}
	}

	private static @Nullable Node following(Node node) {
		if (node.getFirstChild() != null) {
			return node.getFirstChild();
		}
		Node ancestor = node;
		while (ancestor != null && ancestor.getNextSibling() == null) {
			ancestor = ancestor.getParentNode();
		}
		return (ancestor != null) ? ancestor.getNextSibling() : null;
	}

	/**
	 * Marks the clone of a document as well.
	 */
	private static final class CopyToClone implements UserDataHandler {

		@Override
		public void handle(short operation, String key, Object data, Node source, @Nullable Node destination) {
			if (operation == NODE_CLONED && destination != null) {
				destination.setUserData(key, data, this);
			}
		}

	}

}
