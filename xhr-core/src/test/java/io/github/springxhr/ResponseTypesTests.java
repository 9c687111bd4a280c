package io.github.springxhr;

import java.util.List;
import java.util.Map;

import io.github.springxhr.form.Blob;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.core.ParameterizedTypeReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The response in its several types, and what {@code overrideMimeType()} does to it.
 */
class ResponseTypesTests {

	@AutoClose
	private final FakeNetwork network = new FakeNetwork();

	private final XMLHttpRequest xhr = this.network.create();

	private void respond(XMLHttpRequestResponseType type, String contentType, byte[] body) {
		this.xhr.open("GET", "a");
		this.xhr.setResponseType(type);
		this.xhr.send();
		FakeTransport.FakeExchange exchange = this.network.transport.last().head(200, "Content-Type", contentType);
		if (body.length > 0) {
			exchange.chunk(body);
		}
		exchange.end();
		this.network.run();
	}

	private void respond(XMLHttpRequestResponseType type, String contentType, String body) {
		respond(type, contentType, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
	}

	@Test
	void arrayBufferIsTheSameObjectEachTime() {
		respond(XMLHttpRequestResponseType.ARRAYBUFFER, "text/plain", "abc");
		assertThat((byte[]) this.xhr.getResponse()).containsExactly('a', 'b', 'c');
		assertThat(this.xhr.getResponse()).isSameAs(this.xhr.getResponse());
	}

	@Test
	void emptyArrayBufferIsNotNull() {
		respond(XMLHttpRequestResponseType.ARRAYBUFFER, "text/plain", "");
		assertThat((byte[]) this.xhr.getResponse()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "EMPTY", "TEXT" })
	void responseWithoutABody(XMLHttpRequestResponseType type) {
		this.xhr.open("HEAD", "a");
		this.xhr.setResponseType(type);
		this.xhr.send();
		this.network.transport.last().head(200, "Content-Type", "text/html", "Content-Length", "5").end();
		this.network.run();
		switch (type) {
			case ARRAYBUFFER -> assertThat((byte[]) this.xhr.getResponse()).isEmpty();
			case BLOB -> assertThat((Blob) this.xhr.getResponse()).extracting(Blob::getSize, Blob::getType)
				.containsExactly(0L, "text/html");
			default -> assertThat(this.xhr.getResponse()).isNull();
		}
	}

	@Test
	void jsonIsATree() {
		respond(XMLHttpRequestResponseType.JSON, "text/plain", "\uFEFF{\"a\":[1,2.50,null,true,\"\u20AC\"]}");
		JsonNode node = (JsonNode) this.xhr.getResponse();
		assertThat(node).isSameAs(this.xhr.getResponse());
		assertThat(node.get("a").get(4).asString()).isEqualTo("\u20AC");
	}

	@Test
	void jsonIsBoundToTypes() {
		respond(XMLHttpRequestResponseType.JSON, "application/json", "{\"id\":7,\"tags\":[\"x\"]}");
		assertThat(this.xhr.getResponse(Order.class)).isEqualTo(new Order(7, List.of("x")));
		Map<String, Object> map = this.xhr.getResponse(new ParameterizedTypeReference<Map<String, Object>>() {
		});
		assertThat(map).containsEntry("id", 7);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "{", "[1,]", "{\"a\":1} x", "NaN", "'a'", "01", "{a:1}", "\u0000" })
	void whatIsNotJsonIsNull(String body) {
		respond(XMLHttpRequestResponseType.JSON, "application/json", body);
		assertThat(this.xhr.getStatus()).isEqualTo(200);
		assertThat(this.xhr.getResponse()).isNull();
	}

	@Test
	void jsonNullIsANode() {
		respond(XMLHttpRequestResponseType.JSON, "application/json", "null");
		assertThat(((JsonNode) this.xhr.getResponse()).isNull()).isTrue();
	}

	@Test
	void jsonOfUnboundedDepthIsNull() {
		respond(XMLHttpRequestResponseType.JSON, "application/json", "[".repeat(100_000) + "]".repeat(100_000));
		assertThat(this.xhr.getResponse()).isNull();
	}

