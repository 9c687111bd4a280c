package io.github.springxhr.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the demo lets nobody do, and its load.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "demo.pace=0.05", "demo.heartbeat=20ms", "spring.main.web-application-type=reactive" })
class DemoLimitsTests {

	@Autowired
	private MeterRegistry registry;

	@LocalServerPort
	private int port;

	private DemoClient demo;

	@BeforeEach
	void connect() {
		this.demo = new DemoClient(this.port);
	}

	/**
	 * A page of another site whose name leads to this machine is no page of the demo's.
	 */
	@ParameterizedTest
	@CsvSource({ "localhost, 200", "127.0.0.1, 200", "LOCALHOST, 200", "rebound.example, 421", "127.0.0.1.example, 421",
			"localhost.example, 421" })
	void itAnswersToTheNamesOfThisMachineAlone(String host, int status) throws IOException {
		for (String path : new String[] { "/", "/api/scenarios", "/actuator/xhr" }) {
			assertThat(status(path, host + ":" + this.port)).as(path).isEqualTo("HTTP/1.1 " + status);
		}
	}

	private String status(String path, String host) throws IOException {
		try (Socket socket = new Socket("127.0.0.1", this.port)) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream()
				.write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			InputStream input = socket.getInputStream();
			return new String(input.readNBytes(12), StandardCharsets.US_ASCII);
		}
	}

	@Test
	void loadIsTwoHundredRequestsOneTimeAfterTheOther() throws Exception {
		CompletableFuture<HttpResponse<String>> first = load();
		CompletableFuture<HttpResponse<String>> second = load();
		assertThat(new int[] { first.get().statusCode(), second.get().statusCode() }).containsExactlyInAnyOrder(200,
				409);
		HttpResponse<String> done = (first.get().statusCode() == 200) ? first.get() : second.get();
		assertThat(done.body()).contains("\"requests\":200").contains("\"failed\":0");
		assertThat(counted("success")).isEqualTo(180);
		assertThat(counted("client_error")).isEqualTo(20);
		assertThat(load().get().statusCode()).isEqualTo(200);
		assertThat(counted("success")).isEqualTo(360);
	}

	private CompletableFuture<HttpResponse<String>> load() {
		return CompletableFuture.supplyAsync(() -> {
			try {
				return this.demo.send("/api/load", "{}");
			}
			catch (IOException | InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	private long counted(String outcome) {
		return this.registry.find("xhr.requests")
			.tags("client", "load", "outcome", outcome)
			.timers()
			.stream()
			.mapToLong(Timer::count)
			.sum();
	}

	/** A form of another site can send no JSON without having asked. */
	@Test
	void loadIsNoSimpleRequest() throws Exception {
		assertThat(this.demo.status("POST", "/api/load")).isEqualTo(415);
	}

	@ParameterizedTest
	@CsvSource({ "33554432, 200, file", "33554433, 413, a file has at most 33554432 bytes" })
	void aFileHasALimit(int size, int status, String answer) throws Exception {
		HttpResponse<String> response = this.demo.keep(size);
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.body()).contains(answer);
	}

}
