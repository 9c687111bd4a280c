package io.github.springxhr;

import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code data:} URLs are fetched without a network.
 */
class DataUrlFetchTests {

	private final FakeTransport transport = new FakeTransport();

	private final ManualExecutor executor = new ManualExecutor();

	private XhrFactory factory = XhrFactory.builder(WebClient.builder())
		.origin("https://shop.test")
		.transport(this.transport)
		.eventExecutor(this.executor)
		.maxResponseSize(DataSize.ofBytes(100))
		.build();

	@AfterEach
	void close() {
		this.factory.close();
	}

	private XMLHttpRequest send(String method, String url) {
		XMLHttpRequest xhr = this.factory.create();
		xhr.open(method, url);
		xhr.send();
		this.executor.run();
		assertThat(this.transport.exchanges).isEmpty();
		return xhr;
	}

	@Test
	void firesTheEventsOfAResponse() {
		XMLHttpRequest xhr = this.factory.create();
		EventLog log = EventLog.of(xhr);
		xhr.open("GET", "data:,hello#there");
		xhr.send();
		this.executor.run();
		assertThat(log.entries()).containsExactly("readystatechange 1", "loadstart(0,0,false)", "readystatechange 2",
				"readystatechange 3", "progress(5,0,false)", "progress(5,0,false)", "readystatechange 4",
				"load(5,0,false)", "loadend(5,0,false)");
		assertThat(xhr.getStatus()).isEqualTo(200);
		assertThat(xhr.getStatusText()).isEqualTo("OK");
		assertThat(xhr.getResponseURL()).isEqualTo("data:,hello");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "data:,x|x|text/plain;charset=US-ASCII", "data:;base64,aGk|hi|text/plain;charset=US-ASCII",
					"data:text/html;charset=utf-8,%C3%A4|ä|text/html;charset=utf-8",
					"data:text/plain;charset=iso-8859-1,%E4|ä|text/plain;charset=iso-8859-1",
					"data:x,a%20b?c|a b?c|text/plain;charset=US-ASCII" })
	void typeAndBytes(String url, String text, String type) {
		XMLHttpRequest xhr = send("GET", url);
		assertThat(xhr.getResponseText()).isEqualTo(text);
		assertThat(xhr.getAllResponseHeaders()).isEqualTo("content-type: " + type + "\r\n");
	}

	@Test
	void headHasNoBody() {
		assertThat(send("HEAD", "data:,x").getResponseText()).isEmpty();
	}

	@Test
	void synchronousRequest() {
		XMLHttpRequest xhr = this.factory.create();
		xhr.open("GET", "data:,x", false);
		xhr.send();
		assertThat(xhr.getResponseText()).isEqualTo("x");
	}

	@ParameterizedTest
	@ValueSource(strings = { "data:x", "data:;base64,a" })
	void malformedOneIsANetworkError(String url) {
		assertThat(send("GET", url).getFailure().message()).contains("malformed");
	}

	@Test
	void limitCounts() {
		assertThat(send("GET", "data:," + "x".repeat(101)).getFailure().kind()).isEqualTo(FailureKind.TOO_LARGE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ftp://h/", "file:///etc/passwd", "blob:x", "about:blank", "javascript:1", "ws://h/" })
	void otherSchemesAreRefused(String url) {
		assertThat(send("GET", url).getFailure().kind()).isEqualTo(FailureKind.UNSUPPORTED_SCHEME);
	}

}
