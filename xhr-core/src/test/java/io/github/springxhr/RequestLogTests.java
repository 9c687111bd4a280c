package io.github.springxhr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.github.springxhr.fixture.DeadPort;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The line in the log about each request that has ended. {@code #} stands for a time, and
 * {@code @} for the server.
 */
class RequestLogTests {

	private static final String LOGGER = "io.github.springxhr.requests";

	private static final String NEW = "queue #, connect #";

	private static final Consumer<XMLHttpRequest> AS_IT_IS = (request) -> {
	};

	private final CapturedLog log = new CapturedLog();

	@AfterEach
	void close() {
		this.log.close();
	}

	static Stream<Case> endings() {
		String half = Responses.head("200 OK", "Content-Length: 100") + "first line\n";
		Script silent = (connection) -> connection.readRequest().awaitPeerClosed();
		Script stalled = (connection) -> connection.readRequest().send(half).awaitPeerClosed();
		Script loop = answer(Responses.redirect("302 Found", "/loop?q=s3cret"));
		return Stream.of(
				ended("DEBUG test: GET @/a, success, status 200, bytes sent 0, received 5, # ms (" + NEW
						+ ", headers #, body #)", answer(Responses.ok("hello"))),
				ended("DEBUG test: GET @/a, client_error, status 404, bytes sent 0, received 2, # ms (" + NEW
						+ ", headers #, body #)", answer(Responses.response("404 Not Found", "no"))),
				ended("DEBUG test: GET @/a, success, status 200, redirects 1, bytes sent 0, received 2, # ms "
						+ "(queue #, connect #, headers #, body #)",
						Script.keepAlive((connection) -> connection.readRequest()
							.send(connection.request().target().startsWith("/a")
									? Responses.response("302 Found", "", "Location: /b?q=s3cret")
									: Responses.ok("ok")))),
				ended("WARN test: GET @/a, timeout, bytes sent 0, received 0, # ms (" + NEW
						+ ", headers #): timeout while waiting for the response: it took longer than the timeout of 50 ms",
						silent)
					.preparing((request) -> request.setTimeout(50)),
				ended("DEBUG test: GET @/a, abort, status 200, bytes sent 0, received 11, # ms (" + NEW
						+ ", headers #, body #): abort while receiving the body: abort() was called", stalled)
					.preparing((request) -> request.setOnprogress((event) -> request.abort())),
				ended("DEBUG test: GET @/a, superseded, status 200, bytes sent 0, received 11, # ms (" + NEW
						+ ", headers #, body #)", stalled)
					.preparing(
							(request) -> request.setOnprogress((event) -> request.open("GET", "http://other.test/"))),
				ended("WARN test: GET @/a, network_error, status 200, bytes sent 0, received 11, # ms (" + NEW
						+ ", headers #, body #): connection_closed while receiving the body: the connection was "
						+ "closed before the response was complete",
						(connection) -> connection.readRequest().send(half).truncate()),
				ended("WARN test: GET @/a, network_error, redirects 2, bytes sent 0, received 0, # ms (" + NEW
						+ ", headers #): redirect while waiting for the response: after a redirect to @/loop: the redirect was not followed: there were more than 2 redirects",
						loop, loop, loop)
					.with((builder) -> builder.maxRedirects(2)),
				ended("WARN test: GET @/a, cors_error, bytes sent 0, received 0, # ms (" + NEW
						+ ", headers #): cors while waiting for the response: the CORS check failed: "
						+ "Access-Control-Allow-Origin is not 'https://page.example' or '*'",
						answer(Responses.ok("x", "Access-Control-Allow-Origin: s3cret")))
					.with((builder) -> builder.origin("https://page.example")),
				ended("WARN test: GET @/a, cors_error, bytes sent 0, received 0, # ms: cors while waiting for the response: the CORS preflight failed: "
						+ "Access-Control-Allow-Origin is missing, expected 'https://page.example' or '*'",
						answer(Responses.ok("x")))
					.with((builder) -> builder.origin("https://page.example"))
					.preparing((request) -> request.setRequestHeader("X-Own", "s3cret")));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("endings")
	void eachEndingIsOneLine(Case ending) {
		try (FaultServer server = FaultServer.start(ending.scripts())) {
			run(ending.settings(), server.url("/a?q=s3cret#s3cret"), ending.preparation());
			assertThat(lines(server.url(""))).containsExactly(ending.line());
		}
		assertThat(this.log.lines()).filteredOn((line) -> line.contains("io.github.springxhr"))
			.noneMatch((line) -> line.contains("s3cret"));
		assertThat(this.log.fields(LOGGER)).singleElement().asString().doesNotContain("s3cret");
	}

	@Test
	void aRefusedConnectionIsOneWarning() {
		try (DeadPort port = FaultServer.refusing()) {
			run((builder) -> builder, port.url("/a"), AS_IT_IS);
			assertThat(lines(port.url(""))).containsExactly("WARN test: GET @/a, network_error, bytes sent 0, "
					+ "received 0, # ms (" + NEW + "): connect while connecting: no connection could be made");
		}
		assertThat(this.log.lines()).filteredOn((line) -> line.startsWith("WARN")).hasSize(1);
	}

	@Test
	void aSynchronousFailureIsThrownAndLoggedOnce() {
		try (DeadPort port = FaultServer.refusing(); XhrFactory factory = builder().build()) {
			XMLHttpRequest request = factory.create();
			request.open("GET", port.url("/a"), false);
			assertThatExceptionOfType(XhrException.class).isThrownBy(request::send);
			assertThat(lines(port.url(""))).containsExactly("WARN test: GET @/a, network_error, bytes sent 0, "
					+ "received 0, # ms (" + NEW + "): connect while connecting: no connection could be made");
		}
	}

	@Test
	void theFieldsSayTheSameAsTheLine() {
		FakeNetwork network = new FakeNetwork();
		uploaded(network, network.create());
		assertThat(this.log.lines())
			.contains("DEBUG io.github.springxhr.requests.default default: POST orders/{id}, client_error, status 404, "
					+ "bytes sent 5, received 3, 31.250 ms (queue 2.000, request 8.000, headers 20.000, body 1.250)");
		assertThat(this.log.fields(LOGGER)).singleElement()
			.asString()
			.isEqualTo("{xhr.client=default, xhr.method=POST, xhr.url=orders/{id}, xhr.outcome=client_error, "
					+ "xhr.status=404, xhr.bytes.sent=5, xhr.bytes.received=3, xhr.duration_ms=31.25, "
					+ "xhr.phase.queue_ms=2.0, xhr.phase.request_ms=8.0, xhr.phase.headers_ms=20.0, xhr.phase.body_ms=1.25}");
		network.close();
	}

	@Test
	void theLineInTheDocumentIsOne() throws IOException {
		FakeNetwork network = new FakeNetwork();
		uploaded(network, network.create());
		String document = Files.readString(Path.of("..", "docs", "logging.md"));
		assertThat(document.lines())
			.containsAll(this.log.lines().stream().filter((line) -> line.contains(LOGGER)).toList());
		assertThat(this.log.fields(LOGGER).get(0).keySet()).filteredOn((field) -> !field.contains("phase"))
			.hasSize(8)
			.allSatisfy((field) -> assertThat(document).contains("`" + field + "`"));
		network.close();
	}

	@Test
	void aFailureHasItsKindAsAField() {
		FakeNetwork network = new FakeNetwork();
		XMLHttpRequest request = network.create();
		request.open("GET", "a");
		request.send();
		network.transport.only().head(200).chunk("abc").fail();
		network.run();
		assertThat(this.log.fields(LOGGER)).singleElement()
			.satisfies((fields) -> assertThat(fields).containsEntry("xhr.outcome", "network_error")
				.containsEntry("xhr.failure", "connection_closed")
				.containsEntry("xhr.status", 200)
				.containsEntry("xhr.bytes.received", 3L));
		network.close();
	}

	/** Each time is taken from the clock of the test. */
	private static void uploaded(FakeNetwork network, XMLHttpRequest request) {
		request.open(HttpMethod.POST, "orders/{id}", 7);
		request.send("12345");
		network.timers.advance(Duration.ofMillis(2));
		network.transport.only().connected();
		network.timers.advance(Duration.ofMillis(8));
		network.transport.only().sent(5).allSent();
		network.timers.advance(Duration.ofMillis(20));
		network.transport.only().head(404);
		network.timers.advance(Duration.ofNanos(1_250_000));
		network.transport.only().chunk("abc").end();
		network.run();
	}

	@ParameterizedTest
	@CsvSource({ "DEBUG, 1, 1", "INFO, 0, 1", "ERROR, 0, 0" })
	void theLevelDecides(String level, int successes, int failures) {
		this.log.level(Level.toLevel(level));
		FakeNetwork network = new FakeNetwork();
		XMLHttpRequest request = network.create();
		request.open("GET", "a");
		request.send();
		network.transport.last().head(200).end();
		network.run();
		assertThat(this.log.fields(LOGGER)).hasSize(successes);
		request.open("GET", "a");
		request.send();
		network.transport.last().fail();
		network.run();
		assertThat(this.log.fields(LOGGER)).hasSize(successes + failures);
		network.close();
	}

	@ParameterizedTest
	@EnumSource
	void whatIsNotWantedIsNotAskedFor(XhrOutcome outcome) {
		this.log.level(Level.OFF);
		assertThat(RequestLog.of("test").takes(outcome)).isFalse();
	}

	@Test
	void aListenerThatFailsDoesNotKeepTheLineBack() {
		FakeNetwork network = new FakeNetwork((client, request) -> new XhrListener() {
			@Override
			public ExchangeListener sent(Sending sending) {
				throw new IllegalStateException("on purpose");
			}
		});
		XMLHttpRequest request = network.create();
		request.addEventListener("loadend", (event) -> {
			throw new IllegalStateException("on purpose");
		});
		request.open("GET", "a");
		request.send();
		network.transport.only().head(200).end();
		network.run();
		assertThat(this.log.fields(LOGGER)).hasSize(1);
		network.close();
	}

	@Test
	void controlCharactersAreEscaped() {
		assertThat(RequestLine.escape("a\r\nb\u0085\u2028\u202ec\u001b[0m{}\u00e9"))
			.isEqualTo("a\\u000d\\u000ab\\u0085\\u2028\\u202ec\\u001b[0m{}\u00e9");
		assertThat(RequestLog.of("a\nb")).isNotNull();
	}

	@Test
	void theTemplateIsEscapedToo() {
		FakeNetwork network = new FakeNetwork();
		XMLHttpRequest request = network.create();
		request.open(HttpMethod.GET, "a\tb/{id}?q={q}", 7, "s3cret");
		request.send();
		network.transport.only().head(200).end();
		network.run();
		assertThat(this.log.fields(LOGGER)).singleElement()
			.satisfies((fields) -> assertThat(fields).containsEntry("xhr.url", "a\\u0009b/{id}"));
		assertThat(this.log.lines()).anyMatch((line) -> line.contains(": GET a\\u0009b/{id}, success"));
		network.close();
	}

	private static Script answer(String response) {
		return (connection) -> connection.readRequest().send(response);
	}

	private static XhrFactoryBuilder builder() {
		return XhrFactory.builder(WebClient.builder()).name("test");
	}

	private static void run(UnaryOperator<XhrFactoryBuilder> settings, String url,
			Consumer<XMLHttpRequest> preparation) {
		try (XhrFactory factory = settings.apply(builder()).build()) {
			XMLHttpRequest request = factory.create();
			request.open("GET", url);
			preparation.accept(request);
			request.sendAsync(null).exceptionally((ex) -> request).join();
		}
	}

	/** What the loggers of requests wrote. */
	private List<String> lines(String server) {
		String separator = " " + LOGGER + ".test ";
		return this.log.lines()
			.stream()
			.filter((line) -> line.contains(separator))
			.map((line) -> line.replace(separator, " ").replace(server, "@").replaceAll("[0-9]+\\.[0-9]{3}\\b", "#"))
			.toList();
	}

	private static Case ended(String line, Script... scripts) {
		return new Case(line, (builder) -> builder, AS_IT_IS, scripts);
	}

	/**
	 * What a server does and the line that it leads to.
	 */
	private record Case(String line, UnaryOperator<XhrFactoryBuilder> settings, Consumer<XMLHttpRequest> preparation,
			Script... scripts) {

		Case with(UnaryOperator<XhrFactoryBuilder> other) {
			return new Case(this.line, other, this.preparation, this.scripts);
		}

		Case preparing(Consumer<XMLHttpRequest> other) {
			return new Case(this.line, this.settings, other, this.scripts);
		}

		@Override
		public String toString() {
			return this.line;
		}

	}

}
