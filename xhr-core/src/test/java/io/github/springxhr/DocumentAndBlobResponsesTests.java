package io.github.springxhr;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.github.springxhr.form.Blob;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Responses that become documents or blobs.
 */
class DocumentAndBlobResponsesTests {

	@AutoClose
	private final FakeNetwork network = new FakeNetwork();

	private final XMLHttpRequest xhr = this.network.create();

	private void respond(XMLHttpRequestResponseType type, String contentType, byte[]... chunks) {
		this.xhr.open("GET", "a?q#fragment");
		this.xhr.setResponseType(type);
		this.xhr.send();
		FakeTransport.FakeExchange exchange = this.network.transport.last().head(200, "Content-Type", contentType);
		for (byte[] chunk : chunks) {
			exchange.chunk(chunk);
		}
		exchange.end();
		this.network.run();
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void xmlIsADocumentForTheEmptyType() {
		respond(XMLHttpRequestResponseType.EMPTY, "application/xml", utf8("<a b='1'>\u20AC</a>"));
		Document document = this.xhr.getResponseXML();
		assertThat(document.getDocumentElement().getTextContent()).isEqualTo("\u20AC");
		assertThat(document.getDocumentURI()).isEqualTo("http://server.test/base/a?q#fragment");
		assertThat(document).isSameAs(this.xhr.getResponseXML());
		assertThat(this.xhr.getResponse()).isEqualTo("<a b='1'>\u20AC</a>");
	}

	@Test
	void responseWithoutATypeCountsAsXml() {
		respond(XMLHttpRequestResponseType.DOCUMENT, "", utf8("<a/>"));
		assertThat(this.xhr.getResponse()).isInstanceOf(Document.class).isSameAs(this.xhr.getResponseXML());
	}

	@ParameterizedTest
	@ValueSource(strings = { "image/svg+xml", "text/xml;charset=utf-8", "application/xhtml+xml" })
	void everyXmlTypeIsADocument(String type) {
		respond(XMLHttpRequestResponseType.DOCUMENT, type, utf8("<a/>"));
		assertThat(this.xhr.getResponseXML().getDocumentElement().getTagName()).isEqualTo("a");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "<a>", "<a></b>", "<x:a/>", "text", "<a>&nope;</a>" })
	void malformedXmlIsNull(String body) {
		respond(XMLHttpRequestResponseType.DOCUMENT, "text/xml", utf8(body));
		assertThat(this.xhr.getStatus()).isEqualTo(200);
		assertThat(this.xhr.getResponse()).isNull();
		assertThat(this.xhr.getResponseXML()).isNull();
	}

	@Test
	void charsetOfTheHeaderGoesBeforeTheDeclaration() {
		respond(XMLHttpRequestResponseType.DOCUMENT, "text/xml;charset=windows-1252",
				"<?xml version='1.0' encoding='utf-8'?><a>\u00E4</a>".getBytes(StandardCharsets.ISO_8859_1));
		assertThat(this.xhr.getResponseXML().getDocumentElement().getTextContent()).isEqualTo("\u00E4");
	}

