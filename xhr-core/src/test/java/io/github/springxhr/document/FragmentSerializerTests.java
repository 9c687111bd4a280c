package io.github.springxhr.document;

import java.nio.charset.StandardCharsets;

import io.github.springxhr.mime.Encoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FragmentSerializer}.
 */
class FragmentSerializerTests {

	@ParameterizedTest
	@ValueSource(strings = { "<!DOCTYPE html><html><head><title>a&amp;b</title></head><body></body></html>",
			"<!--a--><html><head></head><body><p title=\"&quot;&lt;&gt;&amp;&nbsp;'\">\"&lt;&gt;&amp;&nbsp;'</p></body></html>",
			"<html><head><style>a>b</style><script>a<b</script></head><body><iframe><b></iframe><br></body></html>",
			"<html><head></head><body><svg><a xlink:href=\"x\"></a></svg><textarea>&lt;</textarea></body></html>" })
	void htmlIsWrittenAsItWasRead(String html) {
		assertThat(FragmentSerializer.serialize(html(html))).isEqualTo(html);
	}

	@Test
	void childrenOfVoidElementsAreLeftOut() {
		Document document = html("<br>");
		Element br = (Element) document.getElementsByTagName("br").item(0);
		br.appendChild(document.createTextNode("x"));
		assertThat(FragmentSerializer.serialize(document)).contains("<body><br></body>");
	}

	@Test
	void deepDocument() {
		Document document = html("");
		Element deepest = (Element) document.getElementsByTagName("body").item(0);
		for (int i = 0; i < 100_000; i++) {
			Element child = document.createElement("a");
			deepest.insertBefore(child, null);
			deepest = child;
			if (i % 1_000 == 0) {
				// The JDK's check for cycles would take its time.
				document.setStrictErrorChecking(false);
			}
		}
		assertThat(FragmentSerializer.serialize(document)).hasSizeGreaterThan(700_000);
	}

	@Test
	void instructionsAreWrittenInTheHtmlWay() {
		Document document = html("");
		document.insertBefore(document.createProcessingInstruction("a", "b"), document.getFirstChild());
		assertThat(FragmentSerializer.serialize(document)).startsWith("<?a b><html>");
	}

	@Test
	void xmlDocumentIsWrittenAsXml() {
		Document document = xml("<?xml version='1.0'?><a><br></br></a>");
		assertThat(FragmentSerializer.serialize(document)).isEqualTo("<a><br/></a>");
	}

	@Test
	void bytesAreUtf8() {
		assertThat(FragmentSerializer.serializeToUtf8(xml("<a>\u20AC\uD83D\uDE00</a>")))
			.isEqualTo("<a>\u20AC\uD83D\uDE00</a>".getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void surrogateThatIsAloneBecomesAReplacementCharacter() {
		Document document = xml("<a/>");
		document.getDocumentElement().setTextContent("\uD83D");
		assertThat(FragmentSerializer.serializeToUtf8(document))
			.isEqualTo("<a>\uFFFD</a>".getBytes(StandardCharsets.UTF_8));
	}

	private static Document html(String html) {
		byte[] bytes = html.getBytes(StandardCharsets.UTF_8);
		return HtmlDocuments.parse(bytes, 0, bytes.length, Encoding.UTF_8, "");
	}

	private static Document xml(String xml) {
		byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
		Document document = XmlDocuments.parse(bytes, 0, bytes.length, null);
		assertThat(document).isNotNull();
		return document;
	}

}
