package io.github.springxhr.demo.process;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is left of the demo when it is stopped in the middle of transfers: nothing.
 */
class StoppingTests {

	private static final String ADDRESS = "http://localhost:";

	/**
	 * A download that is kept in a file, an upload of a chosen file, and one that waits.
	 */
	private static final List<String> TRANSFERS = List.of("{\"url\":\"upstream/large\",\"responseType\":\"blob\"}",
			"{\"url\":\"upstream/upload\",\"method\":\"POST\",\"body\":{\"kind\":\"file\",\"file\":\"%s\"}}",
			"{\"url\":\"${upstream}/delay?cors=any\"}");

	private final HttpClient client = HttpClient.newHttpClient();

	@TempDir
	private Path temporary;

	@Test
	void stoppedInTheMiddleOfTransfersItLeavesNothing() throws Exception {
		try (DemoProcess demo = DemoProcess.start(this.temporary, "--server.port=0", "--demo.pace=3",
				"--spring.main.web-application-type=reactive")) {
			String ready = demo.await((line) -> line.contains("The demo is at " + ADDRESS));
			String address = ADDRESS + ready.replaceFirst(".*" + ADDRESS + "(\\d+).*", "$1");
			String file = send(address, "/api/files?name=a.bin", "application/octet-stream", new byte[8 * 1024 * 1024]);
			List<InputStream> runs = new ArrayList<>();
			for (String transfer : TRANSFERS) {
				runs.add(start(address, transfer.replace("%s", file.replaceFirst(".*\"file\":\"([^\"]*)\".*", "$1"))));
			}
			// past what is kept in memory
			awaitEvent(runs.get(0), "\"loaded\":[2-9]\\d{6}");
			awaitEvent(runs.get(1), "\"upload\",\"type\":\"progress\"");
			awaitEvent(runs.get(2), "\"loadstart\"");
			assertThat(demo.temporaryFiles()).as("the chosen file and the response's").hasSize(2);
			demo.signal("TERM");
			assertThat(demo.exitCode()).as("%s", demo.lines()).isEqualTo(143);
			assertThat(demo.children()).isEmpty();
			assertThat(demo.temporaryFiles()).isEmpty();
		}
	}

	private String send(String address, String path, String type, byte[] body) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(address + path))
			.header("Content-Type", type)
			.header("Origin", address)
			.POST(HttpRequest.BodyPublishers.ofByteArray(body))
			.build();
		var response = this.client.send(request, BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return response.body();
	}

	private InputStream start(String address, String spec) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/runs"))
			.header("Content-Type", "application/json")
			.header("Origin", address)
			.POST(HttpRequest.BodyPublishers.ofString(spec))
			.build();
		var response = this.client.send(request, BodyHandlers.ofInputStream());
		assertThat(response.statusCode()).isEqualTo(200);
		return response.body();
	}

	/** The stream is left open: the run goes on. */
	private static void awaitEvent(InputStream run, String part) throws IOException {
		Pattern wanted = Pattern.compile(part);
		StringBuilder seen = new StringBuilder();
		while (!wanted.matcher(seen).find()) {
			int next = run.read();
			assertThat(next).as("the stream's next byte after %s", seen).isNotNegative();
			seen.append(new String(new byte[] { (byte) next }, StandardCharsets.ISO_8859_1));
		}
	}

}
