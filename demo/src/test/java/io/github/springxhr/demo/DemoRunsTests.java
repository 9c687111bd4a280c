package io.github.springxhr.demo;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What may be run, and where it may go.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "demo.pace=0.05", "demo.heartbeat=20ms", "spring.main.web-application-type=reactive" })
class DemoRunsTests {

	private DemoClient demo;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.demo = new DemoClient(port);
	}

	@Test
	void originIsThePagesEvenOnAFreePort(@LocalServerPort int port, @Value("${xhr.origin}") String origin) {
		assertThat(origin).isEqualTo("http://localhost:" + port);
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://example.org/", "http://127.0.0.1:1/", "//example.org/upstream/text",
			"http://${upstream}@example.org/", "api/scenarios", "upstream/../api/scenarios", "actuator/health",
			"upstream/%2e%2e/api/scenarios", "file:///etc/passwd", "upstream\\\\..\\\\api" })
	void demoIsNoOpenProxy(String url) throws Exception {
		HttpResponse<String> response = this.demo.send("/api/runs", "{\"url\":\"" + url + "\"}");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("url must be below upstream/");
	}

	@ParameterizedTest
	@ValueSource(strings = { "upstream/text", "${upstream}/text?cors=any", "${sibling}/text?cors=origin" })
	void upstreamIsReachedFromThePagesOriginAndFromOthers(String url) throws Exception {
		HttpResponse<String> response = this.demo.send("/api/runs", "{\"url\":\"" + url + "\"}");
		assertThat(response.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("text/event-stream"));
		assertThat(response.body()).contains("\"type\":\"load\"").contains("\"status\":200");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{}                                                                 | url is missing
					{"url":"upstream/text","responseType":"moz"}                       | responseType is not one
					{"url":"upstream/text","timeout":-1}                               | timeout must be 0 to 120000
					{"url":"upstream/text","headers":[["X-A"]]}                        | headers must be pairs
					{"url":"upstream/text","body":{"kind":"bytes","size":99999999}}    | body.size must be 0 to 33554432
					{"url":"upstream/text","body":{"kind":"stream"}}                   | body.kind must be text, bytes, form or file
					{"url":"upstream/text","body":{"kind":"file"}}                     | body.file is missing
					{"url":"upstream/text","body":{"kind":"file","file":"../../etc"}}  | body.file is not known
					{"url":"upstream/text","abort":{"on":"click"}}                     | abort.on must be an event's type
					{"url":"upstream/text","abort":{}}                                 | abort has either on or afterMs
					{"url":                                                            | no JSON
					""")
	void whatIsWrongIsSaid(String spec, String error) throws Exception {
		HttpResponse<String> response = this.demo.send("/api/runs", spec);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains(error);
	}

}
