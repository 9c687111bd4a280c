package io.github.springxhr.document;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;

/**
 * Walks a tree, however deep, and writes it.
 */
abstract class TreeSerializer {

	final StringBuilder out = new StringBuilder(256);

	/**
	 * Write a node and what is in it.
	 * @param root the node
	 */
	final void write(Node root) {
		Node node = root;
		while (node != null) {
			Node child = start(node) ? node.getFirstChild() : null;
			if (child != null) {
				node = child;
				continue;
			}
			end(node);
			while (node != root && node.getNextSibling() == null) {
				node = parent(node);
				end(node);
			}
			node = (node != root) ? node.getNextSibling() : null;
		}
	}

	/**
	 * Write what comes before the children.
	 * @return whether the children are to be written
	 */
	abstract boolean start(Node node);

	/**
	 * Write what comes after the children.
	 */
	abstract void end(Node node);

	static String emptyIfNull(@Nullable String value) {
		return (value != null) ? value : "";
	}

	private static Node parent(Node node) {
		Node parent = node.getParentNode();
		if (parent == null) {
			throw new IllegalStateException("The document was changed while it was serialized");
		}
		return parent;
	}

}
