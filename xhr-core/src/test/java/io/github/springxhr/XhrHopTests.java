package io.github.springxhr;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.github.springxhr.XhrListener.ExchangeListener;
import io.github.springxhr.XhrListener.Result;
import io.github.springxhr.XhrListener.Sending;
import io.github.springxhr.fixture.FaultConnection;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.Test;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link XhrHop}: what a listener that asks for it is told of the network.
 */
class XhrHopTests {

	private final BlockingQueue<List<XhrHop>> told = new LinkedBlockingQueue<>();

	private final BlockingQueue<Result> ended = new LinkedBlockingQueue<>();

	@Test
	void onlyWhoAsksIsTold() throws Exception {
		Follower deaf = new Follower(false);
		try (FaultServer server = answering(Responses.ok("hello"));
				XhrFactory factory = factory(deaf, new Follower(true))) {
			get(factory, server.url("/"));
			assertThat(hops()).hasSize(1);
			assertThat(deaf.hops).isNull();
		}
		try (FaultServer server = answering(Responses.ok("hello")); XhrFactory factory = factory(deaf)) {
			this.ended.clear();
			get(factory, server.url("/"));
			assertThat(this.ended.poll(10, TimeUnit.SECONDS)).isNotNull();
			assertThat(deaf.hops).isNull();
		}
	}

	@Test
	void eachHopHasWhatItSentAndGot() throws Exception {
		try (FaultServer server = answering(Responses.response("307 Again", "moved", "Location: /b?key=s3cret"),
				Responses.ok("hello", "X-Own: s3cret")); XhrFactory factory = factory(new Follower(true))) {
			XMLHttpRequest request = factory.create();
			request.open("POST", server.url("/a?key=s3cret"), false);
			request.send("four");
			List<XhrHop> hops = hops();
			assertThat(hops).extracting(XhrHop::url).containsExactly(server.url("/a"), server.url("/b"));
			assertThat(hops).extracting(XhrHop::method).containsExactly("POST", "POST");
			assertThat(hops).extracting(XhrHop::status).containsExactly(307, 200);
			assertThat(hops).extracting(XhrHop::statusText).containsExactly("Again", "OK");
			assertThat(hops).extracting(XhrHop::redirectUrl).containsExactly(server.url("/b"), null);
			assertThat(hops).extracting(XhrHop::requestBytes).containsExactly(4L, 4L);
			assertThat(hops).extracting(XhrHop::responseBytes).containsExactly(5L, 5L);
			assertThat(hops).extracting(XhrHop::failure).containsOnlyNulls();
			assertThat(hops).extracting(XhrHop::preflight).containsOnly(false);
			assertThat(hops.get(0).requestHeaders().get("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
			assertThat(hops.get(1).responseHeaders().get("X-Own")).isEqualTo("s3cret");
			assertThat(hops.get(1).started()).isGreaterThan(hops.get(0).started());
			assertThat(hops).allSatisfy((hop) -> {
				assertThat(hop.channel().protocol()).isEqualTo("http/1.1");
				assertThat(hop.channel().timings().phases().headers()).isPositive();
				assertThat(hop.channel().timings().ended())
					.isGreaterThanOrEqualTo(hop.channel().timings().headersReceived());
			});
			assertThat(hops.toString()).doesNotContain("s3cret")
				.isEqualTo("[POST " + server.url("/a") + " 307, POST " + server.url("/b") + " 200]");
		}
	}

	@Test
	void whatIsDoneToItsHeadersDoesNotChangeAHop() throws Exception {
		try (FaultServer server = answering(Responses.ok("hello", "X-Own: 1"));
				XhrFactory factory = factory(new Follower(true))) {
			get(factory, server.url("/"));
			XhrHop hop = hops().get(0);
			hop.responseHeaders().clear();
			hop.requestHeaders().clear();
			assertThat(hop.responseHeaders().contains("X-Own")).isTrue();
			assertThat(hop.requestHeaders().contains("Accept")).isTrue();
		}
	}

	@Test
	void theLastHopHasTheFailure() throws Exception {
		try (FaultServer server = FaultServer.start(
				(connection) -> connection.readRequest().send(Responses.redirect("302 Found", "/b")),
				(connection) -> connection.readRequest()
					.send(Responses.head("200 OK", "Content-Length: 100") + "hello")
					.truncate());
				XhrFactory factory = factory(new Follower(true))) {
			catchThrowable(() -> get(factory, server.url("/a")));
			List<XhrHop> hops = hops();
			assertThat(hops.get(0).failure()).isNull();
			assertThat(hops.get(1).failure().kind()).isEqualTo(FailureKind.CONNECTION_CLOSED);
			assertThat(hops.get(1).status()).isEqualTo(200);
			assertThat(hops.get(1).responseBytes()).isEqualTo(5);
		}
	}

	@Test
	void aPreflightIsAHopUnlessItsAnswerStillHolds() throws Exception {
		try (FaultServer server = answering(
				Responses.head("204 No Content", "Access-Control-Allow-Origin: *",
						"Access-Control-Allow-Headers: X-Own", "Access-Control-Max-Age: 600"),
				Responses.ok("hello", "Access-Control-Allow-Origin: *"),
				Responses.ok("hello", "Access-Control-Allow-Origin: *"));
				XhrFactory factory = XhrFactory.builder(WebClient.builder())
					.origin("https://page.example")
					.listener((client, request) -> new Follower(true))
					.build()) {
			for (int i = 0; i < 2; i++) {
				XMLHttpRequest request = factory.create();
				request.open("GET", server.url("/"), false);
				request.setRequestHeader("X-Own", "1");
				request.send();
			}
			assertThat(hops()).extracting(XhrHop::toString)
				.containsExactly("preflight OPTIONS " + server.url("/") + " 204", "GET " + server.url("/") + " 200");
			assertThat(hops()).extracting(XhrHop::toString).containsExactly("GET " + server.url("/") + " 200");
		}
	}

	@Test
	void whatIsNotSentHasNoHop() throws Exception {
		try (XhrFactory factory = factory(new Follower(true))) {
			get(factory, "data:,hello");
			assertThat(hops()).isEmpty();
		}
	}

	private List<XhrHop> hops() throws InterruptedException {
		return this.told.poll(10, TimeUnit.SECONDS);
	}

	private static void get(XhrFactory factory, String url) {
		XMLHttpRequest request = factory.create();
		request.open("GET", url, false);
		request.send();
	}

	private static FaultServer answering(String... responses) {
		return FaultServer.start(Script.keepAlive(new Script() {

			private int next;

			@Override
			public void run(FaultConnection connection) throws IOException {
				connection.readRequest().send(responses[this.next++]);
			}

		}));
	}

	private static XhrFactory factory(Follower... followers) {
		XhrFactoryBuilder builder = XhrFactory.builder(WebClient.builder());
		for (Follower follower : followers) {
			builder.listener((client, request) -> follower);
		}
		return builder.build();
	}

	private final class Follower implements XhrListener, ExchangeListener {

		private final boolean asks;

		private List<XhrHop> hops;

		Follower(boolean asks) {
			this.asks = asks;
		}

		@Override
		public ExchangeListener sent(Sending sending) {
			return this;
		}

		@Override
		public boolean wantsHops() {
			return this.asks;
		}

		@Override
		public void hops(List<XhrHop> ended) {
			this.hops = ended;
			XhrHopTests.this.told.add(ended);
		}

		@Override
		public void ended(Result result) {
			XhrHopTests.this.ended.add(result);
		}

	}

}
