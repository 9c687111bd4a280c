package io.github.springxhr.document;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.github.springxhr.mime.Encoding;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link XmlDocuments}.
 */
class XmlDocumentsTests {

	@Test
	void readsNamespaces() {
		Document document = parse("<p:a xmlns:p='urn:p' xmlns='urn:d'><b p:c='1' d='2'/></p:a>");
		assertThat(document.getDocumentElement().getNamespaceURI()).isEqualTo("urn:p");
		assertThat(document.getDocumentElement().getLocalName()).isEqualTo("a");
		assertThat(document.getElementsByTagNameNS("urn:d", "b").getLength()).isEqualTo(1);
	}

	@Test
	void keepsCommentsSectionsAndInstructions() {
		Document document = parse("<?x y?><a><!--b--><![CDATA[<c>]]>d</a>");
		assertThat(document.getFirstChild().getNodeType()).isEqualTo(Node.PROCESSING_INSTRUCTION_NODE);
		Node child = document.getDocumentElement().getFirstChild();
		assertThat(child.getNodeType()).isEqualTo(Node.COMMENT_NODE);
		assertThat(child.getNextSibling().getNodeType()).isEqualTo(Node.CDATA_SECTION_NODE);
		assertThat(child.getNextSibling().getNextSibling().getNodeValue()).isEqualTo("d");
	}

	@Test
	void readsInternalEntitiesAndDefaultAttributes() {
		Document document = parse("<!DOCTYPE a [<!ENTITY e 'x<b/>'><!ATTLIST a c CDATA 'd'>]><a>&e;&#x41;</a>");
		assertThat(document.getDocumentElement().getTextContent()).isEqualTo("xA");
		assertThat(document.getElementsByTagName("b").getLength()).isEqualTo(1);
		assertThat(document.getDocumentElement().getAttribute("c")).isEqualTo("d");
	}

	@Test
	void findsTheFirstElementOfAnId() {
		Document document = parse("<a><b id='x'/><c id='x'/><d id=''/></a>");
		assertThat(document.getElementById("x").getNodeName()).isEqualTo("b");
		assertThat(document.getElementById("")).isNull();
	}

	@Test
	void isNotAnHtmlDocument() {
		assertThat(Documents.isHtml(parse("<html xmlns='http://www.w3.org/1999/xhtml'/>"))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "text", "<a>", "<a></b>", "<a/><b/>", "<a/>text", "<a b=c/>", "<a b='1' b='2'/>",
			"<a>&b;</a>", "<a>&</a>", "<a>]]></a>", "<a b='<'/>", "<p:a/>", "<a p:b='1'/>",
			"<a xmlns:p='u' xmlns:q='u' p:b='1' q:b='2'/>", "<a xmlns:p=''/>", "<a:b:c xmlns:a='u'/>",
			"<a><?xml x?></a>", " <?xml version='1.0'?><a/>", "<?xml version='2.0'?><a/>", "<?xml?><a/>",
			"<a>\u0001</a>", "<a>&#1;</a>", "<a>\uFFFF</a>", "<!-- -- --><a/>",
			"<!DOCTYPE a [<!ENTITY e '&e;'>]><a>&e;</a>", "<!doctype html><html></html>",
			"<?xml version='1.0' encoding=' GBK'?><a/>", "<?xml version='1.0' encoding=''?><a/>",
			"<?xml version='1.0' standalone='yes' encoding='GBK'?><a/>", "<?xml encoding='GBK'?><a/>", "<!DOCTYPE a",
			"<!DOCTYPE a [<!ENTITY e 'f", "<!DOCTYPE a [<!--]>", "<!DOCTYPE a []", "<!DOCTYPE a><!-- -->" })
	void isNullUnlessWellFormed(String text) {
		assertThat(parseOrNull(text)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "<?xml-stylesheet x?><a/>", "<?xml version='1.0' standalone=\"no\" ?>\n<a/>",
			"<!--<!DOCTYPE--><!DOCTYPE a [<!--']>--><?x ]>?><!ENTITY e ']>'>]><a/>", "<a><![CDATA[<!DOCTYPE]]></a>",
			"<!DOCTYPE a SYSTEM 'x>\"'><a/>", "<?xmlx y?><a/>" })
	void isThereIfWellFormed(String text) {
		assertThat(parseOrNull(text)).isNotNull();
	}

