package io.github.springxhr.hazard;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestResponseType;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Documents that fetch, read files, run, or never end: what a server answers with, read
 * as XML, HTML and JSON.
 */
class HazardDocumentTests {

	private static final String CANARY = "c4n4ry";

	private static final Duration SOON = Duration.ofSeconds(20);

	private static final Script CANARY_SERVER = Script.keepAlive(
			(connection) -> connection.readRequest().send(Responses.ok("<!ENTITY e '" + CANARY + "'>" + CANARY)));

	/** $ is the URL, or the path, of what must not be fetched. */
	static Stream<String> xmlThatFetches() {
		return Stream.of("<!DOCTYPE a [<!ENTITY e SYSTEM '$'>]><a>&e;&e;</a>",
				"<!DOCTYPE a [<!ENTITY f '&e;'><!ENTITY e SYSTEM '$'>]><a>&f;</a>",
				"<!DOCTYPE a [<!ENTITY % p SYSTEM '$'><!ENTITY % q '%p;'>%q;]><a/>",
				"<!DOCTYPE a [<!ENTITY % p '<!ENTITY e SYSTEM \"$\">'>%p;]><a>&e;</a>",
				"<!DOCTYPE a [<!ENTITY % p \"<!ENTITY &#37; q SYSTEM '$'>\">%p;%q;]><a/>",
				"<!DOCTYPE a SYSTEM '$' [<!ELEMENT a ANY>]><a>&e;</a>",
				"<!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0//EN' '$'><a>&e;</a>",
				"<?xml version='1.0' standalone='no'?><!DOCTYPE a SYSTEM '$'><a>&e;</a>",
				"<!DOCTYPE a [<!ATTLIST a b CDATA '&e;'><!ENTITY e SYSTEM '$'>]><a/>",
				"<!DOCTYPE a [<!NOTATION n SYSTEM '$'><!ENTITY e SYSTEM '$' NDATA n><!ATTLIST a b ENTITY #IMPLIED>]><a b='e'/>",
				"<a xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='$'><xi:fallback><xi:include href='$' parse='text'/></xi:fallback></xi:include></a>",
				"<a xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:noNamespaceSchemaLocation='$'/>",
				"<a xmlns='urn:a' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xsi:schemaLocation='urn:a $'/>",
				"<?xml-stylesheet href='$' type='text/xsl'?><?xml-model href='$'?><a/>",
				"<xsl:stylesheet xmlns:xsl='http://www.w3.org/1999/XSL/Transform' version='1.0'><xsl:import href='$'/><xsl:include href='$'/></xsl:stylesheet>",
				"<html xmlns='http://www.w3.org/1999/xhtml'><script src='$'/><img src='$'/><object data='$'/></html>",
				"<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'><image xlink:href='$'/><use xlink:href='$'/></svg>");
	}

