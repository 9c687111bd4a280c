package io.github.springxhr;

import java.io.StringReader;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.DocumentFragment;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link XMLSerializer}.
 */
class XMLSerializerTests {

	private static final String XHTML = "http://www.w3.org/1999/xhtml";

	private static final String XMLNS = "http://www.w3.org/2000/xmlns/";

	private Document document;

	@BeforeEach
	void createDocument() throws Exception {
		this.document = DocumentBuilderFactory.newDefaultNSInstance().newDocumentBuilder().newDocument();
	}

	@ParameterizedTest
	@ValueSource(strings = { "<a/>", "<a>b</a>", "<a b=\"c\"/>", "<a><!--b--><?c d?><![CDATA[<e>]]></a>",
			"<!DOCTYPE a><a/>", "<!DOCTYPE a SYSTEM \"s\"><a/>", "<!DOCTYPE a PUBLIC \"p\" \"s\"><a/>",
			"<!DOCTYPE a SYSTEM 's\"'><a/>", "<?x y?><!--z--><a/><!--w-->", "<a>&lt;&gt;&amp;\"'</a>",
			"<a b=\"&lt;&gt;&amp;&quot;'&#x9;&#xA;&#xD;\"/>", "<a xmlns=\"u\"><b/></a>",
			"<a xmlns=\"u\"><b xmlns=\"\"/></a>", "<p:a xmlns:p=\"u\"><p:b p:c=\"d\"/></p:a>",
			"<a xmlns:p=\"u\" xmlns:q=\"v\"><q:b p:c=\"d\"/></a>", "<a xml:lang=\"en\"/>",
			"<a xmlns:p=\"u\"><b xmlns:p=\"v\"><c p:d=\"e\" xmlns:p=\"u\"/></b></a>",
			"<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><br /><p></p><hr id=\"x\" /></body></html>" })
	void writesWhatItRead(String xml) throws Exception {
		assertThat(serialize(parse(xml))).isEqualTo(xml);
	}