	@ParameterizedTest
	@CsvSource({ "1.0", "1.1", "1.9" })
	void readsEveryVersion1AsVersion10(String version) {
		assertThat(parseOrNull("<?xml version='" + version + "' standalone='yes'?><a>&#x85;</a>")).isNotNull();
		assertThat(parseOrNull("<?xml version=\"" + version + "\"?><a>&#1;</a>")).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "windows-1252, windows-1252", "ISO-8859-1, windows-1252", "Shift_JIS, Shift_JIS", "koi8-r, KOI8-R",
			"GBK, GBK" })
	void usesTheDeclaredEncoding(String declared, String expected) {
		String content = declared.equals("koi8-r") ? "\u0436" : declared.startsWith("S") ? "\u3042" : "\u00E9";
		byte[] bytes = ("<?xml version='1.0' encoding='" + declared + "'?><a>" + content + "</a>")
			.getBytes(Charset.forName(declared));
		Document document = XmlDocuments.parse(bytes, 0, bytes.length, null);
		assertThat(document).isNotNull();
		assertThat(document.getDocumentElement().getTextContent()).isEqualTo(content);
		assertThat(document.getInputEncoding()).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "UTF-16LE", "UTF-16BE", "UTF-8" })
	void byteOrderMarkHasTheLastWord(String charset) {
		byte[] bytes = "\uFEFF<?xml version='1.0' encoding='windows-1252'?><a>\u20AC</a>"
			.getBytes(Charset.forName(charset));
		Document document = XmlDocuments.parse(bytes, 0, bytes.length, Encoding.WINDOWS_1252);
		assertThat(document).isNotNull();
		assertThat(document.getDocumentElement().getTextContent()).isEqualTo("\u20AC");
	}

	@Test
	void givenEncodingOverridesTheDeclaration() {
		byte[] bytes = "<?xml version='1.0' encoding='utf-8'?><a>\u00E9</a>".getBytes(StandardCharsets.ISO_8859_1);
		Document document = XmlDocuments.parse(bytes, 0, bytes.length, Encoding.WINDOWS_1252);
		assertThat(document).isNotNull();
		assertThat(document.getDocumentElement().getTextContent()).isEqualTo("\u00E9");
	}

	@Test
	void unknownDeclaredEncodingIsTakenAsUtf8() {
		assertThat(
				parse("<?xml version='1.0' encoding='nonsense'?><a>\u00E9</a>").getDocumentElement().getTextContent())
			.isEqualTo("\u00E9");
	}

	@Test
	void isNullIfBytesAreMalformed() {
		byte[] bytes = "<a>\u00E9</a>".getBytes(StandardCharsets.ISO_8859_1);
		assertThat(XmlDocuments.parse(bytes, 0, bytes.length, null)).isNull();
		byte[] loneSurrogate = { 0, '<', 0, 'a', 0, '>', (byte) 0xD8, 0, 0, '<', 0, '/', 0, 'a', 0, '>' };
		assertThat(XmlDocuments.parse(loneSurrogate, 0, loneSurrogate.length, Encoding.UTF_16BE)).isNull();
	}

	@Test
	void replacementCharacterThatWasSentIsNoError() {
		assertThat(parse("<a>\uFFFD</a>").getDocumentElement().getTextContent()).isEqualTo("\uFFFD");
	}

	@Test
	void readsARange() {
		byte[] bytes = "xx<a/>yy".getBytes(StandardCharsets.US_ASCII);
		assertThat(XmlDocuments.parse(bytes, 2, 4, null)).isNotNull();
		assertThatExceptionOfType(IndexOutOfBoundsException.class)
			.isThrownBy(() -> XmlDocuments.parse(bytes, 2, 40, null));
	}

	@Test
	void parserIsTheJdksOwn() {
		assertThat(parse("<a/>").getClass().getModule().getName()).isEqualTo("java.xml");
	}

	@Test
	void manyThreadsParseAtATime() {
		List<String> texts = IntStream.range(0, 200)
			.parallel()
			.mapToObj((i) -> parse("<a>" + i + "</a>").getDocumentElement().getTextContent())
			.toList();
		assertThat(texts).hasSize(200).startsWith("0", "1").endsWith("199");
	}

	/**
	 * Documents with bytes changed at random are parsed or not, but nothing is thrown,
	 * and nothing is printed.
	 */
	@Test
	void damagedDocumentsMakeNoNoise() {
		PrintStream before = System.err;
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
		try {
			parseDamagedDocuments();
		}
		finally {
			System.setErr(before);
		}
		assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
	}

	private static void parseDamagedDocuments() {
		byte[] sound = ("<?xml version='1.0' encoding='utf-8'?><!DOCTYPE a PUBLIC 'p' 's' [<!ELEMENT a (b|(c,d)*)>"
				+ "<!ENTITY e 'x'><!ENTITY % p '<!ENTITY f \"&#38;e;\">'>%p;<!ATTLIST a b ID #IMPLIED c (d|e) 'd'>"
				+ "<!NOTATION n SYSTEM 'n'><!ENTITY u SYSTEM 'u' NDATA n>]><a xmlns:p='urn:p' b='&e;'><p:b/>&f;&#x41;"
				+ "<![CDATA[q]]><!--r--><?s t?>\u00E9\u20AC</a>")
			.getBytes(StandardCharsets.UTF_8);
		Random random = new Random(3);
		String alphabet = "<>&;%'\"[]!?/-=#x:a \u0000\u0080\u00FF";
		for (int round = 0; round < 20_000; round++) {
			byte[] damaged = sound.clone();
			int changes = 1 + random.nextInt(3);
			for (int i = 0; i < changes; i++) {
				damaged[random.nextInt(damaged.length)] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
			}
			int length = random.nextBoolean() ? damaged.length : random.nextInt(damaged.length);
			XmlDocuments.parse(damaged, 0, length, null);
		}
		assertThat(XmlDocuments.parse(sound, 0, sound.length, null)).isNotNull();
	}

	private static Document parse(String text) {
		Document document = parseOrNull(text);
		assertThat(document).isNotNull();
		return document;
	}

	private static @Nullable Document parseOrNull(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return XmlDocuments.parse(bytes, 0, bytes.length, null);
	}

}
