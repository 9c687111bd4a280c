package io.github.springxhr.demo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.springxhr.demo.process.DemoProcess;
import io.github.springxhr.fixture.DeadPort;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The process that a user starts, from its arguments to its exit code.
 */
class CommandLineTests {

	@TempDir
	private Path temporary;

	@TempDir
	private Path directory;

	@Test
	void getPrintsTheEventsAndEndsWith0() throws Exception {
		Path output = this.directory.resolve("body");
		try (FaultServer server = FaultServer.start(
				(connection) -> connection.readRequestHead().send(Responses.ok("hello", "Content-Type: text/plain")));
				DemoProcess process = get(server.url("/a"), "--output", output.toString())) {
			assertThat(process.exitCode()).as("%s", process.lines()).isZero();
			assertThat(events(process)).containsExactly("request readystatechange 1", "request loadstart 0 B",
					"request readystatechange 2", "request readystatechange 3", "request progress 100 %",
					"request readystatechange 4", "request load 5 B of 5 B", "request loadend 5 B of 5 B", "200 OK");
		}
		assertThat(output).hasContent("hello");
		assertThat(this.directory).isDirectoryNotContaining((file) -> file.toString().endsWith(".part"));
	}

	@Test
	void aStatusOf404EndsWith22AndWritesNothing() throws Exception {
		Path output = this.directory.resolve("body");
		try (FaultServer server = FaultServer
			.start((connection) -> connection.readRequestHead().send(Responses.response("404 No\u001b[2J", "gone")));
				DemoProcess process = get(server.url("/a"), "--output", output.toString())) {
			assertThat(process.exitCode()).isEqualTo(22);
			assertThat(events(process)).endsWith("request load 4 B of 4 B", "request loadend 4 B of 4 B",
					"404 No\\u001b[2J");
		}
		assertThat(output).doesNotExist();
	}

	/** There it is for the page. */
	@Test
	void whatIsGeneratedAheadOfTimeIsNotForTheCommandLine() throws Exception {
		try (FaultServer server = FaultServer
			.start((connection) -> connection.readRequestHead().send(Responses.ok("hello")));
				DemoProcess process = start("-Dspring.aot.enabled=true", "--get", server.url("/a"))) {
			assertThat(process.exitCode()).as("%s", process.lines()).isZero();
		}
	}

	@Test
	void aRefusedConnectionEndsWith7() throws Exception {
		try (DeadPort port = FaultServer.refusing();
				DemoProcess process = get("http://127.0.0.1:" + port.port() + "/")) {
			assertThat(process.exitCode()).isEqualTo(7);
			assertThat(events(process)).containsSubsequence("request error 0 B", "request loadend 0 B");
			assertThat(process.lines()).last().asString().startsWith("connect while connecting");
		}
	}

	@Test
	void aBodyCutShortEndsWith7() throws Exception {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequestHead()
			.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello")
			.close()); DemoProcess process = get(server.url("/"))) {
			assertThat(process.exitCode()).isEqualTo(7);
			assertThat(events(process)).containsSubsequence("request readystatechange 2", "request progress 50 %",
					"request readystatechange 4", "request error 0 B", "request loadend 0 B");
		}
		assertThat(this.temporary).isEmptyDirectory();
	}

	@Test
	void aTimeoutEndsWith28() throws Exception {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequestHead().awaitPeerClosed());
				DemoProcess process = get(server.url("/"), "--xhr.timeout=200ms")) {
			assertThat(process.exitCode()).isEqualTo(28);
			assertThat(events(process)).containsSubsequence("request timeout 0 B", "request loadend 0 B");
		}
	}

	@Test
	void putSendsTheFileAndShowsItsProgress() throws Exception {
		Path file = Files.write(this.directory.resolve("a.bin"), new byte[300_000]);
		try (FaultServer server = FaultServer
			.start((connection) -> connection.readRequestHead().readBodyByContentLength().send(Responses.ok("thanks")));
				DemoProcess process = start("--put", file.toString(), server.url("/a"))) {
			assertThat(process.exitCode()).as("%s", process.lines()).isZero();
			assertThat(events(process)).containsSubsequence("request loadstart 0 B",
					"upload loadstart 0 B of 293.0 KiB", "upload progress 100 %", "upload load 293.0 KiB of 293.0 KiB",
					"upload loadend 293.0 KiB of 293.0 KiB", "request readystatechange 2", "request load 6 B of 6 B");
			assertThat(server.requests().get(0).method()).isEqualTo("PUT");
			assertThat(server.requests().get(0).body()).hasSize(300_000);
		}
	}

	@Test
	void interruptingItAbortsTheRequestAndLeavesNothing() throws Exception {
		Path output = this.directory.resolve("body");
		// more than is kept in memory
		byte[] half = new byte[8 * 1024 * 1024];
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequestHead()
			.send("HTTP/1.1 200 OK\r\nContent-Length: 16777216\r\n\r\n")
			.send(half)
			.open("half")
			.awaitPeerClosed()); DemoProcess process = get(server.url("/"), "--output", output.toString())) {
			server.await("half");
			process.await((line) -> line.contains("readystatechange  3"));
			assertThat(process.signal("INT").exitCode()).isEqualTo(130);
			assertThat(events(process)).endsWith("request readystatechange 4", "request abort 0 B",
					"request loadend 0 B");
			assertThat(process.temporaryFiles()).isEmpty();
		}
		assertThat(this.directory).isEmptyDirectory();
	}

	@Test
	void whatMakesNoSenseEndsWith64AndAFileThatIsNotThereWith66() throws Exception {
		try (DemoProcess usage = get("relative"); DemoProcess input = start("--put", "none", "http://127.0.0.1/")) {
			assertThat(usage.exitCode()).isEqualTo(64);
			assertThat(usage.lines())
				.contains("Usage: java -jar demo.jar --get URL [--output FILE] [--xhr.PROPERTY=VALUE ...]");
			assertThat(input.exitCode()).isEqualTo(66);
		}
	}

	@Test
	void aFileThatCannotBeWrittenEndsWith73AndAPropertyThatIsNotThereWith78() throws Exception {
		try (FaultServer server = FaultServer
			.start((connection) -> connection.readRequestHead().send(Responses.ok("hello")));
				DemoProcess output = get(server.url("/"), "--output", this.directory.resolve("no/where").toString());
				DemoProcess property = get(server.url("/"), "--xhr.timeuot=1s")) {
			assertThat(output.exitCode()).isEqualTo(73);
			assertThat(property.exitCode()).isEqualTo(78);
			assertThat(property.lines()).anyMatch((line) -> line.contains("'xhr.timeuot'"));
		}
	}

	private DemoProcess get(String url, String... more) throws IOException {
		String[] args = new String[more.length + 2];
		args[0] = "--get";
		args[1] = url;
		System.arraycopy(more, 0, args, 2, more.length);
		return start(args);
	}

	private DemoProcess start(String... args) throws IOException {
		return DemoProcess.start(this.temporary, args);
	}

	/** The output without times, rates, and the lines that a slow run has more. */
	private static List<String> events(DemoProcess process) {
		return process.lines()
			.stream()
			.map((line) -> line.replaceFirst("^ *[0-9.]+ s ", "")
				.replaceAll("(progress +\\d+ %).*", "$1")
				.replaceAll(" +", " ")
				.strip())
			.toList();
	}

}