	/**
	 * What differs in writing is equal in meaning.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			<?xml version="1.0" encoding="utf-8"?><a></a>          | <a/>
			<!DOCTYPE a [<!ENTITY e "f">]><a>&e;</a>               | <!DOCTYPE a><a>f</a>
			<a xmlns:p="u"><b xmlns:p="u"/></a>                    | <a xmlns:p="u"><b/></a>
			<a xmlns="u" xmlns:p="u"><p:b/></a>                    | <p:a xmlns="u" xmlns:p="u"><b/></p:a>
			<p:a xmlns:p="u" xmlns="u"><p:b/><b/></p:a>            | <p:a xmlns="u" xmlns:p="u"><b/><b/></p:a>
			<a xmlns:xml="http://www.w3.org/XML/1998/namespace"/>  | <a/>
			<xml:a/>                                               | <xml:a/>
			<x:br xmlns:x="http://www.w3.org/1999/xhtml"/>         | <x:br xmlns:x="http://www.w3.org/1999/xhtml" />
			""")
	void writesTheSameMeaning(String xml, String expected) throws Exception {
		assertThat(serialize(parse(xml))).isEqualTo(expected);
	}

	@Test
	void defaultNamespaceIsDeclared() {
		Element root = this.document.createElementNS("u", "a");
		root.appendChild(this.document.createElementNS("u", "b"));
		root.appendChild(this.document.createElementNS(null, "c"));
		assertThat(serialize(root)).isEqualTo("<a xmlns=\"u\"><b/><c xmlns=\"\"/></a>");
	}

	@Test
	void prefixIsDeclared() {
		Element root = this.document.createElementNS("u", "p:a");
		root.appendChild(this.document.createElementNS("u", "p:b"));
		assertThat(serialize(root)).isEqualTo("<p:a xmlns:p=\"u\"><p:b/></p:a>");
	}

	@Test
	void wrongDefaultNamespaceIsReplaced() {
		Element root = this.document.createElementNS("u", "a");
		root.setAttributeNS(XMLNS, "xmlns", "v");
		assertThat(serialize(root)).isEqualTo("<a xmlns=\"u\"/>");
		Element noNamespace = this.document.createElementNS(null, "a");
		noNamespace.setAttributeNS(XMLNS, "xmlns", "v");
		assertThat(serialize(noNamespace)).isEqualTo("<a/>");
	}

	@Test
	void defaultNamespaceOfAPrefixedElementIsKept() {
		Element root = this.document.createElementNS("u", "p:a");
		root.setAttributeNS(XMLNS, "xmlns", "v");
		root.appendChild(this.document.createElementNS("v", "b"));
		assertThat(serialize(root)).isEqualTo("<p:a xmlns:p=\"u\" xmlns=\"v\"><b/></p:a>");
	}

	@Test
	void prefixThatTheElementDeclaresOtherwiseIsReplaced() {
		Element root = this.document.createElementNS("u", "p:a");
		root.setAttributeNS(XMLNS, "xmlns:p", "v");
		assertThat(serialize(root)).isEqualTo("<ns1:a xmlns:ns1=\"u\" xmlns:p=\"v\"/>");
	}

	@Test
	void prefixesOfAttributesAreGenerated() {
		Element root = this.document.createElementNS(null, "a");
		root.setAttributeNS("u", "b", "1");
		root.setAttributeNS("v", "c", "2");
		Element child = this.document.createElementNS(null, "d");
		child.setAttributeNS("u", "e", "3");
		root.appendChild(child);
		assertThat(serialize(root))
			.isEqualTo("<a xmlns:ns1=\"u\" ns1:b=\"1\" xmlns:ns2=\"v\" ns2:c=\"2\"><d ns1:e=\"3\"/></a>");
	}

	@Test
	void generatedPrefixIsNoneThatTheElementDeclares() {
		Element root = this.document.createElementNS(null, "a");
		root.setAttributeNS("u", "b", "1");
		root.setAttributeNS(XMLNS, "xmlns:ns1", "v");
		assertThat(serialize(root)).isEqualTo("<a xmlns:ns2=\"u\" ns2:b=\"1\" xmlns:ns1=\"v\"/>");
	}

	@Test
	void hiddenPrefixIsDeclaredAnew() {
		Element root = this.document.createElementNS("u", "p:a");
		Element child = this.document.createElementNS("v", "p:b");
		child.appendChild(this.document.createElementNS("u", "p:c"));
		root.appendChild(child);
		assertThat(serialize(root)).isEqualTo("<p:a xmlns:p=\"u\"><p:b xmlns:p=\"v\"><p:c xmlns:p=\"u\"/></p:b></p:a>");
	}

	@Test
	void treeWithoutNamespacesIsWrittenByNames() {
		Element root = this.document.createElement("p:a");
		root.setAttribute("xmlns:p", "u");
		root.setAttribute("xmlns", "v");
		root.setAttribute("p:b", "1");
		assertThat(serialize(root)).isEqualTo("<p:a p:b=\"1\" xmlns=\"v\" xmlns:p=\"u\"/>");
	}

	@Test
	void attributeThatLooksLikeADeclarationDoesNotContradict() {
		Element root = this.document.createElementNS("u", "a");
		root.setAttribute("xmlns", "u");
		assertThat(serialize(root)).isEqualTo("<a xmlns=\"u\"/>");
	}

	@Test
	void htmlElementsCanBeReadByAnHtmlParser() {
		Element root = this.document.createElementNS(XHTML, "div");
		root.appendChild(this.document.createElementNS(XHTML, "img"));
		root.appendChild(this.document.createElementNS(XHTML, "script"));
		Element full = this.document.createElementNS(XHTML, "br");
		full.setTextContent("x");
		root.appendChild(full);
		assertThat(serialize(root)).isEqualTo("<div xmlns=\"" + XHTML + "\"><img /><script></script><br>x</br></div>");
	}

	@Test
	void fragmentIsWrittenAsItsChildren() {
		DocumentFragment fragment = this.document.createDocumentFragment();
		fragment.appendChild(this.document.createTextNode("<"));
		fragment.appendChild(this.document.createElement("a"));
		fragment.appendChild(this.document.createComment("b"));
		assertThat(serialize(fragment)).isEqualTo("&lt;<a/><!--b-->");
	}

	@Test
	void partOfATreeIsWrittenAlone() throws Exception {
		Document parsed = parse("<a xmlns='u' xmlns:p='v'><b p:c='d'>e</b><f/></a>");
		assertThat(serialize(parsed.getDocumentElement().getFirstChild()))
			.isEqualTo("<b xmlns=\"u\" xmlns:ns1=\"v\" ns1:c=\"d\">e</b>");
	}

	@Test
	void sectionCannotEndEarly() {
		assertThat(serialize(this.document.createCDATASection("]]><a/>"))).isEqualTo("<![CDATA[]]]]><![CDATA[><a/>]]>");
	}

	@Test
	void whatXmlCannotExpressIsWrittenNevertheless() {
		assertThat(serialize(this.document.createComment("--"))).isEqualTo("<!------>");
		assertThat(serialize(this.document.createTextNode("\u0001"))).isEqualTo("\u0001");
		assertThat(serialize(this.document)).isEmpty();
	}

	@Test
	void attributeIsEmpty() {
		assertThat(serialize(this.document.createAttribute("a"))).isEmpty();
	}

	@Test
	void entityIsRefused() throws Exception {
		Node entity = parse("<!DOCTYPE a [<!ENTITY e 'f'>]><a/>").getDoctype().getEntities().item(0);
		assertThatIllegalArgumentException().isThrownBy(() -> serialize(entity));
	}

	@Test
	void deepTree() {
		this.document.setStrictErrorChecking(false);
		Element root = this.document.createElementNS("u", "p:a");
		Element deepest = root;
		for (int i = 0; i < 100_000; i++) {
			Element child = this.document.createElementNS("u", "p:a");
			deepest.insertBefore(child, null);
			deepest = child;
		}
		assertThat(serialize(root)).startsWith("<p:a xmlns:p=\"u\"><p:a>").hasSizeGreaterThan(1_000_000);
	}

	/**
	 * Whatever prefixes and declarations a tree has, its names mean the same when it is
	 * read again.
	 */
	@Test
	void randomTreesKeepTheirNamespaces() throws Exception {
		Random random = new Random(7);
		for (int round = 0; round < 3_000; round++) {
			Element root = randomElement(random, 0);
			String xml = serialize(root);
			assertThat(meaning(parse(xml).getDocumentElement())).as(xml).isEqualTo(meaning(root));
		}
	}