	@Test
	void jsonWithAHugeNumberIsNull() {
		respond(XMLHttpRequestResponseType.JSON, "application/json", "1".repeat(2000));
		assertThat(this.xhr.getResponse()).isNull();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "EMPTY", "TEXT" })
	void textNeedsATextType(XMLHttpRequestResponseType type) {
		this.xhr.setResponseType(type);
		assertThatExceptionOfType(XhrException.class).isThrownBy(this.xhr::getResponseText)
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("InvalidStateError"));
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "EMPTY", "DOCUMENT" })
	void documentNeedsADocumentType(XMLHttpRequestResponseType type) {
		this.xhr.setResponseType(type);
		assertThatExceptionOfType(XhrException.class).isThrownBy(this.xhr::getResponseXML)
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("InvalidStateError"));
	}

	@Test
	void bindingNeedsTheJsonType() {
		assertThatExceptionOfType(XhrException.class).isThrownBy(() -> this.xhr.getResponse(Order.class));
	}

	@Test
	void typeCannotChangeOnceLoading() {
		this.xhr.open("GET", "a");
		this.xhr.send();
		this.network.transport.only().head(200);
		this.network.run();
		this.xhr.setResponseType(XMLHttpRequestResponseType.TEXT);
		this.xhr.overrideMimeType("text/plain");
		this.network.transport.only().chunk("a");
		this.network.run();
		assertThatExceptionOfType(XhrException.class)
			.isThrownBy(() -> this.xhr.setResponseType(XMLHttpRequestResponseType.JSON))
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("InvalidStateError"));
		assertThatExceptionOfType(XhrException.class).isThrownBy(() -> this.xhr.overrideMimeType("text/plain"))
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("InvalidStateError"));
		this.network.transport.only().end();
		this.network.run();
	}

	@Test
	void responseIsNullUntilDone() {
		this.xhr.open("GET", "a");
		this.xhr.setResponseType(XMLHttpRequestResponseType.ARRAYBUFFER);
		this.xhr.send();
		this.network.transport.only().head(200).chunk("a");
		this.network.run();
		assertThat(this.xhr.getResponse()).isNull();
		this.network.transport.only().fail();
		this.network.run();
		assertThat(this.xhr.getResponse()).isNull();
	}

	@Test
	void responseIsTextWhileLoading() {
		this.xhr.open("GET", "a");
		assertThat(this.xhr.getResponse()).isEqualTo("");
		this.xhr.send();
		this.network.transport.only().head(200).chunk("a");
		this.network.run();
		assertThat(this.xhr.getResponse()).isEqualTo("a");
		this.xhr.abort();
	}

	@Test
	void typeIsKeptByOpen() {
		this.xhr.setResponseType(XMLHttpRequestResponseType.JSON);
		this.xhr.open("GET", "a");
		assertThat(this.xhr.getResponseType()).isEqualTo(XMLHttpRequestResponseType.JSON);
	}

	@Test
	void overriddenCharsetGoesBeforeTheHeaders() {
		this.xhr.overrideMimeType("text/plain;charset=windows-1252");
		respond(XMLHttpRequestResponseType.TEXT, "text/plain;charset=utf-8", new byte[] { (byte) 0x80 });
		assertThat(this.xhr.getResponseText()).isEqualTo("\u20AC");
		assertThat(this.xhr.getResponseHeader("Content-Type")).isEqualTo("text/plain;charset=utf-8");
	}

	@Test
	void overrideWithoutCharsetKeepsTheHeaders() {
		this.xhr.overrideMimeType("text/html");
		respond(XMLHttpRequestResponseType.TEXT, "text/plain;charset=windows-1252", new byte[] { (byte) 0x80 });
		assertThat(this.xhr.getResponseText()).isEqualTo("\u20AC");
	}

	@Test
	void unknownCharsetIsUtf8() {
		respond(XMLHttpRequestResponseType.EMPTY, "text/plain;charset=bogus", "\u20AC");
		assertThat(this.xhr.getResponseText()).isEqualTo("\u20AC");
	}

	@Test
	void byteOrderMarkGoesBeforeEverything() {
		this.xhr.overrideMimeType("text/plain;charset=windows-1252");
		respond(XMLHttpRequestResponseType.TEXT, "text/plain",
				new byte[] { (byte) 0xFE, (byte) 0xFF, 0x20, (byte) 0xAC });
		assertThat(this.xhr.getResponseText()).isEqualTo("\u20AC");
	}

	@Test
	void responseTypeTextDoesNotReadTheXmlDeclaration() {
		byte[] xml = "<?xml version='1.0' encoding='windows-1252'?><a>\u00E4</a>"
			.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
		respond(XMLHttpRequestResponseType.TEXT, "text/xml", xml);
		assertThat(this.xhr.getResponseText()).contains("\uFFFD");
		respond(XMLHttpRequestResponseType.EMPTY, "text/xml", xml);
		assertThat(this.xhr.getResponseText()).contains("\u00E4");
	}

	record Order(int id, List<String> tags) {

	}

}
