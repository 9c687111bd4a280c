package io.github.springxhr;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.springxhr.form.Blob;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the attributes of the response are in each state, and for a response without a
 * body.
 */
class ResponseStatesTests {

	@AutoClose
	private final FakeNetwork network = new FakeNetwork();

	private final XMLHttpRequest xhr = this.network.create();

	@ParameterizedTest
	@EnumSource(XMLHttpRequestResponseType.class)
	void responseInEachState(XMLHttpRequestResponseType type) {
		List<Object> seen = new ArrayList<>();
		this.xhr.setResponseType(type);
		seen.add(this.xhr.getResponse());
		this.xhr.open("GET", "a");
		seen.add(this.xhr.getResponse());
		this.xhr.send();
		seen.add(this.xhr.getResponse());
		this.network.transport.only().head(200, "Content-Type", "text/xml");
		this.network.run();
		seen.add(this.xhr.getResponse());
		this.network.transport.only().chunk("<a/>");
		this.network.run();
		seen.add(this.xhr.getResponse());
		if (type.isText()) {
			assertThat(seen).containsExactly("", "", "", "", "<a/>");
		}
		else {
			assertThat(seen).containsOnlyNulls().hasSize(5);
		}
		this.network.transport.only().end();
		this.network.run();
		boolean json = type == XMLHttpRequestResponseType.JSON;
		assertThat(this.xhr.getResponse() == null).isEqualTo(json);
		this.xhr.abort();
		assertThat(this.xhr.getResponse()).isEqualTo(type.isText() ? "" : null);
	}

	@ParameterizedTest
	@CsvSource({ "EMPTY, BLOB", "BLOB, EMPTY", "BLOB, ARRAYBUFFER", "ARRAYBUFFER, BLOB" })
	void responseTypeMayBeChosenWhenBytesHaveArrivedThatDoNotCountYet(XMLHttpRequestResponseType first,
			XMLHttpRequestResponseType then) {
		this.xhr.setResponseType(first);
		this.xhr.setOnreadystatechange((event) -> {
			if (this.xhr.getReadyState() == XMLHttpRequest.HEADERS_RECEIVED) {
				this.xhr.setResponseType(then);
			}
		});
		this.xhr.open("GET", "a");
		this.xhr.send();
		FakeTransport.FakeExchange exchange = this.network.transport.only().head(200).chunk("a").chunk("bc");
		this.network.run();
		exchange.chunk("d").chunk("ef").end();
		this.network.run();
		assertThat(text(this.xhr.getResponse())).isEqualTo("abcdef");
		assertThat(this.network.transport.unreleasedChunks).isZero();
	}

	private static String text(Object response) {
		if (response instanceof Blob blob) {
			return blob.text();
		}
		return (response instanceof byte[] bytes) ? new String(bytes, StandardCharsets.UTF_8) : (String) response;
	}

	@Test
	void responseTextDoesNotGrowWhileAListenerRuns() {
		List<String> seen = new ArrayList<>();
		this.xhr.open("GET", "a");
		this.xhr.send();
		FakeTransport.FakeExchange exchange = this.network.transport.only();
		this.xhr.setOnprogress((event) -> {
			seen.add(this.xhr.getResponseText());
			if (seen.size() == 1) {
				exchange.chunk("b").chunk("c");
				seen.add(this.xhr.getResponseText());
			}
		});
		exchange.head(200).chunk("a");
		this.network.run();
		exchange.end();
		this.network.run();
		assertThat(seen).containsExactly("a", "a", "abc");
	}