	private Element randomElement(Random random, int depth) {
		Element element = this.document.createElementNS(pick(random, null, "u", "v", "w"), "e");
		if (element.getNamespaceURI() != null && random.nextBoolean()) {
			element.setPrefix(pick(random, "p", "q", "ns1", "ns2"));
		}
		for (int i = random.nextInt(4); i > 0; i--) {
			switch (random.nextInt(3)) {
				case 0 -> element.setAttributeNS(XMLNS, pick(random, "xmlns:p", "xmlns:q", "xmlns:ns1", "xmlns:ns2"),
						pick(random, "u", "v", "w"));
				case 1 -> element.setAttributeNS(XMLNS, "xmlns", pick(random, "", "u", "v"));
				default -> element.setAttributeNS(pick(random, null, "u", "v"), "a" + i, "1");
			}
		}
		for (int i = random.nextInt(4 - depth); i > 0; i--) {
			element.appendChild(randomElement(random, depth + 1));
		}
		return element;
	}

	private static String pick(Random random, String... values) {
		return values[random.nextInt(values.length)];
	}

	private static String meaning(Element element) {
		Set<String> attributes = new TreeSet<>();
		for (int i = 0; i < element.getAttributes().getLength(); i++) {
			Node attribute = element.getAttributes().item(i);
			if (!XMLNS.equals(attribute.getNamespaceURI())) {
				attributes.add("{" + attribute.getNamespaceURI() + "}" + attribute.getLocalName());
			}
		}
		StringBuilder meaning = new StringBuilder("({" + element.getNamespaceURI() + "}e" + attributes);
		for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
			meaning.append(meaning((Element) child));
		}
		return meaning.append(')').toString();
	}

	private String serialize(Node node) {
		return new XMLSerializer().serializeToString(node);
	}

	private static Document parse(String xml) throws Exception {
		DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
		factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
		return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
	}

}
