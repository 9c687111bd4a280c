package io.github.springxhr.fuzz;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.springxhr.EventLog;
import io.github.springxhr.Quiet;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.http.HttpRules;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever bytes a server sends before it closes the connection, the request ends once:
 * with a response or with a failure, and its events are those that belong to it.
 */
class ResponseFuzzTests {

	/** More than a busy machine takes for any answer. */
	private static final Duration TIMEOUT = Duration.ofMinutes(2);

	private static ServerSocket server;

	private static volatile byte[] answer = {};

	private static XhrFactory factory;

	/** Thousands of requests fail. */
	private static Quiet quiet;

	@BeforeAll
	static void start() throws IOException {
		quiet = new Quiet();
		server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		start(ResponseFuzzTests::accept);
		factory = XhrFactory.builder(WebClient.builder())
			.maxResponseSize(DataSize.ofMegabytes(1))
			.maxRedirects(0)
			.timeout(TIMEOUT)
			.build();
	}

	@AfterAll
	static void stop() throws IOException {
		factory.close();
		server.close();
		quiet.close();
	}

	private static void accept() {
		while (!server.isClosed()) {
			try {
				Socket socket = server.accept();
				start(() -> serve(socket));
			}
			catch (IOException ex) {
				// the test is over
			}
		}
	}

	/**
	 * Each in its own thread, so that none waits for what the client does with another.
	 */
	private static void serve(Socket accepted) {
		byte[] head = new byte[4096];
		try (Socket socket = accepted) {
			socket.setSoTimeout(60_000);
			if (socket.getInputStream().read(head) > 0) {
				socket.getOutputStream().write(answer);
				socket.shutdownOutput();
				// until the client closes too, so that it is not cut off
				while (socket.getInputStream().read(head) > 0) {
					assertThat(head).isNotEmpty();
				}
			}
		}
		catch (IOException ex) {
			// the client has had enough
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "fuzz-server");
		thread.setDaemon(true);
		thread.start();
	}

	@FuzzTest(maxDuration = "60s")
	void response(FuzzedDataProvider data) throws InterruptedException {
		String start = data.pickValue(new String[] { "", "HTTP/1.1 ", "HTTP/1.1 200 OK\r\n",
				"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
				"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n",
				"HTTP/1.1 103 x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: ", "HTTP/1.1 302 x\r\nLocation: " });
		byte[] rest = data.consumeRemainingAsBytes();
		byte[] all = new byte[start.length() + rest.length];
		System.arraycopy(start.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), 0, all, 0, start.length());
		System.arraycopy(rest, 0, all, start.length(), rest.length);
		answer = all;
		XMLHttpRequest xhr = factory.create();
		EventLog log = EventLog.ofRequest(xhr);
		CountDownLatch end = new CountDownLatch(1);
		xhr.addEventListener("loadend", (event) -> end.countDown());
		xhr.open("POST", "http://127.0.0.1:" + server.getLocalPort() + "/");
		xhr.send("x");
		assertThat(end.await(2 * TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertOneOutcome(xhr, log.entries());
	}

	private static void assertOneOutcome(XMLHttpRequest xhr, List<String> events) {
		assertThat(xhr.getReadyState()).isEqualTo(XMLHttpRequest.DONE);
		long outcomes = events.stream().filter((event) -> event.matches("(load|error|abort|timeout)\\(.*")).count();
		assertThat(outcomes).isOne();
		assertThat(events.get(events.size() - 1)).startsWith("loadend(");
		assertThat(events).noneMatch((event) -> event.startsWith("timeout"));
		if (xhr.getFailure() != null) {
			assertThat(xhr.getStatus()).isZero();
			assertThat(xhr.getAllResponseHeaders()).isEmpty();
			assertThat(xhr.getResponseText()).isEmpty();
		}
		else {
			assertThat(xhr.getStatus()).isBetween(200, 999);
			xhr.getAllResponseHeaders().lines().forEach((line) -> {
				String name = line.substring(0, line.indexOf(':'));
				assertThat(HttpRules.isHeaderName(name)).isTrue();
				assertThat(name).isEqualTo(name.toLowerCase(Locale.ROOT));
			});
		}
	}

}
