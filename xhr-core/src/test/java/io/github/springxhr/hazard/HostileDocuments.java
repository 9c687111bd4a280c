package io.github.springxhr.hazard;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestResponseType;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Node;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Has a client receive documents from a server that means no good.
 */
final class HostileDocuments {

	static final String CANARY = "c4n4ry";

	static final Duration SOON = Duration.ofSeconds(20);

	static final Script CANARY_SERVER = Script.keepAlive(
			(connection) -> connection.readRequest().send(Responses.ok("<!ENTITY e '" + CANARY + "'>" + CANARY)));

	private HostileDocuments() {
	}

	static XMLHttpRequest send(byte[] body, String contentType, XMLHttpRequestResponseType type)
			throws InterruptedException {
		try (FaultServer server = FaultServer.start(Script.keepAlive((connection) -> connection.readRequest()
			.send(Responses.head("200 OK", "Content-Type: " + contentType, "Content-Length: " + body.length))
			.send(body))); Victim victim = Victim.plain()) {
			XMLHttpRequest xhr = victim.get(server.url("/"), type);
			assertThat(xhr.getStatus()).isEqualTo(200);
			return xhr;
		}
	}

	static String attributes(int count) {
		return IntStream.range(0, count).mapToObj((i) -> " b" + i + "=''").collect(Collectors.joining());
	}

	/** Return all text and attribute values. */
	static String texts(@Nullable Node node) {
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

}