	@ParameterizedTest
	@MethodSource("xmlThatFetches")
	void xmlFetchesNothing(String xml, @TempDir Path directory) throws Exception {
		Path file = Files.writeString(directory.resolve("secret"), "<!ENTITY e '" + CANARY + "'>" + CANARY);
		try (FaultServer canary = FaultServer.start(CANARY_SERVER)) {
			for (String target : List.of(canary.url("/"), "jar:" + canary.url("/x.jar") + "!/x",
					file.toUri().toString(), file.toString(), "netdoc:" + file)) {
				for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16)) {
					String type = "application/xml" + ((charset == StandardCharsets.UTF_8) ? "" : ";charset=utf-16");
					Document document = answer(xml.replace("$", target).getBytes(charset), type).getResponseXML();
					assertThat(texts(document)).doesNotContain(CANARY);
				}
			}
			assertThat(canary.connectionsAccepted()).isZero();
		}
	}

	static Stream<String> xmlThatGrows() {
		String laughs = IntStream.range(1, 10)
			.mapToObj((i) -> "<!ENTITY l" + i + " '" + ("&l" + (i - 1) + ";").repeat(10) + "'>")
			.collect(Collectors.joining("", "<!ENTITY l0 'ha'>", ""));
		return Stream.of("<!DOCTYPE a [" + laughs + "]><a>&l9;</a>", "<!DOCTYPE a [" + laughs + "]><a b='&l9;'/>",
				"<!DOCTYPE a [" + laughs + "<!ATTLIST a b CDATA '&l9;'>]><a/>",
				"<!DOCTYPE a [<!ENTITY e '&e;'>]><a>&e;</a>",
				"<!DOCTYPE a [<!ENTITY e '&f;'><!ENTITY f '&e;'>]><a>&e;</a>",
				"<!DOCTYPE a [<!ENTITY e '" + "x".repeat(50_000) + "'>]><a>" + "&e;".repeat(900) + "</a>",
				"<!DOCTYPE a [<!ENTITY e '<b/>'>]><a>" + "&e;".repeat(1_001) + "</a>",
				"<!DOCTYPE a [<!ENTITY e ''>]><a>" + "&e;".repeat(50_000) + "</a>",
				"<!DOCTYPE a [<!ENTITY % p ''>" + "%p;".repeat(50_000) + "]><a/>",
				"<a>".repeat(513) + "</a>".repeat(513), "<a>".repeat(200_000) + "</a>".repeat(200_000),
				"<a" + attributes(10_001) + "/>",
				"<a xmlns:x='" + "u".repeat(10) + "'><x:" + "b".repeat(2_000) + "/></a>", "<!DOCTYPE a [<!ENTITY e '"
						+ "<b>".repeat(600) + "</b>".repeat(600).replace(">", "&#62;") + "'>]><a>&e;</a>");
	}

	@ParameterizedTest
	@MethodSource("xmlThatGrows")
	void xmlEndsSoon(String xml) {
		assertTimeoutPreemptively(SOON, () -> {
			XMLHttpRequest xhr = answer(xml.getBytes(StandardCharsets.UTF_8), "text/xml");
			assertThat(xhr.getResponseXML()).isNull();
			assertThat(xhr.getFailure()).isNull();
		});
	}

	static Stream<String> htmlThatFetches() {
		return Stream.of("<script src=$></script>", "<script>fetch('$')</script>",
				"<img src=$ srcset='$ 2x' onerror=fetch('$')>",
				"<link rel=stylesheet href=$><link rel=preload as=image href=$><link rel=import href=$>",
				"<iframe src=$></iframe>", "<iframe srcdoc='<img src=$>'></iframe>",
				"<object data=$></object><embed src=$>", "<meta http-equiv=refresh content='0;url=$'>",
				"<base href=$><img src=x>", "<style>@import '$'</style>",
				"<body background=$ style='background:url($)'>",
				"<video src=$ poster=$ autoplay></video><audio src=$ autoplay></audio>",
				"<svg><image href=$ /><use href='$#a'/><script href=$ /></svg>",
				"<form action=$><input type=image src=$></form>", "<math><mi xlink:href=$></mi></math>",
				"<!DOCTYPE html SYSTEM '$'><p>&e;", "<?xml-stylesheet href=$?><p>", "<html manifest=$>",
				"<table background=$><tr><td background=$></table>", "<noscript><img src=$></noscript>");
	}

	@ParameterizedTest
	@MethodSource("htmlThatFetches")
	void htmlFetchesAndRunsNothing(String html) throws Exception {
		try (FaultServer canary = FaultServer.start(CANARY_SERVER)) {
			Document document = document(html.replace("$", canary.url("/")));
			assertThat(document).isNotNull();
			assertThat(texts(document)).doesNotContain(CANARY);
			assertThat(canary.connectionsAccepted()).isZero();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "<div>", "<b>", "<b><p>", "<svg>", "<math><mi>", "<table><tr><td>", "<a href=x><div>",
			"<template>", "<ul><li>", "<font><p><b>", "<svg><foreignObject>", "<select><option><button>" })
	void htmlIsNotDeep(String tags) {
		assertTimeoutPreemptively(SOON,
				() -> assertThat(depth(document(tags.repeat(20_000 / tags.length())))).isBetween(1, 600));
	}

	@Test
	void manyAttributesOfAnElement() {
		assertTimeoutPreemptively(SOON, () -> assertThat(document("<p" + attributes(20_000) + ">")).isNotNull());
	}

	static Stream<String> jsonThatIsRefused() {
		return Stream.of("[".repeat(501) + "]".repeat(501), "{\"a\":".repeat(501) + "1" + "}".repeat(501),
				"[{\"a\":".repeat(251) + "1" + "}]".repeat(251), "[".repeat(1_000_000), "{\"a\":".repeat(300_000),
				"1".repeat(1_001), "0." + "1".repeat(1_010), "1e" + "1".repeat(1_010), "[-" + "9".repeat(1_001) + "]",
				"9".repeat(1_000_000), "{\"a\":" + "1".repeat(1_001) + "}", "{} {}", "[1]]", "NaN", "[Infinity]",
				"{'a':1}", "{a:1}", "[1,]", "/**/1", "01", "\"\n\"", "[+1]", "\uFEFF\uFEFF1", "");
	}

	@ParameterizedTest
	@MethodSource("jsonThatIsRefused")
	void jsonIsRefusedSoon(String json) {
		assertTimeoutPreemptively(SOON, () -> assertThat(json(json).getResponse()).isNull());
	}

	/** Written short, such a number has as many digits as it likes. */
	@ParameterizedTest
	@ValueSource(strings = { "1e999999999", "-1e999999999", "1e-999999999", "1e2147483647", "1e-2147483648",
			"1e99999999999999999999", "0e999999999" })
	void numbersWithHugeExponents(String json) {
		assertTimeoutPreemptively(SOON, () -> {
			for (Class<?> type : List.of(Object.class, Long.class, Integer.class, BigInteger.class, BigDecimal.class,
					Double.class)) {
				try {
					json("[" + json + "]").getResponse(type.arrayType());
				}
				catch (RuntimeException ex) {
					assertThat(ex.getClass().getName()).startsWith("tools.jackson");
				}
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"@class\":\"java.lang.ProcessBuilder\",\"command\":[\"x\"]}",
			"[\"com.sun.rowset.JdbcRowSetImpl\",{\"dataSourceName\":\"rmi://127.0.0.1/x\",\"autoCommit\":true}]",
			"{\"@type\":\"java.net.URL\",\"val\":\"http://127.0.0.1\"}", "[\"java.io.File\",\"/etc/passwd\"]" })
	void jsonNamesNoClasses(String json) throws InterruptedException {
		Object bound = json(json).getResponse(Object.class);
		assertThat(bound).isInstanceOfAny(Map.class, List.class);
	}

	private static @Nullable Document document(String html) throws InterruptedException {
		return (Document) send(html.getBytes(StandardCharsets.UTF_8), "text/html", XMLHttpRequestResponseType.DOCUMENT)
			.getResponse();
	}

	private static XMLHttpRequest json(String json) throws InterruptedException {
		return send(json.getBytes(StandardCharsets.UTF_8), "application/json", XMLHttpRequestResponseType.JSON);
	}

	private static XMLHttpRequest answer(byte[] body, String type) throws InterruptedException {
		return send(body, type, XMLHttpRequestResponseType.EMPTY);
	}

	private static XMLHttpRequest send(byte[] body, String contentType, XMLHttpRequestResponseType type)
			throws InterruptedException {
		try (FaultServer server = FaultServer.start(Script.keepAlive((connection) -> connection.readRequest()
			.send(Responses.head("200 OK", "Content-Type: " + contentType, "Content-Length: " + body.length))
			.send(body))); Victim victim = Victim.plain()) {
			XMLHttpRequest xhr = victim.get(server.url("/"), type);
			assertThat(xhr.getStatus()).isEqualTo(200);
			return xhr;
		}
	}

	private static String attributes(int count) {
		return IntStream.range(0, count).mapToObj((i) -> " b" + i + "=''").collect(Collectors.joining());
	}

	/** Return all text and attribute values. */
	private static String texts(@Nullable Node node) {
		if (node == null) {
			return "";
		}
		StringBuilder texts = new StringBuilder(String.valueOf(node.getNodeValue()));
		for (int i = 0; node.getAttributes() != null && i < node.getAttributes().getLength(); i++) {
			texts.append(node.getAttributes().item(i).getNodeValue());
		}
		for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
			texts.append(texts(child));
		}
		return texts.toString();
	}

	private static int depth(@Nullable Node root) {
		int deepest = 0;
		int depth = 0;
		for (Node node = root; node != null;) {
			deepest = Math.max(deepest, depth);
			if (node.getFirstChild() != null) {
				node = node.getFirstChild();
				depth++;
				continue;
			}
			while (node != null && node.getNextSibling() == null) {
				node = node.getParentNode();
				depth--;
			}
			node = (node != null) ? node.getNextSibling() : null;
		}
		return deepest;
	}

}
