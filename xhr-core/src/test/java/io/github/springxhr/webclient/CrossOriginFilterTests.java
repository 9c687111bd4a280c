package io.github.springxhr.webclient;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import org.junit.jupiter.api.Test;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CrossOriginFilterTests {

	private static ExchangeFilterFunction adding(String name, String value) {
		return (request,
				next) -> next.exchange(ClientRequest.from(request)
					.headers((headers) -> headers.set(name, headers.getFirst(name) + value))
					.build());
	}

	@Test
	void runsOnAnotherOriginInOrderWhileOthersDoNot() throws InterruptedException {
		WebClient.Builder webClient = WebClient.builder()
			.defaultRequest((request) -> request.header("X-Default", "secret"))
			.filter(CrossOriginFilter.of(adding("X-Safe", "1")))
			.filter(adding("X-Unsafe", "secret"))
			.filter(CrossOriginFilter.of(adding("X-Safe", "2")));
		try (FaultServer other = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello"))));
				FaultServer own = FaultServer.start(Script.keepAlive((connection) -> connection.readRequest()
					.send(Responses.redirect("302 Found", other.url("/")))));
				XhrFactory factory = XhrFactory.builder(webClient).baseUrl(own.url("/")).build()) {
			get(factory, own.url("/"));
			RecordedRequest first = own.requests().get(0);
			assertThat(first.headers("X-Safe")).containsExactly("null12");
			assertThat(first.headers("X-Unsafe")).containsExactly("nullsecret");
			RecordedRequest second = other.requests().get(0);
			assertThat(second.headers("X-Safe")).containsExactly("null12");
			assertThat(second.head()).doesNotContain("secret");
		}
	}

	@Test
	void runsForAPreflightWhileOthersDoNot() throws InterruptedException {
		WebClient.Builder webClient = WebClient.builder()
			.filter(adding("X-Unsafe", "secret"))
			.filter(CrossOriginFilter.of(adding("X-Safe", "1")));
		String allow = "Access-Control-Allow-Origin: https://shop.test";
		try (FaultServer server = FaultServer.start(Script.keepAlive((connection) -> connection.readRequest()
			.send(Responses.ok("hello", allow, "Access-Control-Allow-Headers: x-mine"))));
				XhrFactory factory = XhrFactory.builder(webClient).origin("https://shop.test").build()) {
			get(factory, server.url("/"), "X-Mine");
			assertThat(server.requests()).extracting(RecordedRequest::method).containsExactly("OPTIONS", "GET");
			assertThat(server.requests()).allSatisfy((request) -> {
				assertThat(request.headers("X-Safe")).containsExactly("null1");
				assertThat(request.head()).doesNotContain("secret");
			});
		}
	}

	private static void get(XhrFactory factory, String url, String... headers) throws InterruptedException {
		CountDownLatch end = new CountDownLatch(1);
		XMLHttpRequest xhr = factory.create();
		xhr.setOnloadend((event) -> end.countDown());
		xhr.open("GET", url);
		for (String header : headers) {
			xhr.setRequestHeader(header, "1");
		}
		xhr.send();
		assertThat(end.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(xhr.getStatus()).isEqualTo(200);
	}

	@Test
	void vouchesForSomething() {
		assertThatIllegalArgumentException().isThrownBy(() -> CrossOriginFilter.of(null))
			.withMessage("filter must not be null");
	}

}
