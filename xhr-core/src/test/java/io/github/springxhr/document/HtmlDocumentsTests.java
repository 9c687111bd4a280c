package io.github.springxhr.document;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import io.github.springxhr.mime.Encoding;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link HtmlDocuments}.
 */
class HtmlDocumentsTests {

	private static final String XHTML = "http://www.w3.org/1999/xhtml";

	@Test
	void everyTextIsADocument() {
		assertThat(FragmentSerializer.serialize(parse(""))).isEqualTo("<html><head></head><body></body></html>");
		assertThat(FragmentSerializer.serialize(parse("\u0000<")))
			.isEqualTo("<html><head></head><body>&lt;</body></html>");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			<table><tr><td>1</table>         | <table><tbody><tr><td>1</td></tr></tbody></table>
			<p>1<p>2                         | <p>1</p><p>2</p>
			<ul><li>1<li>2                   | <ul><li>1</li><li>2</li></ul>
			<b>1<i>2</b>3                    | <b>1<i>2</i></b><i>3</i>
			<table>1<tr><td>2                | 1<table><tbody><tr><td>2</td></tr></tbody></table>
			<DIV CLASS=x>1</DIV>             | <div class="x">1</div>
			<br><img src=a><input disabled>  | <br><img src="a"><input disabled="">
			<p a=1 a=2>&eacute;&nbsp;&amp;   | <p a="1">\u00E9&nbsp;&amp;</p>
			<script>1<2&&3</script>          | <script>1<2&&3</script>
			<o:p @click=x foo:bar=y>1        | <o:p @click="x" foo:bar="y">1</o:p>
			<svg viewBox="0"><![CDATA[<]]>a  | <svg viewBox="0">&lt;a</svg>
			<?pi x><!x></ y><? z>            | <?pi x><!--x--><!-- y--><!--? z-->
			<template><i>1</i></template>    | <template><i>1</i></template>
			""")
	void readsAsABrowserDoes(String html, String expectedBody) {
		assertThat(FragmentSerializer.serialize(parse("<body>" + html)))
			.isEqualTo("<html><head></head><body>" + expectedBody + "</body></html>");
	}

	@Test
	void encodingIsTheOneGiven() {
		byte[] html = "<p>\u20AC".getBytes(Charset.forName("windows-1252"));
		Document document = HtmlDocuments.parse(html, 0, html.length, Encoding.forLabel("latin1"), "http://h/");
		assertThat(document.getInputEncoding()).isEqualTo("windows-1252");
		assertThat(document.getElementsByTagName("p").item(0).getTextContent()).isEqualTo("\u20AC");
	}

	@Test
	void scriptingIsDisabled() {
		Document document = parse("<body><noscript><b>1</b></noscript>");
		assertThat(document.getElementsByTagName("b").getLength()).isEqualTo(1);
	}

	@Test
	void elementsAreInTheirNamespacesAndHaveLowerCaseNames() {
		Document document = parse("<TABLE><TR><TD>1</TABLE><svg><linearGradient/></svg><math><mi>x</math>");
		assertThat(document.getElementsByTagName("td").item(0).getNamespaceURI()).isEqualTo(XHTML);
		assertThat(document.getElementsByTagName("linearGradient").item(0).getNamespaceURI())
			.isEqualTo("http://www.w3.org/2000/svg");
		assertThat(document.getElementsByTagName("mi").item(0).getNamespaceURI())
			.isEqualTo("http://www.w3.org/1998/Math/MathML");
	}

	@Test
	void foreignAttributesAreInTheirNamespaces() {
		Document document = parse("<p xml:lang='a'><svg xml:lang='b'><a xlink:href='c' foo:bar='d'/></svg>");
		assertThat(document.getElementsByTagName("p").item(0).getAttributes().item(0).getNamespaceURI()).isNull();
		assertThat(((Element) document.getElementsByTagName("svg").item(0))
			.getAttributeNS("http://www.w3.org/XML/1998/namespace", "lang")).isEqualTo("b");
		Element link = (Element) document.getElementsByTagName("a").item(0);
		assertThat(link.getAttributeNS("http://www.w3.org/1999/xlink", "href")).isEqualTo("c");
		assertThat(link.getAttribute("foo:bar")).isEqualTo("d");
	}

	@Test
	void textIsOneNode() {
		Element svg = (Element) parse("<svg>a<![CDATA[b]]>c</svg>").getElementsByTagName("svg").item(0);
		assertThat(svg.getChildNodes().getLength()).isEqualTo(1);
		assertThat(svg.getFirstChild().getNodeType()).isEqualTo(Node.TEXT_NODE);
	}

	@Test
	void readsTheDoctype() {
		Document document = parse("<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://x/y\">");
		assertThat(document.getDoctype().getName()).isEqualTo("html");
		assertThat(document.getDoctype().getPublicId()).isEqualTo("-//W3C//DTD HTML 4.01//EN");
		assertThat(document.getDoctype().getSystemId()).isEqualTo("http://x/y");
		assertThat(parse("<!DOCTYPE>").getDoctype()).isNull();
	}

	@Test
	void findsTheFirstElementOfAnId() {
		assertThat(parse("<i id=x></i><b id=x></b>").getElementById("x").getNodeName()).isEqualTo("i");
	}

	@Test
	void knowsItsUrl() {
		assertThat(parse("").getDocumentURI()).isEqualTo("https://example.org/x");
	}

	@Test
	void isAnHtmlDocumentAndSoIsItsClone() {
		Document document = parse("");
		assertThat(Documents.isHtml(document)).isTrue();
		assertThat(Documents.isHtml((Document) document.cloneNode(true))).isTrue();
	}

	@Test
	void usesTheEncodingUnlessThereIsAByteOrderMark() {
		byte[] bytes = "<p>\u00E9".getBytes(StandardCharsets.ISO_8859_1);
		assertThat(text(HtmlDocuments.parse(bytes, 0, bytes.length, Encoding.WINDOWS_1252, ""))).isEqualTo("\u00E9");
		byte[] marked = "\uFEFF<p>\u00E9".getBytes(StandardCharsets.UTF_16LE);
		assertThat(text(HtmlDocuments.parse(marked, 0, marked.length, Encoding.WINDOWS_1252, ""))).isEqualTo("\u00E9");
	}

	@Test
	void depthIsBounded() {
		Document document = parse("<div>".repeat(100_000) + "x");
		int depth = 0;
		for (Node node = document.getDocumentElement(); node != null; node = node.getLastChild()) {
			depth++;
		}
		assertThat(depth).isBetween(500, 514);
	}

	@Test
	void documentCanBeChangedByTheRulesOfOrgW3cDom() {
		assertThatThrownBy(() -> parse("").createElement("a b")).hasMessageContaining("INVALID_CHARACTER_ERR");
	}

	@Test
	void isAvailable() {
		assertThat(HtmlDocuments.isAvailable()).isTrue();
	}

	@Test
	void withoutJsoupTheErrorNamesTheArtifact() throws Exception {
		URL[] urls = Stream.of(HtmlDocuments.class, NullMarked.class)
			.map((type) -> type.getProtectionDomain().getCodeSource().getLocation())
			.toArray(URL[]::new);
		try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
			Class<?> documents = loader.loadClass(HtmlDocuments.class.getName());
			Class<?> encoding = loader.loadClass(Encoding.class.getName());
			Method parse = documents.getMethod("parse", byte[].class, int.class, int.class, encoding, String.class);
			Object utf8 = encoding.getField("UTF_8").get(null);
			assertThat(documents.getMethod("isAvailable").invoke(null)).isEqualTo(false);
			assertThatThrownBy(() -> parse.invoke(null, new byte[0], 0, 0, utf8, ""))
				.isInstanceOf(InvocationTargetException.class)
				.cause()
				.isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("org.jsoup:jsoup");
		}
	}

	private static String text(Document document) {
		return document.getDocumentElement().getTextContent();
	}

	private static Document parse(String html) {
		byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
		return HtmlDocuments.parse(bytes, 0, bytes.length, Encoding.UTF_8, "https://example.org/x");
	}

}
