package io.github.springxhr.document;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import javax.xml.XMLConstants;

import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;

/**
 * The start tag of an element up to its attributes, in which the element and its
 * attributes keep their namespaces whatever declarations they have.
 *
 * @see <a href= "https://w3c.github.io/DOM-Parsing/#xml-serializing-an-element-node">XML
 * serializing an Element node</a>
 */
final class XmlStartTag {

	private final Element element;

	private final StringBuilder out;

	private final Supplier<String> nextPrefix;

	private final @Nullable String namespace;

	private final Map<String, String> localPrefixes = new HashMap<>(4);

	/**
	 * Every prefix that has, or may get, a declaration in this tag.
	 */
	private final Set<String> taken = new HashSet<>(4);

	private @Nullable String inheritedNamespace;

	private NamespacePrefixes prefixes;

	private boolean ignoreNamespaceDefinitionAttribute;

	private String qualifiedName = "";

	XmlStartTag(Element element, XmlSerialization.Scope scope, StringBuilder out, Supplier<String> nextPrefix) {
		this.element = element;
		this.out = out;
		this.nextPrefix = nextPrefix;
		this.namespace = emptyToNull(element.getNamespaceURI());
		this.inheritedNamespace = scope.namespace();
		this.prefixes = scope.prefixes();
	}

	String qualifiedName() {
		return this.qualifiedName;
	}

	/**
	 * Return the default namespace of the children.
	 */
	@Nullable String childNamespace() {
		return this.inheritedNamespace;
	}

	NamespacePrefixes prefixes() {
		return this.prefixes;
	}

	/**
	 * Write the tag, but not its end, which depends on the children.
	 */
	void write() {
		String localDefaultNamespace = recordNamespaceInformation();
		this.out.append('<');
		if (Objects.equals(this.inheritedNamespace, this.namespace)) {
			this.ignoreNamespaceDefinitionAttribute = localDefaultNamespace != null;
			writeName(XMLConstants.XML_NS_URI.equals(this.namespace) ? XMLConstants.XML_NS_PREFIX : null);
		}
		else {
			writeNameOfOtherNamespace(localDefaultNamespace);
		}
		writeAttributes();
	}

	private void writeNameOfOtherNamespace(@Nullable String localDefaultNamespace) {
		String prefix = this.element.getPrefix();
		String candidatePrefix = this.prefixes.retrieve(prefix, this.namespace);
		if (XMLConstants.XMLNS_ATTRIBUTE.equals(prefix)) {
			candidatePrefix = prefix;
		}
		if (candidatePrefix != null) {
			writeName(candidatePrefix);
			if (localDefaultNamespace != null && !localDefaultNamespace.equals(XMLConstants.XML_NS_URI)) {
				this.inheritedNamespace = emptyToNull(localDefaultNamespace);
			}
		}
		else if (prefix != null) {
			String declared = this.taken.contains(prefix) ? generatePrefix() : prefix;
			writeName(declared);
			declare(declared, this.namespace);
			if (localDefaultNamespace != null) {
				this.inheritedNamespace = emptyToNull(localDefaultNamespace);
			}
		}
		else {
			writeName(null);
			this.inheritedNamespace = this.namespace;
			if (localDefaultNamespace == null || !localDefaultNamespace.equals(this.namespace)) {
				this.ignoreNamespaceDefinitionAttribute = true;
				writeAttribute(XMLConstants.XMLNS_ATTRIBUTE, this.namespace);
			}
		}
	}