	@Test
	void chunksThatComeAfterTheEndAreReleased() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		FakeTransport.FakeExchange exchange = this.network.transport.only();
		this.xhr.abort();
		exchange.head(200).chunk("a").chunk("b");
		this.network.run();
		exchange.chunk("c").end();
		this.network.run();
		assertThat(this.network.transport.unreleasedChunks).isZero();
		assertThat(this.xhr.getReadyState()).isEqualTo(XMLHttpRequest.UNSENT);
	}

	@ParameterizedTest
	@EnumSource(XMLHttpRequestResponseType.class)
	void responseOfAFailureIsEmpty(XMLHttpRequestResponseType type) {
		this.xhr.setResponseType(type);
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200, "Content-Type", "text/xml").chunk("<a/>").fail();
		this.network.run();
		assertThat(this.xhr.getReadyState()).isEqualTo(XMLHttpRequest.DONE);
		assertThat(this.xhr.getResponse()).isEqualTo(type.isText() ? "" : null);
	}

	@Test
	void headIsThereFromHeadersReceivedOn() {
		List<String> seen = new ArrayList<>();
		this.xhr.setOnreadystatechange((event) -> seen.add(this.xhr.getReadyState() + " " + this.xhr.getStatus() + " "
				+ this.xhr.getStatusText() + " " + this.xhr.getResponseURL() + " " + this.xhr.getResponseHeader("X-A")
				+ " " + this.xhr.getAllResponseHeaders().length()));
		this.xhr.open("GET", "a#f");
		this.xhr.send();
		this.network.transport.only().head(404, "X-A", "1").chunk("a").end();
		this.network.run();
		String head = " 404 Reason 404 http://server.test/base/a 1 8";
		assertThat(seen).containsExactly("1 0   null 0", "2" + head, "3" + head, "4" + head);
	}

	@Test
	void headOfAFailureIsGoneBeforeItsEvents() {
		List<Integer> seen = new ArrayList<>();
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200).chunk("a");
		this.network.run();
		this.xhr.setOnreadystatechange((event) -> seen.add(this.xhr.getStatus()));
		this.xhr.setOnerror((event) -> seen.add(this.xhr.getStatus()));
		this.network.transport.only().fail();
		this.network.run();
		assertThat(seen).containsExactly(0, 0);
	}

	@Test
	void cookiesHaveALineEach() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200, "Set-Cookie", "a=1", "X", "1", "set-cookie", "b=2", "x", "2").end();
		this.network.run();
		assertThat(this.xhr.getAllResponseHeaders()).isEqualTo("set-cookie: a=1\r\nset-cookie: b=2\r\nx: 1, 2\r\n");
	}

	private void withoutBody(XMLHttpRequestResponseType type, int status, String contentType) {
		this.xhr.setResponseType(type);
		this.xhr.open((status == 200) ? "HEAD" : "GET", "a");
		this.xhr.send();
		this.network.transport.last().head(status, "Content-Type", contentType, "Content-Length", "5").end();
		this.network.run();
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 204, 304 })
	void noBodyIsAnEmptyText(int status) {
		withoutBody(XMLHttpRequestResponseType.EMPTY, status, "text/xml");
		assertThat(this.xhr.getResponseText()).isEmpty();
		assertThat(this.xhr.getResponseXML()).isNull();
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 204, 304 })
	void noBodyIsAnEmptyArray(int status) {
		withoutBody(XMLHttpRequestResponseType.ARRAYBUFFER, status, "text/xml");
		assertThat((byte[]) this.xhr.getResponse()).isEmpty();
		assertThat(this.xhr.getResponse()).isSameAs(this.xhr.getResponse());
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 204, 304 })
	void noBodyIsAnEmptyBlobOfTheFinalType(int status) {
		withoutBody(XMLHttpRequestResponseType.BLOB, status, "text/html");
		assertThat(((Blob) this.xhr.getResponse()).getSize()).isZero();
		assertThat(((Blob) this.xhr.getResponse()).getType()).isEqualTo("text/html");
	}

	@ParameterizedTest
	@CsvSource({ "DOCUMENT,text/html", "DOCUMENT,text/xml", "JSON,application/json" })
	void noBodyIsNoDocumentAndNoJson(XMLHttpRequestResponseType type, String contentType) {
		withoutBody(type, 204, contentType);
		assertThat(this.xhr.getStatus()).isEqualTo(204);
		assertThat(this.xhr.getResponse()).isNull();
	}

	@Test
	void emptyHtmlIsADocument() {
		this.xhr.setResponseType(XMLHttpRequestResponseType.DOCUMENT);
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200, "Content-Type", "text/html").end();
		this.network.run();
		assertThat(this.xhr.getResponseXML().getElementsByTagName("body").getLength()).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "bogus|application/octet-stream", "|application/octet-stream", "text/html|text/html",
					" Text/HTML ; CharSet=GBK|text/html;charset=GBK", "a/b;c=\"\u00FF\"|a/b;c=\"\u00FF\"" })
	void blobHasTheOverriddenType(String mime, String expected) {
		this.xhr.overrideMimeType((mime != null) ? mime : "");
		withoutBody(XMLHttpRequestResponseType.BLOB, 204, "text/plain");
		assertThat(((Blob) this.xhr.getResponse()).getType()).isEqualTo(expected);
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.last().head(200).chunk("abc").end();
		this.network.run();
		assertThat(((Blob) this.xhr.getResponse()).getType()).isEqualTo(expected);
	}

	@Test
	void unknownOverriddenCharsetHidesThatOfTheHeader() {
		this.xhr.overrideMimeType("text/plain;charset=bogus");
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only()
			.head(200, "Content-Type", "text/plain;charset=windows-1252")
			.chunk(new byte[] { (byte) 0x80 })
			.end();
		this.network.run();
		assertThat(this.xhr.getResponseText()).isEqualTo("\uFFFD");
	}

	@Test
	void htmlDoesNotSayItsEncodingInAText() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only()
			.head(200, "Content-Type", "text/html")
			.chunk("<meta charset=windows-1252>")
			.chunk(new byte[] { (byte) 0x80 })
			.end();
		this.network.run();
		assertThat(this.xhr.getResponseText()).endsWith("\uFFFD");
	}

	@Test
	void settingsOfADoneRequestAreSettled() {
		withoutBody(XMLHttpRequestResponseType.EMPTY, 204, "text/plain");
		assertThatExceptionOfType(XhrException.class).isThrownBy(() -> this.xhr.overrideMimeType("text/xml"))
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("InvalidStateError"));
		assertThatExceptionOfType(XhrException.class)
			.isThrownBy(() -> this.xhr.setResponseType(XMLHttpRequestResponseType.TEXT))
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("InvalidStateError"));
		this.xhr.abort();
		this.xhr.overrideMimeType("text/xml");
		this.xhr.setResponseType(XMLHttpRequestResponseType.TEXT);
	}

}
