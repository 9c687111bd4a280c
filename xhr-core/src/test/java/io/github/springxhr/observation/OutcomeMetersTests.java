package io.github.springxhr.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactoryBuilder;
import io.github.springxhr.fixture.DeadPort;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.fixture.TestCertificates;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * The meters that each outcome leaves behind, all of them, with all their tags.
 */
class OutcomeMetersTests {

	private static final UnaryOperator<XhrFactoryBuilder> DEFAULTS = (builder) -> builder;

	private static final UnaryOperator<XhrFactoryBuilder> ORIGIN = (builder) -> builder.origin("https://page.example");

	private static final Consumer<XMLHttpRequest> AS_IT_IS = (request) -> {
	};

	static Stream<Outcome> outcomes() {
		return Stream.of(ended("success", "200", Faults.answer(Responses.ok("hello"))),
				ended("client_error", "404", Faults.answer(Responses.response("404 Not Found", "no"))),
				ended("server_error", "503", Faults.answer(Responses.response("503 Service Unavailable", "no"))),
				ended("redirection", "304", Faults.answer(Responses.head("304 Not Modified"))),
				failed("network_error", "200", "connection_closed", AS_IT_IS, Faults.truncated()),
				failed("abort", "200", "abort", Faults::abortInBody, Faults.stalled()).titled("abort in state 3"),
				failed("abort", "200", "abort", inState(2, XMLHttpRequest::abort), Faults.stalled())
					.titled("abort in state 2"),
				failed("abort", "none", "abort",
						(request) -> request.setOnreadystatechange((event) -> request.getReadyState()), Faults.silent())
					.sent((server, request) -> {
						server.await("received");
						request.abort();
					})
					.titled("abort in state 1"),
				failed("timeout", "200", "timeout", Faults::timeOutInBody, Faults.slowDrip())
					.titled("timeout in state 3"),
				failed("timeout", "200", "timeout", inState(2, (request) -> request.setTimeout(50)),
						(connection) -> connection.readRequest()
							.send(Responses.head("200 OK", "Content-Length: 9"))
							.awaitPeerClosed())
					.titled("timeout in state 2"),
				failed("timeout", "none", "timeout", (request) -> request.setTimeout(50), Faults.silent())
					.titled("timeout in state 1"),
				failed("abort", "none", "abort", (request) -> request.setOnloadstart((event) -> request.abort()),
						Faults.silent())
					.titled("abort in loadstart"),
				failed("abort", "none", "abort",
						(request) -> request.getUpload().setOnprogress((event) -> request.abort()), deaf())
					.posting(true)
					.titled("abort of an upload"),
				failed("timeout", "none", "timeout", (request) -> request.setTimeout(300), deaf()).posting(true)
					.titled("timeout of an upload"),
				failed("abort", "none", "abort", AS_IT_IS, Faults.silent()).posting(false)
					.sent(OutcomeMetersTests::abortWhenReceived)
					.titled("abort after an upload"),
				failed("abort", "none", "abort", AS_IT_IS, Faults.silent()).synchronous()
					.sent(OutcomeMetersTests::abortWhenReceived)
					.titled("abort of a synchronous one"),
				failed("timeout", "none", "timeout", (request) -> request.setTimeout(100), Faults.silent())
					.synchronous()
					.titled("timeout of a synchronous one"),
				failed("timeout", "200", "timeout", (request) -> request.setTimeout(500), Faults.stalled())
					.synchronous()
					.titled("timeout of a synchronous one in the body"),
				failed("network_error", "200", "connection_closed", AS_IT_IS, Faults.truncated()).synchronous()
					.titled("truncated and synchronous"),
				ended("success", "200", Faults.answer(Responses.ok("hello"))).synchronous()
					.titled("success of a synchronous one"),
				ended("success", "200", Faults.answer(Responses.ok("hello"))).posting(false)
					.titled("success of a POST"),
				superseded("none", AS_IT_IS, Faults.silent()).sent((server, request) -> {
					server.await("received");
					request.open("GET", server.url("/"));
				}).titled("superseded in state 1"),
				superseded("200", inState(2, OutcomeMetersTests::openAnew), Faults.stalled())
					.titled("superseded in state 2"),
				superseded("200", (request) -> request.setOnprogress((event) -> openAnew(request)), Faults.stalled())
					.titled("superseded in state 3"),
				failed("network_error", "none", "redirect", AS_IT_IS, loop(), loop(), loop())
					.with((builder) -> builder.maxRedirects(2))
					.and("xhr.redirects{client=test}=2"),
				failed("cors_error", "none", "cors", AS_IT_IS,
						Faults.answer(Responses.head("204 No Content", "Access-Control-Allow-Origin: *")),
						Faults.answer(Responses.ok("hello")))
					.with(ORIGIN)
					.and("xhr.preflights{client=test,result=success}=1")
					.titled("not shared"),
				failed("cors_error", "none", "cors", (request) -> request.setRequestHeader("X-Own", "1"),
						Faults.answer(Responses.ok("hello")))
					.with(ORIGIN)
					.and("xhr.preflights{client=test,result=failure}=1")
					.titled("preflight failed"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("outcomes")
	void anOutcomeLeavesTheseMetersAndNoOther(Outcome outcome) throws Exception {
		try (ObservedClient client = new ObservedClient(null, false, outcome.settings());
				FaultServer server = FaultServer.start(outcome.scripts())) {
			XMLHttpRequest request = client.create();
			request.open(outcome.method(), server.url("/"), !outcome.isSynchronous());
			outcome.preparation().accept(request);
			Map<String, Integer> seen = ObservedClient.countSeenEvents(request);
			seen.merge("request.readystatechange", 1, Integer::sum);
			outcome.send(request);
			outcome.meanwhile().run(server, request);
			client.awaitRecorded();
			assertThat(client.recorded()).containsExactlyInAnyOrderElementsOf(outcome.meters());
			assertThat(client.countedEvents()).isEqualTo(seen);
		}
	}

	@Test
	void aRefusedConnection() throws Exception {
		try (ObservedClient client = new ObservedClient(); DeadPort port = FaultServer.refusing()) {
			assertThat(seen(client, port.url("/"))).isEqualTo(client.countedEvents());
			assertThat(client.recorded())
				.containsExactlyInAnyOrderElementsOf(failed("network_error", "none", "connect", AS_IT_IS).meters());
		}
	}

	@Test
	void aServerThatIsNotTrusted() throws Exception {
		try (ObservedClient client = new ObservedClient();
				FaultServer server = FaultServer.builder()
					.tls(TestCertificates.create().valid())
					.start(Faults.answer(Responses.ok("hello")))) {
			assertThat(seen(client, server.secureUrl("/"))).isEqualTo(client.countedEvents());
			assertThat(client.recorded())
				.containsExactlyInAnyOrderElementsOf(failed("network_error", "none", "tls", AS_IT_IS).meters());
		}
	}

	private static Map<String, Integer> seen(ObservedClient client, String url) throws InterruptedException {
		XMLHttpRequest request = client.open("GET", url);
		Map<String, Integer> seen = ObservedClient.countSeenEvents(request);
		seen.merge("request.readystatechange", 1, Integer::sum);
		request.send();
		client.awaitRecorded();
		assertThat(seen).containsEntry("request.error", 1).containsEntry("request.loadend", 1);
		return seen;
	}

	/** Takes no byte of the request. */
	private static Script deaf() {
		return (connection) -> connection.await("closing");
	}

	private static void abortWhenReceived(FaultServer server, XMLHttpRequest request) {
		server.await("received");
		request.abort();
	}

	private static void openAnew(XMLHttpRequest request) {
		request.open("GET", "http://other.example/");
	}

	private static Outcome superseded(String status, Consumer<XMLHttpRequest> preparation, Script... scripts) {
		return Outcome.of("superseded", status, "none", "none", preparation, scripts);
	}

	private static Script loop() {
		return Faults.answer(Responses.redirect("302 Found", "/"));
	}

	private static Consumer<XMLHttpRequest> inState(int state, Consumer<XMLHttpRequest> action) {
		return (request) -> request.setOnreadystatechange((event) -> {
			if (request.getReadyState() == state) {
				action.accept(request);
			}
		});
	}

	private static Outcome ended(String outcome, String status, Script... scripts) {
		return Outcome.of(outcome, status, "none", "none", AS_IT_IS, scripts);
	}

	private static Outcome failed(String outcome, String status, String kind, Consumer<XMLHttpRequest> preparation,
			Script... scripts) {
		String error = outcome.equals("abort") ? "none" : "XhrException";
		return Outcome.of(outcome, status, kind, error, preparation, scripts)
			.and("xhr.failures{client=test,kind=" + kind + "}=1");
	}

	/**
	 * What a server does and what meters that leaves behind.
	 */
	private record Outcome(String title, List<String> meters, UnaryOperator<XhrFactoryBuilder> settings,
			Sending sending, Consumer<XMLHttpRequest> preparation, Meanwhile meanwhile, Script... scripts) {

		static Outcome of(String outcome, String status, String kind, String error,
				Consumer<XMLHttpRequest> preparation, Script... scripts) {
			List<String> meters = new ArrayList<>();
			meters.add("xhr.requests{client=test,error=" + error + ",exception=" + kind + ",method=GET,outcome="
					+ outcome + ",status=" + status + ",uri=none}=1");
			meters.add("xhr.request.size{client=test,method=GET}=1");
			if (!status.equals("none")) {
				meters.add("xhr.response.size{client=test,method=GET}=1");
				meters.add("xhr.time.to.headers{client=test,method=GET,outcome=" + outcome + "}=1");
			}
			return new Outcome(outcome + " " + status + " " + kind, meters, DEFAULTS, Sending.GET, preparation,
					(server, request) -> {
					}, scripts);
		}

		Outcome and(String meter) {
			this.meters.add(meter);
			return this;
		}

		Outcome titled(String other) {
			return new Outcome(other, this.meters, this.settings, this.sending, this.preparation, this.meanwhile,
					this.scripts);
		}

		Outcome with(UnaryOperator<XhrFactoryBuilder> other) {
			return new Outcome(this.title, this.meters, other, this.sending, this.preparation, this.meanwhile,
					this.scripts);
		}

		Outcome sent(Meanwhile other) {
			return new Outcome(this.title, this.meters, this.settings, this.sending, this.preparation, other,
					this.scripts);
		}

		Outcome posting(boolean large) {
			List<String> posted = this.meters.stream().map((meter) -> meter.replace("=GET", "=POST")).toList();
			return new Outcome(this.title, posted, this.settings, large ? Sending.LARGE_POST : Sending.POST,
					this.preparation, this.meanwhile, this.scripts);
		}

		Outcome synchronous() {
			return new Outcome(this.title, this.meters, this.settings, Sending.SYNCHRONOUS, this.preparation,
					this.meanwhile, this.scripts);
		}

		boolean isSynchronous() {
			return this.sending == Sending.SYNCHRONOUS;
		}

		String method() {
			return (this.sending == Sending.POST || this.sending == Sending.LARGE_POST) ? "POST" : "GET";
		}

		void send(XMLHttpRequest request) {
			switch (this.sending) {
				case GET -> request.send();
				case POST -> request.send("twelve bytes");
				case LARGE_POST -> request.send(new byte[32 * 1024 * 1024]);
				case SYNCHRONOUS -> new Thread(() -> catchThrowable(request::send)).start();
			}
		}

		@Override
		public String toString() {
			return this.title;
		}

	}

	/**
	 * How a request is sent.
	 */
	private enum Sending {

		GET, POST, LARGE_POST, SYNCHRONOUS

	}

	/**
	 * What is done when the request has been sent.
	 */
	@FunctionalInterface
	private interface Meanwhile {

		void run(FaultServer server, XMLHttpRequest request);

	}

}