	@Test
	void htmlIsADocumentForTheDocumentTypeOnly() {
		byte[] html = utf8("<!doctype html><title>T</title><table><tr><td>x");
		respond(XMLHttpRequestResponseType.EMPTY, "text/html", html);
		assertThat(this.xhr.getResponseXML()).isNull();
		respond(XMLHttpRequestResponseType.DOCUMENT, "text/html", html);
		Document document = this.xhr.getResponseXML();
		assertThat(document.getElementsByTagName("tbody").getLength()).isEqualTo(1);
		assertThat(document.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("T");
	}

	@Test
	void htmlSaysItsEncodingItself() {
		byte[] html = "<meta charset=windows-1252><p>\u00E4".getBytes(StandardCharsets.ISO_8859_1);
		respond(XMLHttpRequestResponseType.DOCUMENT, "text/html", html);
		assertThat(this.xhr.getResponseXML().getElementsByTagName("p").item(0).getTextContent()).isEqualTo("\u00E4");
		respond(XMLHttpRequestResponseType.TEXT, "text/html", html);
		assertThat(this.xhr.getResponseText()).endsWith("\uFFFD");
	}

	@Test
	void otherTypesAreNoDocument() {
		respond(XMLHttpRequestResponseType.DOCUMENT, "text/plain", utf8("<a/>"));
		assertThat(this.xhr.getResponseXML()).isNull();
	}

	@Test
	void overriddenTypeMakesADocument() {
		this.xhr.overrideMimeType("text/xml");
		respond(XMLHttpRequestResponseType.EMPTY, "text/plain", utf8("<a/>"));
		assertThat(this.xhr.getResponseXML()).isNotNull();
	}

	@Test
	void documentIsNullUntilDone() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200, "Content-Type", "text/xml").chunk("<a/>");
		this.network.run();
		assertThat(this.xhr.getResponseXML()).isNull();
		this.network.transport.only().end();
		this.network.run();
		assertThat(this.xhr.getResponseXML()).isNotNull();
	}

	@Test
	void documentIsSentWithItsType() {
		respond(XMLHttpRequestResponseType.DOCUMENT, "text/html", utf8("<p>x<br>"));
		Document html = this.xhr.getResponseXML();
		this.xhr.open("POST", "b");
		this.xhr.send(html);
		assertThat(this.network.transport.last().request.headers().get("Content-Type"))
			.isEqualTo("text/html;charset=UTF-8");
		this.xhr.abort();
		respond(XMLHttpRequestResponseType.DOCUMENT, "text/xml", utf8("<a>\u20AC</a>"));
		Document xml = this.xhr.getResponseXML();
		this.xhr.open("POST", "b");
		this.xhr.setRequestHeader("Content-Type", "image/svg+xml;charset=latin1");
		this.xhr.send(xml);
		assertThat(this.network.transport.last().request.headers().get("Content-Type"))
			.isEqualTo("image/svg+xml;charset=UTF-8");
		this.xhr.abort();
	}

	@Test
	void blobHasTheFinalType() {
		respond(XMLHttpRequestResponseType.BLOB, "Text/HTML; Charset=UTF-8", utf8("abc"));
		Blob blob = (Blob) this.xhr.getResponse();
		assertThat(blob.getSize()).isEqualTo(3);
		assertThat(blob.getType()).isEqualTo("text/html;charset=UTF-8");
		assertThat(blob.text()).isEqualTo("abc");
		assertThat(blob).isSameAs(this.xhr.getResponse());
	}

	@Test
	void emptyBlobIsNotNull() {
		respond(XMLHttpRequestResponseType.BLOB, "", new byte[0]);
		assertThat(((Blob) this.xhr.getResponse()).getSize()).isZero();
		assertThat(((Blob) this.xhr.getResponse()).getType()).isEqualTo("text/xml");
	}

	@Test
	void largeBlobIsAFileThatCloseDeletes() throws Exception {
		byte[] chunk = new byte[600 * 1024 + 13];
		chunk[1] = 7;
		int size = 3 * chunk.length;
		long before = temporaryFiles(size);
		respond(XMLHttpRequestResponseType.BLOB, "a/b", chunk, chunk, chunk);
		assertThat(temporaryFiles(size)).isEqualTo(before + 1);
		try (Blob blob = (Blob) this.xhr.getResponse()) {
			assertThat(blob.getSize()).isEqualTo(size);
			assertThat(blob.slice(chunk.length, chunk.length + 3).arrayBuffer()).containsExactly(0, 7, 0);
		}
		assertThat(temporaryFiles(size)).isEqualTo(before);
	}

	@Test
	void fileOfAFailedBlobIsDeleted() throws Exception {
		byte[] chunk = new byte[2 * 1024 * 1024 + 13];
		long before = temporaryFiles(chunk.length);
		this.xhr.open("GET", "a");
		this.xhr.setResponseType(XMLHttpRequestResponseType.BLOB);
		this.xhr.send();
		this.network.transport.last().head(200).chunk(chunk);
		this.network.run();
		assertThat(temporaryFiles(chunk.length)).isEqualTo(before + 1);
		this.network.transport.last().fail();
		this.network.run();
		assertThat(temporaryFiles(chunk.length)).isEqualTo(before);
		assertThat(this.xhr.getResponse()).isNull();
	}

	/** Those of an unusual size, as tests in other processes have files there too. */
	private static long temporaryFiles(long size) throws Exception {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files.filter((file) -> file.getFileName().toString().matches("xhr-.*\\.tmp"))
				.filter((file) -> file.toFile().length() == size)
				.count();
		}
	}

}
