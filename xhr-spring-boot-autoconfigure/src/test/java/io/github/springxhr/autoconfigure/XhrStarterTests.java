package io.github.springxhr.autoconfigure;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.springxhr.EventLog;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.Test;
import org.wiremock.spring.ConfigureWireMock;
import org.wiremock.spring.EnableWireMock;
import org.wiremock.spring.InjectWireMock;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The starter as an application uses it: properties, an injected factory, a server.
 */
@SpringBootTest(properties = "xhr.timeout=1s")
@EnableWireMock(@ConfigureWireMock(name = "api", baseUrlProperties = "xhr.base-url"))
class XhrStarterTests {

	@InjectWireMock("api")
	private WireMockServer api;

	@Autowired
	private XhrFactory factory;

	@Test
	void success() throws InterruptedException {
		this.api.stubFor(get("/items?q=1").willReturn(ok("hello").withHeader("Content-Length", "5")));
		XMLHttpRequest request = open("GET", "/items?q=1");
		assertThat(Requests.send(request).entries()).containsExactly("loadstart(0,0,false)", "readystatechange 2",
				"readystatechange 3", "progress(5,5,true)", "progress(5,5,true)", "readystatechange 4",
				"load(5,5,true)", "loadend(5,5,true)");
		assertThat(request.getStatus()).isEqualTo(200);
		assertThat(request.getResponseText()).isEqualTo("hello");
		assertThat(request.getFailure()).isNull();
	}

	@Test
	void upload() throws InterruptedException {
		this.api.stubFor(post("/items").willReturn(ok()));
		XMLHttpRequest request = open("POST", "/items");
		EventLog log = EventLog.of(request);
		request.send("Hello World!");
		assertThat(log.awaitEnd().withoutIntermediateProgress()).startsWith("loadstart(0,0,false)",
				"upload.loadstart(0,12,true)", "upload.load(12,12,true)", "upload.loadend(12,12,true)");
		this.api.verify(postRequestedFor(urlEqualTo("/items")).withRequestBody(equalTo("Hello World!")));
	}

	@Test
	void aNotFoundIsALoad() throws InterruptedException {
		this.api.stubFor(get("/none")
			.willReturn(aResponse().withStatus(404).withBody("no such item").withHeader("Content-Length", "12")));
		XMLHttpRequest request = open("GET", "/none");
		assertThat(Requests.send(request).withoutIntermediateProgress()).containsExactly("loadstart(0,0,false)",
				"readystatechange 2", "readystatechange 4", "load(12,12,true)", "loadend(12,12,true)");
		assertThat(request.getStatus()).isEqualTo(404);
		assertThat(request.getResponseText()).isEqualTo("no such item");
	}

	@Test
	void aDelayBeyondTheTimeoutIsATimeout() throws InterruptedException {
		this.api.stubFor(get("/slow").willReturn(ok("late").withFixedDelay(5_000)));
		XMLHttpRequest request = open("GET", "/slow");
		request.setTimeout(100);
		assertThat(Requests.send(request).entries()).containsExactly("loadstart(0,0,false)", "readystatechange 4",
				"timeout(0,0,false)", "loadend(0,0,false)");
		assertFailed(request, FailureKind.TIMEOUT);
	}

	@Test
	void theConfiguredTimeoutIsATimeoutToo() throws InterruptedException {
		this.api.stubFor(get("/slow").willReturn(ok("late").withFixedDelay(5_000)));
		XMLHttpRequest request = open("GET", "/slow");
		assertThat(request.getTimeout()).isEqualTo(1000);
		assertThat(Requests.send(request).entries()).containsExactly("loadstart(0,0,false)", "readystatechange 4",
				"timeout(0,0,false)", "loadend(0,0,false)");
	}

	@Test
	void aResetConnectionIsAnError() throws InterruptedException {
		this.api.stubFor(get("/reset").willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
		XMLHttpRequest request = open("GET", "/reset");
		assertThat(Requests.send(request).entries()).containsExactly("loadstart(0,0,false)", "readystatechange 4",
				"error(0,0,false)", "loadend(0,0,false)");
		assertFailed(request, FailureKind.CONNECTION_CLOSED);
	}

	@Test
	void aTruncatedBodyIsAnError() throws InterruptedException {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest()
			.send(Responses.head("200 OK", "Content-Length: 10") + "hello"))) {
			XMLHttpRequest request = open("GET", server.url("/"));
			assertThat(Requests.send(request).withoutIntermediateProgress()).containsExactly("loadstart(0,0,false)",
					"readystatechange 2", "readystatechange 4", "error(0,0,false)", "loadend(0,0,false)");
			assertFailed(request, FailureKind.CONNECTION_CLOSED);
		}
	}

	private XMLHttpRequest open(String method, String url) {
		XMLHttpRequest request = this.factory.create();
		request.open(method, url);
		return request;
	}

	private static void assertFailed(XMLHttpRequest request, FailureKind kind) {
		assertThat(request.getFailure()).isNotNull();
		assertThat(request.getFailure().kind()).isEqualTo(kind);
		assertThat(request.getStatus()).isZero();
		assertThat(request.getResponseText()).isEmpty();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