	/**
	 * See <a href=
	 * "https://w3c.github.io/DOM-Parsing/#dfn-recording-the-namespace-information">recording
	 * the namespace information</a>.
	 * @return the value of the attribute {@code xmlns}, or {@code null}
	 */
	private @Nullable String recordNamespaceInformation() {
		String defaultNamespace = null;
		NamedNodeMap attributes = this.element.getAttributes();
		for (int i = 0; i < attributes.getLength(); i++) {
			Attr attribute = (Attr) attributes.item(i);
			if (!XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())) {
				if (attribute.getName().startsWith("xmlns:")) {
					this.taken.add(attribute.getName().substring("xmlns:".length()));
				}
				continue;
			}
			if (attribute.getPrefix() == null) {
				defaultNamespace = attribute.getValue();
			}
			else if (!attribute.getValue().equals(XMLConstants.XML_NS_URI)) {
				recordPrefix(attribute.getLocalName(), attribute.getValue());
			}
		}
		return defaultNamespace;
	}

	private void recordPrefix(String prefix, String definition) {
		this.taken.add(prefix);
		if (!this.prefixes.contains(prefix, emptyToNull(definition))) {
			this.prefixes = this.prefixes.add(prefix, emptyToNull(definition));
			this.localPrefixes.put(prefix, definition);
		}
	}

	/**
	 * See <a href=
	 * "https://w3c.github.io/DOM-Parsing/#serializing-an-element-s-attributes">XML
	 * serialization of the attributes</a>.
	 */
	private void writeAttributes() {
		NamedNodeMap attributes = this.element.getAttributes();
		for (int i = 0; i < attributes.getLength(); i++) {
			Attr attribute = (Attr) attributes.item(i);
			String attributeNamespace = emptyToNull(attribute.getNamespaceURI());
			String name = HtmlNames.localName(attribute);
			String prefix = null;
			if (XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attributeNamespace)) {
				if (isSuperfluous(attribute)) {
					continue;
				}
				prefix = attribute.getPrefix();
			}
			else if (attributeNamespace != null) {
				prefix = this.prefixes.retrieve(attribute.getPrefix(), attributeNamespace);
				if (prefix == null) {
					prefix = generatePrefix();
					declare(prefix, attributeNamespace);
				}
			}
			else if (name.equals(XMLConstants.XMLNS_ATTRIBUTE) && !mayDeclareDefaultNamespace()) {
				continue;
			}
			writeAttribute((prefix != null) ? prefix + ":" + name : name, attribute.getValue());
		}
	}

	private boolean isSuperfluous(Attr declaration) {
		String value = declaration.getValue();
		if (value.equals(XMLConstants.XML_NS_URI)) {
			return true;
		}
		if (declaration.getPrefix() == null) {
			return this.ignoreNamespaceDefinitionAttribute;
		}
		String prefix = declaration.getLocalName();
		return !value.equals(this.localPrefixes.get(prefix)) && this.prefixes.contains(prefix, emptyToNull(value));
	}

	/**
	 * Deviation: an attribute {@code xmlns} that is in no namespace, as
	 * {@code setAttribute("xmlns", ..)} makes it, is left out where it would contradict
	 * the namespace of the element or appear twice. It is written for a tree that was
	 * made without regard to namespaces.
	 */
	private boolean mayDeclareDefaultNamespace() {
		return this.namespace == null && !this.ignoreNamespaceDefinitionAttribute;
	}

	/**
	 * See <a href="https://w3c.github.io/DOM-Parsing/#dfn-generating-a-prefix">generate a
	 * prefix</a>. Deviation: never one that is declared already. In this tag a second
	 * declaration would not be well-formed, and one further up may have been used in this
	 * tag.
	 */
	private String generatePrefix() {
		String prefix;
		do {
			prefix = this.nextPrefix.get();
		}
		while (this.taken.contains(prefix) || this.prefixes.declares(prefix));
		return prefix;
	}

	private void declare(String prefix, @Nullable String definition) {
		this.taken.add(prefix);
		this.prefixes = this.prefixes.add(prefix, definition);
		writeAttribute("xmlns:" + prefix, definition);
	}

	private void writeName(@Nullable String prefix) {
		String name = HtmlNames.localName(this.element);
		this.qualifiedName = (prefix != null) ? prefix + ":" + name : name;
		this.out.append(this.qualifiedName);
	}

	/**
	 * See <a href=
	 * "https://w3c.github.io/DOM-Parsing/#dfn-serializing-an-attribute-value">serializing
	 * an attribute value</a>. As in all browsers, and unlike in the standard, white space
	 * that a parser would make a space of is escaped.
	 */
	private void writeAttribute(String name, @Nullable String value) {
		this.out.append(' ').append(name).append("=\"");
		String text = (value != null) ? value : "";
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			switch (c) {
				case '&' -> this.out.append("&amp;");
				case '"' -> this.out.append("&quot;");
				case '<' -> this.out.append("&lt;");
				case '>' -> this.out.append("&gt;");
				case '\t' -> this.out.append("&#x9;");
				case '\n' -> this.out.append("&#xA;");
				case '\r' -> this.out.append("&#xD;");
				default -> this.out.append(c);
			}
		}
		this.out.append('"');
	}

	private static @Nullable String emptyToNull(@Nullable String value) {
		return (value == null || value.isEmpty()) ? null : value;
	}

}
