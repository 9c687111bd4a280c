package io.github.springxhr;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.springxhr.fetch.NetworkExchange;
import io.github.springxhr.fetch.NetworkHandler;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.fetch.NetworkTransport;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What went wrong once between a request and the wire.
 */
class TransportRegressionTests {

	private static final Script ECHO = Script
		.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello")));

	private XhrFactory factory = XhrFactory.builder(WebClient.builder()).build();

	@AfterEach
	void close() {
		this.factory.close();
	}

	private void factory(WebClient.Builder webClient, Consumer<XhrFactoryBuilder> settings) {
		this.factory.close();
		XhrFactoryBuilder builder = XhrFactory.builder(webClient);
		settings.accept(builder);
		this.factory = builder.build();
	}

	private XMLHttpRequest get(String url) throws InterruptedException {
		XMLHttpRequest xhr = this.factory.create();
		EventLog log = EventLog.ofRequest(xhr);
		xhr.open("GET", url);
		xhr.send();
		log.awaitEnd();
		return xhr;
	}

	@Test
	void defaultRequestOfTheBuilderDoesNotFollowARedirectToAnotherOrigin() throws InterruptedException {
		try (FaultServer other = FaultServer.start(ECHO);
				FaultServer own = FaultServer.start(Script.keepAlive((connection) -> connection.readRequest()
					.send(Responses.redirect("302 Found", other.url("/")))))) {
			factory(WebClient.builder()
				.defaultRequest((request) -> request.header("Authorization", "Bearer secret").cookie("a", "secret")),
					(builder) -> builder.baseUrl(own.url("/")));
			assertThat(get("x").getStatus()).isEqualTo(200);
			assertThat(own.requests().get(0).head()).contains("secret");
			assertThat(other.requests().get(0).head()).doesNotContain("secret");
		}
	}

	@Test
	void authorsHeaderReplacesThatOfTheDefaultRequest() throws InterruptedException {
		try (FaultServer own = FaultServer.start(ECHO)) {
			factory(WebClient.builder().defaultRequest((request) -> request.header("X-A", "default")),
					(builder) -> builder.baseUrl(own.url("/")));
			XMLHttpRequest xhr = this.factory.create();
			EventLog log = EventLog.ofRequest(xhr);
			xhr.open("GET", "x");
			xhr.setRequestHeader("x-a", "mine");
			xhr.send();
			log.awaitEnd();
			assertThat(own.requests().get(0).headers("X-A")).containsExactly("mine");
		}
	}

	@Test
	void redirectWhoseBodyNeverComesDoesNotKeepItsConnection() throws InterruptedException {
		try (FaultServer target = FaultServer.start(ECHO); FaultServer stalling = FaultServer.start((connection) -> {
			connection.readRequest()
				.send("HTTP/1.1 302 Found\r\nLocation: " + target.url("/") + "\r\nContent-Length: 100\r\n\r\n")
				.awaitPeerClosed();
		})) {
			assertThat(get(stalling.url("/")).getResponseText()).isEqualTo("hello");
			stalling.awaitAllClosed(Duration.ofSeconds(10));
		}
	}

