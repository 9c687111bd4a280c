package io.github.springxhr.document;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * What a hostile document must not do to {@link XmlDocuments}.
 */
class XmlHazardsTests {

	private static final String CANARY = "c4n4ry";

	private final AtomicInteger hits = new AtomicInteger();

	private HttpServer server;

	private String url;

	@BeforeEach
	void startServer() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			this.hits.incrementAndGet();
			byte[] body = ("<!ENTITY e '" + CANARY + "'>").getBytes(StandardCharsets.US_ASCII);
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.server.start();
		this.url = "http://127.0.0.1:" + this.server.getAddress().getPort() + "/x";
	}

	@AfterEach
	void stopServer() {
		this.server.stop(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "<!DOCTYPE a SYSTEM '$'><a/>", "<!DOCTYPE a PUBLIC 'p' '$'><a>&e;</a>",
			"<!DOCTYPE a [<!ENTITY e SYSTEM '$'>]><a>&e;</a>", "<!DOCTYPE a [<!ENTITY e PUBLIC 'p' '$'>]><a>&e;</a>",
			"<!DOCTYPE a [<!ENTITY e SYSTEM '$'>]><a b='&e;'/>",
			"<!DOCTYPE a [<!ENTITY % p SYSTEM '$'> %p;]><a>&e;</a>",
			"<!DOCTYPE a SYSTEM '$' [<!ENTITY % p SYSTEM '$'> %p; %p;]><a>&e;</a>",
			"<!DOCTYPE a [<!NOTATION n SYSTEM '$'><!ENTITY e SYSTEM '$' NDATA n>]><a/>",
			"<?xml-stylesheet href='$' type='text/xsl'?><a/>",
			"<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='$' parse='text'/></a>",
			"<a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='u $' "
					+ "xsi:noNamespaceSchemaLocation='$'/>",
			"<a xml:base='$'><img xmlns='http://www.w3.org/1999/xhtml' src='$'/></a>" })
	void nothingIsFetched(String document, @TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("secret"), CANARY);
		for (String target : new String[] { this.url, file.toUri().toString(), file.toString() }) {
			Document parsed = parse(document.replace("$", target));
			if (parsed != null) {
				assertThat(parsed.getDocumentElement().getTextContent()).doesNotContain(CANARY);
				assertThat(parsed.getDocumentElement().getAttribute("b")).doesNotContain(CANARY);
			}
		}
		assertThat(this.hits).hasValue(0);
	}

	@Test
	void documentWithAnExternalDtdIsStillRead() {
		Document document = parse("<!DOCTYPE a SYSTEM '" + this.url + "'><a>x</a>");
		assertThat(document).isNotNull();
		assertThat(document.getDoctype().getSystemId()).isEqualTo(this.url);
	}

	@Test
	void referenceToAnExternalEntityIsLeftOut() {
		Document document = parse("<!DOCTYPE a [<!ENTITY e SYSTEM '" + this.url + "'>]><a>x&e;y</a>");
		assertThat(document).isNotNull();
		assertThat(document.getDocumentElement().getTextContent()).isEqualTo("xy");
	}

	@Test
	void billionLaughs() {
		String entities = IntStream.range(1, 10)
			.mapToObj((i) -> "<!ENTITY l" + i + " '" + ("&l" + (i - 1) + ";").repeat(10) + "'>")
			.collect(Collectors.joining());
		assertNullSoon("<!DOCTYPE a [<!ENTITY l0 'lol'>" + entities + "]><a>&l9;</a>");
		assertNullSoon("<!DOCTYPE a [<!ENTITY l0 'lol'>" + entities + "]><a b='&l9;'/>");
	}

	@Test
	void billionLaughsOfParameterEntities() {
		String entities = IntStream.range(1, 10)
			.mapToObj((i) -> "<!ENTITY % l" + i + " '" + ("&#37;l" + (i - 1) + ";").repeat(10) + "'>")
			.collect(Collectors.joining());
		assertNullSoon("<!DOCTYPE a [<!ENTITY % l0 '<!--x-->'>" + entities + "%l9;]><a/>");
	}

	@Test
	void quadraticBlowUp() {
		String document = "<!DOCTYPE a [<!ENTITY e '" + "x".repeat(100_000) + "'>]><a>" + "&e;".repeat(990) + "</a>";
		assertNullSoon(document);
	}

	@Test
	void thousandEntityExpansions() {
		String start = "<!DOCTYPE a [<!ENTITY e 'x'>]><a>";
		assertThat(parse(start + "&e;".repeat(1_000) + "</a>")).isNotNull();
		assertThat(parse(start + "&e;".repeat(1_001) + "</a>")).isNull();
	}

	@Test
	void depth() {
		assertThat(parse("<a>".repeat(512) + "</a>".repeat(512))).isNotNull();
		assertThat(parse("<a>".repeat(513) + "</a>".repeat(513))).isNull();
		assertNullSoon("<a>".repeat(100_000) + "</a>".repeat(100_000));
		assertNullSoon("<a>".repeat(1_000_000));
	}

	@Test
	void depthOfAContentModel() {
		assertThatNoException().isThrownBy(
				() -> parse("<!DOCTYPE a [<!ELEMENT a " + "(".repeat(100_000) + "b" + ")".repeat(100_000) + ">]><a/>"));
	}

	@Test
	void numberOfAttributes() {
		assertThat(parse(attributes(10_000))).isNotNull();
		assertNullSoon(attributes(10_001));
		assertNullSoon(attributes(300_000));
	}

	@Test
	void lengthOfAName() {
		assertNullSoon("<" + "a".repeat(100_000) + "/>");
	}

	@Test
	void manyNamespaces() {
		StringBuilder document = new StringBuilder();
		for (int i = 0; i < 500; i++) {
			document.append("<a xmlns:p").append(i).append("='u").append(i).append("'>");
		}
		document.append("</a>".repeat(500));
		assertThat(parse(document.toString())).isNotNull();
	}

	private static String attributes(int count) {
		return IntStream.range(0, count).mapToObj((i) -> " b" + i + "=''").collect(Collectors.joining("", "<a", "/>"));
	}

	private static void assertNullSoon(String document) {
		assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThat(parse(document)).isNull());
	}

	private static @Nullable Document parse(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return XmlDocuments.parse(bytes, 0, bytes.length, null);
	}

}
