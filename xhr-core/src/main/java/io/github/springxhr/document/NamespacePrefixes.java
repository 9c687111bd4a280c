package io.github.springxhr.document;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import javax.xml.XMLConstants;

import org.jspecify.annotations.Nullable;

/**
 * The prefixes that are declared at some place of a tree; immutable, each holds one
 * declaration and those before it.
 * <p>
 * Deviation: a declaration hides those of the same prefix before it. By the letter of the
 * standard elements would be written in another namespace than theirs.
 *
 * @see <a href="https://w3c.github.io/DOM-Parsing/#the-namespace-prefix-map">namespace
 * prefix map</a>
 */
final class NamespacePrefixes {

	static final NamespacePrefixes XML = new NamespacePrefixes(XMLConstants.XML_NS_PREFIX, XMLConstants.XML_NS_URI,
			null);

	private final String prefix;

	private final @Nullable String namespace;

	private final @Nullable NamespacePrefixes before;

	private NamespacePrefixes(String prefix, @Nullable String namespace, @Nullable NamespacePrefixes before) {
		this.prefix = prefix;
		this.namespace = namespace;
		this.before = before;
	}

	/**
	 * See <a href="https://w3c.github.io/DOM-Parsing/#dfn-add">add</a>.
	 */
	NamespacePrefixes add(String prefix, @Nullable String namespace) {
		return new NamespacePrefixes(prefix, namespace, this);
	}

	/**
	 * See <a href="https://w3c.github.io/DOM-Parsing/#dfn-found">found</a>.
	 */
	boolean contains(String prefix, @Nullable String namespace) {
		for (NamespacePrefixes entry = this; entry != null; entry = entry.before) {
			if (entry.prefix.equals(prefix)) {
				return Objects.equals(entry.namespace, namespace);
			}
		}
		return false;
	}

	boolean declares(String prefix) {
		for (NamespacePrefixes entry = this; entry != null; entry = entry.before) {
			if (entry.prefix.equals(prefix)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * See <a href=
	 * "https://w3c.github.io/DOM-Parsing/#dfn-retrieving-a-preferred-prefix-string">retrieve
	 * a preferred prefix string</a>.
	 * @return the preferred prefix if it is declared for the namespace, else the one
	 * declared last; {@code null} if there is none
	 */
	@Nullable String retrieve(@Nullable String preferred, @Nullable String namespace) {
		if (preferred != null && contains(preferred, namespace)) {
			return preferred;
		}
		Set<String> hidden = new HashSet<>();
		for (NamespacePrefixes entry = this; entry != null; entry = entry.before) {
			if (hidden.add(entry.prefix) && Objects.equals(entry.namespace, namespace)) {
				return entry.prefix;
			}
		}
		return null;
	}

}