	@Test
	void nullBodyResponseWithABodyDoesNotKeepItsConnection() throws InterruptedException {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest()
			.send("HTTP/1.1 205 Reset Content\r\nContent-Length: 1000000\r\n\r\nabc")
			.awaitPeerClosed())) {
			assertThat(get(server.url("/")).getStatus()).isEqualTo(205);
			server.awaitAllClosed(Duration.ofSeconds(10));
		}
	}

	@Test
	void executorThatFailsInWhateverWayLosesNoEvent() throws InterruptedException {
		AtomicBoolean failed = new AtomicBoolean();
		try (FaultServer server = FaultServer.start(ECHO)) {
			factory(WebClient.builder(), (builder) -> builder.eventExecutor((task) -> {
				if (failed.compareAndSet(false, true)) {
					throw new OutOfMemoryError("on purpose");
				}
				task.run();
			}));
			assertThat(get(server.url("/")).getResponseText()).isEqualTo("hello");
			assertThat(failed).isTrue();
		}
	}

	@Test
	void listenerThatThrowsAnErrorLosesNoEvent() {
		FakeNetwork network = new FakeNetwork((client, request) -> new XhrListener() {
			@Override
			public void eventFired(boolean upload, XhrEventType type, long loaded, long total) {
				throw new AssertionError("on purpose");
			}
		});
		XMLHttpRequest xhr = network.create();
		EventLog log = EventLog.ofRequest(xhr);
		xhr.open("GET", "a");
		xhr.send();
		network.transport.only().head(200).end();
		network.run();
		assertThat(log.entries()).endsWith("load(0,0,false)", "loadend(0,0,false)");
		network.close();
	}

	@Test
	void transportThatThrowsIsANetworkError() throws InterruptedException {
		factory(WebClient.builder(), (builder) -> builder.transport(new NetworkTransport() {
			@Override
			public NetworkExchange start(NetworkRequest request, NetworkHandler handler) {
				throw new IllegalStateException("secret");
			}

			@Override
			public void close() {
			}
		}));
		XMLHttpRequest xhr = get("http://server.test/");
		assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.OTHER);
		assertThat(xhr.getFailure()).asString().doesNotContain("secret");
	}

	@Test
	void filterMayRewriteTheTarget() throws InterruptedException {
		try (FaultServer server = FaultServer.start(ECHO)) {
			factory(WebClient.builder()
				.filter((request, next) -> next
					.exchange(ClientRequest.from(request).url(request.url().resolve("/rewritten?key=1")).build())),
					(builder) -> {
					});
			get(server.url("/original"));
			assertThat(server.requests().get(0).target()).isEqualTo("/rewritten?key=1");
		}
	}

	@Test
	void filterMayReplaceTheResponse() throws InterruptedException {
		try (FaultServer server = FaultServer.start(Script
			.keepAlive((connection) -> connection.readRequest().send(Responses.response("404 Not Here", "no"))))) {
			factory(WebClient.builder()
				.filter((request, next) -> next.exchange(request)
					.flatMap((response) -> response.releaseBody()
						.thenReturn(
								ClientResponse.create(HttpStatus.OK).header("X-Seen", "1").body("fallback").build()))),
					(builder) -> {
					});
			XMLHttpRequest xhr = get(server.url("/"));
			assertThat(xhr.getStatus()).isEqualTo(200);
			assertThat(xhr.getStatusText()).isEmpty();
			assertThat(xhr.getResponseHeader("X-Seen")).isEqualTo("1");
			assertThat(xhr.getResponseText()).isEqualTo("fallback");
		}
	}

	@Test
	void uploadThatIsSentAgainIsNotCountedTwice() throws InterruptedException {
		int size = 4 * 1024 * 1024;
		try (FaultServer server = FaultServer.start(
				(connection) -> connection.readRequestHead()
					.discard(size / 4)
					.send("HTTP/1.1 307 Temporary Redirect\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")
					.awaitPeerClosed(),
				(connection) -> connection.readRequestHead().discard(size).send(Responses.ok("x")))) {
			XMLHttpRequest xhr = this.factory.create();
			EventLog log = EventLog.of(xhr);
			xhr.open("POST", server.url("/"));
			xhr.send(new byte[size]);
			log.awaitEnd();
			assertThat(xhr.getResponseURL()).endsWith("/again");
			assertThat(log.entries()).contains("upload.load(" + size + "," + size + ",true)")
				.filteredOn((entry) -> entry.startsWith("upload.progress"))
				.allSatisfy((entry) -> assertThat(Integer.parseInt(entry.replaceAll("\\D+(\\d+),.*", "$1")))
					.isLessThanOrEqualTo(size));
		}
	}

	@Test
	void idleConnectionHoldsOnToNothing() throws InterruptedException {
		try (FaultServer server = FaultServer.start(ECHO)) {
			WeakReference<XMLHttpRequest> request = new WeakReference<>(get(server.url("/")));
			Awaitility.await().until(() -> {
				System.gc();
				return request.get() == null;
			});
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://my_service.invalid/", "http://a..b/" })
	void hostThatCannotBeUsedIsNotTheResponsesFault(String url) throws InterruptedException {
		assertThat(get(url).getFailure().kind()).isNotEqualTo(FailureKind.PROTOCOL);
	}

	@Test
	void filterThatRefusesAnArgumentIsNotTheResponsesFault() throws InterruptedException {
		factory(WebClient.builder().filter((request, next) -> {
			throw new IllegalArgumentException("on purpose");
		}), (builder) -> {
		});
		assertThat(get("http://server.test/").getFailure().kind()).isEqualTo(FailureKind.OTHER);
	}

	@Test
	void framingHeadersOfTheBuilderAreDropped() throws InterruptedException {
		try (FaultServer server = FaultServer.start(ECHO)) {
			factory(WebClient.builder()
				.defaultHeader("Host", "evil")
				.defaultHeader("Content-Length", "7")
				.defaultHeader("Expect", "100-continue")
				.defaultHeader("X-A", "1"), (builder) -> builder.baseUrl(server.url("/")));
			get("x");
			RecordedRequest request = server.requests().get(0);
			assertThat(request.header("X-A")).isEqualTo("1");
			assertThat(request.head()).doesNotContain("evil", "Expect", "Content-Length");
		}
	}

	@Test
	void headerOfTheBuilderThatCannotBeSentStopsTheBuild() {
		assertThatIllegalStateException()
			.isThrownBy(() -> XhrFactory.builder(WebClient.builder().defaultHeader("X-A", "secret\u20AC"))
				.baseUrl("http://h/")
				.build())
			.withMessageContaining("X-A")
			.withMessageNotContaining("secret");
	}

	@Test
	void templateThatCannotBeParsedIsASyntaxError() {
		assertThatExceptionOfType(XhrException.class)
			.isThrownBy(() -> this.factory.create().open(HttpMethod.GET, "http://h:bad/{x}", 1))
			.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("SyntaxError"));
	}

	@Test
	void headerLargerThanTheHttpClientsOwnLimitIsRead() throws InterruptedException {
		String value = "x".repeat(20_000);
		try (FaultServer server = FaultServer.start(Script
			.keepAlive((connection) -> connection.readRequest().send(Responses.ok("x", "X-Large: " + value))))) {
			assertThat(get(server.url("/")).getResponseHeader("X-Large")).isEqualTo(value);
		}
	}

	@Test
	void closingAbortsWhatWaitsForAConnectionAsWell() throws InterruptedException {
		int moreThanThePool = 510;
		try (FaultServer server = FaultServer.builder()
			.maxConnections(moreThanThePool)
			.start((connection) -> connection.readRequest().awaitPeerClosed())) {
			List<EventLog> logs = new java.util.ArrayList<>();
			for (int i = 0; i < moreThanThePool; i++) {
				XMLHttpRequest xhr = this.factory.create();
				logs.add(EventLog.ofRequest(xhr));
				xhr.open("GET", server.url("/"));
				xhr.send();
			}
			this.factory.close();
			for (EventLog log : logs) {
				assertThat(log.awaitEnd().entries()).endsWith("abort(0,0,false)", "loadend(0,0,false)");
			}
		}
	}

}
