package io.github.springxhr;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import io.github.springxhr.coding.Coded;
import io.github.springxhr.fixture.FaultConnection;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.fixture.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The first requests of a JVM, sent from an event loop: neither that nor the one of their
 * connections waits for anything.
 */
class FirstUseOnEventLoopTests {

	/** Does not stay in memory. */
	static final int LARGE = 3 * 1024 * 1024;

	@Test
	void blocksNothing(@TempDir Path directory) throws Exception {
		Path output = directory.resolve("output");
		try (FaultServer server = FaultServer.start(Script.keepAlive(FirstUseOnEventLoopTests::answer));
				FaultServer secure = FaultServer.builder()
					.tls(TestCertificates.create().valid())
					.start(Script.keepAlive(FirstUseOnEventLoopTests::answer))) {
			Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-Djdk.attach.allowAttachSelf=true", "-XX:+EnableDynamicAgentLoading",
					"-XX:+AllowRedefinitionToAddDeleteMethods", "-cp", System.getProperty("java.class.path"),
					FirstUseOnEventLoopMain.class.getName(), server.url("localhost", "/"), secure.secureUrl("/"),
					directory.resolve("file").toString())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile())
				.start();
			assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
			String result = Files.readString(output, StandardCharsets.UTF_8);
			assertThat(result).contains("/br: 200 hello", "/zstd: 200 hello", "/form: 200 ok", "cancelled", "found 0");
			System.out.printf("first use on an event loop: places that block: %s%n",
					result.substring(result.lastIndexOf("found ")).trim());
		}
	}

	private static void answer(FaultConnection connection) {
		connection.readRequest();
		switch (connection.request().target()) {
			case "/gzip", "/br", "/zstd" -> coded(connection, connection.request().target().substring(1));
			case "/large" ->
				connection.send(Responses.head("200 OK", "Content-Length: " + LARGE)).send(new byte[LARGE]);
			case "/stalled" ->
				connection.send(Responses.head("200 OK", "Content-Length: " + 2 * LARGE)).send(new byte[LARGE]).hold();
			case "/xml" -> connection.send(Responses.ok("<a/>", "Content-Type: text/xml"));
			case "/html" -> connection.send(Responses.ok("<p>", "Content-Type: text/html"));
			case "/json" -> connection.send(Responses.ok("{}", "Content-Type: application/json"));
			default -> connection.send(Responses.ok("ok", "Set-Cookie: a=b; Domain=localhost"));
		}
	}

	private static void coded(FaultConnection connection, String coding) {
		byte[] body = Coded.encode("hello".getBytes(StandardCharsets.UTF_8), coding);
		connection.send(Responses.head("200 OK", "Content-Encoding: " + coding, "Content-Length: " + body.length))
			.send(body);
	}

}
