package io.github.springxhr.hazard;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestResponseType;
import io.github.springxhr.fixture.FaultServer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * XML that fetches, reads files, or never ends.
 */
class HazardXmlTests {

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
		Path file = Files.writeString(directory.resolve("secret"),
				"<!ENTITY e '" + HostileDocuments.CANARY + "'>" + HostileDocuments.CANARY);
		try (FaultServer canary = FaultServer.start(HostileDocuments.CANARY_SERVER)) {
			for (String target : List.of(canary.url("/"), "jar:" + canary.url("/x.jar") + "!/x",
					file.toUri().toString(), file.toString(), "netdoc:" + file)) {
				for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16)) {
					String type = "application/xml" + ((charset == StandardCharsets.UTF_8) ? "" : ";charset=utf-16");
					Document document = answer(xml.replace("$", target).getBytes(charset), type).getResponseXML();
					assertThat(HostileDocuments.texts(document)).doesNotContain(HostileDocuments.CANARY);
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
				"<a" + HostileDocuments.attributes(10_001) + "/>",
				"<a xmlns:x='" + "u".repeat(10) + "'><x:" + "b".repeat(2_000) + "/></a>", "<!DOCTYPE a [<!ENTITY e '"
						+ "<b>".repeat(600) + "</b>".repeat(600).replace(">", "&#62;") + "'>]><a>&e;</a>");
	}

	@ParameterizedTest
	@MethodSource("xmlThatGrows")
	void xmlEndsSoon(String xml) {
		assertTimeoutPreemptively(HostileDocuments.SOON, () -> {
			XMLHttpRequest xhr = answer(xml.getBytes(StandardCharsets.UTF_8), "text/xml");
			assertThat(xhr.getResponseXML()).isNull();
			assertThat(xhr.getFailure()).isNull();
		});
	}

	private static XMLHttpRequest answer(byte[] body, String type) throws InterruptedException {
		return HostileDocuments.send(body, type, XMLHttpRequestResponseType.EMPTY);
	}

}
