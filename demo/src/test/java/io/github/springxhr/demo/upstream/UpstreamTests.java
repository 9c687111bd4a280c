package io.github.springxhr.demo.upstream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Upstream}.
 */
class UpstreamTests {

	/**
	 * A client may have all of a response before the server knows that it has ended, and
	 * use the connection again.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "text", "status/404", "status/204", "json", "redirect", "cookies" })
	void aConnectionGoesOnAfterARequestThatCameEarly(String early) throws IOException {
		try (Upstream upstream = new Upstream(new Pace(1));
				Socket socket = new Socket(InetAddress.getLoopbackAddress(), upstream.port())) {
			socket.setSoTimeout(5000);
			BufferedReader responses = new BufferedReader(
					new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
			write(socket, get("delay?seconds=0") + get(early));
			assertThat(status(responses)).contains("200");
			status(responses);
			write(socket, get("status/418"));
			assertThat(status(responses)).contains("418");
		}
	}

	private static String get(String path) {
		return "GET /" + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
	}

	private static void write(Socket socket, String requests) throws IOException {
		socket.getOutputStream().write(requests.getBytes(StandardCharsets.UTF_8));
	}

	/** The next status line, past what there is of the response before. */
	private static String status(BufferedReader responses) throws IOException {
		String line = responses.readLine();
		while (line != null && !line.startsWith("HTTP/1.1 ")) {
			line = responses.readLine();
		}
		assertThat(line).as("a response instead of the end").isNotNull();
		return String.valueOf(line);
	}

}
