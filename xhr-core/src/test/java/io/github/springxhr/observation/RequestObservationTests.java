package io.github.springxhr.observation;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.springxhr.XhrListener;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrException;
import io.github.springxhr.fixture.DeadPort;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.micrometer.common.KeyValues;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link XhrObservationListenerFactory}, over real sockets.
 */
class RequestObservationTests {

	private final ObservedClient client = new ObservedClient();

	@AfterEach
	void close() {
		this.client.close();
	}

	@Test
	void aSuccess() throws Exception {
		run(Faults.answer(Responses.ok("hello")));
		assertRecorded("success", "200", "none", "none");
	}

	@Test
	void a404IsAClientError() throws Exception {
		run(Faults.answer(Responses.response("404 Not Found", "no")));
		assertRecorded("client_error", "404", "none", "none");
	}

	@Test
	void a500IsAServerError() throws Exception {
		run(Faults.answer(Responses.response("500 Internal Server Error", "no")));
		assertRecorded("server_error", "500", "none", "none");
	}

	@Test
	void a304IsARedirection() throws Exception {
		run(Faults.answer(Responses.head("304 Not Modified")));
		assertRecorded("redirection", "304", "none", "none");
	}

	@Test
	void anUnregisteredStatusIsOther() throws Exception {
		run(Faults.answer(Responses.response("299 Odd", "")));
		assertRecorded("success", "other", "none", "none");
	}

	@Test
	void aTruncatedBodyIsANetworkErrorOfAResponseWithStatus200() throws Exception {
		run(Faults.truncated());
		assertRecorded("network_error", "200", "connection_closed", "XhrException");
	}

	@Test
	void anAbortInTheBody() throws Exception {
		run(Faults.stalled(), Faults::abortInBody);
		assertRecorded("abort", "200", "abort", "none");
	}

	@Test
	void anAbortBeforeTheResponse() throws Exception {
		try (FaultServer server = FaultServer.start(Faults.silent())) {
			XMLHttpRequest request = this.client.open("GET", server.url("/"));
			request.send();
			server.await("received");
			request.abort();
			this.client.awaitRecorded();
		}
		assertRecorded("abort", "none", "abort", "none");
	}

	@Test
	void aSlowDripThatTakesLongerThanTheTimeout() throws Exception {
		run(Faults.slowDrip(), Faults::timeOutInBody);
		assertRecorded("timeout", "200", "timeout", "XhrException");
	}

	@Test
	void aTimeoutBeforeTheResponse() throws Exception {
		run(Faults.silent(), (request) -> request.setTimeout(200));
		assertRecorded("timeout", "none", "timeout", "XhrException");
	}

	@Test
	void aRefusedConnection() throws Exception {
		try (DeadPort port = FaultServer.refusing()) {
			this.client.get(port.url("/"));
		}
		assertRecorded("network_error", "none", "connect", "XhrException");
	}

	@Test
	void aRequestThatIsOpenedAnew() throws Exception {
		try (FaultServer server = FaultServer.start(Faults.silent())) {
			XMLHttpRequest request = this.client.open("GET", server.url("/"));
			request.send();
			server.await("received");
			request.open("GET", server.url("/other"));
			this.client.awaitRecorded();
		}
		assertRecorded("superseded", "none", "none", "none");
	}

	@Test
	void theUriIsTheTemplate() throws Exception {
		try (FaultServer server = FaultServer.start(Faults.answer(Responses.ok("")))) {
			XMLHttpRequest request = this.client.create();
			request.open(HttpMethod.GET, server.url("/orders/{id}"), 42);
			request.send();
			this.client.awaitRecorded();
		}
		assertThat(this.client.requestTags()).containsEntry("uri", "/orders/{id}");
		TestObservationRegistryAssert.assertThat(this.client.observations())
			.hasSingleObservationThat()
			.hasContextualNameEqualTo("GET /orders/{id}");
	}

	@Test
	void aMethodThatIsNotKnownIsOther() throws Exception {
		try (FaultServer server = FaultServer.start(Faults.answer(Responses.ok("")))) {
			this.client.open("BREW", server.url("/")).send();
			this.client.awaitRecorded();
		}
		assertThat(this.client.requestTags()).containsEntry("method", "other");
		TestObservationRegistryAssert.assertThat(this.client.observations())
			.hasSingleObservationThat()
			.hasContextualNameEqualTo("HTTP");
	}

	@Test
	void theParentIsTheCurrentObservationOfTheThreadThatSends() throws Exception {
		Observation parent = Observation.start("parent", this.client.observations());
		try (FaultServer server = FaultServer.start(Faults.answer(Responses.ok("")));
				Observation.Scope scope = parent.openScope()) {
			assertThat(scope.getCurrentObservation()).isSameAs(parent);
			this.client.get(server.url("/"));
		}
		TestObservationRegistryAssert.assertThat(this.client.observations())
			.hasObservationWithNameEqualTo("xhr.requests")
			.that()
			.hasParentObservationEqualTo(parent)
			.hasBeenStopped();
	}

	@Test
	void isActiveFromSendToItsEnd() throws Exception {
		try (FaultServer server = FaultServer.start(Faults.silent())) {
			XMLHttpRequest request = this.client.open("GET", server.url("/"));
			assertThat(this.client.meters().find("xhr.requests.active").longTaskTimer()).isNull();
			request.send();
			LongTaskTimer active = this.client.meters().get("xhr.requests.active").longTaskTimer();
			assertThat(active.activeTasks()).isOne();
			assertThat(ObservedClient.tags(active)).isEqualTo(Map.of("client", "test", "method", "GET", "uri", "none",
					"status", "none", "outcome", "none", "exception", "none"));
			request.abort();
			this.client.awaitRecorded();
			assertThat(active.activeTasks()).isZero();
		}
	}

	@Test
	void theErrorTellsNoSecrets() throws Exception {
		try (DeadPort port = FaultServer.refusing()) {
			this.client.get("http://user:secret@127.0.0.1:" + port.port() + "/secret?token=secret");
		}
		TestObservationRegistryAssert.assertThat(this.client.observations())
			.hasSingleObservationThat()
			.thenError()
			.isInstanceOf(XhrException.class)
			.hasMessageStartingWith("NetworkError: connect while connecting")
			.hasNoCause()
			.message()
			.doesNotContain("secret");
		assertThat(this.client.meters().getMeters()).flatExtracting((Meter meter) -> meter.getId().getTags())
			.extracting(Tag::getValue)
			.noneMatch((value) -> value.contains("secret"));
	}

	@Test
	void aConventionCanRenameTheObservationAndAddKeys() throws Exception {
		try (ObservedClient custom = new ObservedClient(new CustomConvention());
				FaultServer server = FaultServer.start(Faults.answer(Responses.ok("")))) {
			custom.get(server.url("/"));
			assertThat(custom.meters().get("outbound").tag("team", "orders").tag("outcome", "success").timer().count())
				.isOne();
			assertThat(custom.meters().find("xhr.requests").timers()).isEmpty();
		}
	}

	@Test
	void aRegistryThatIsANoOpCostsNothing() {
		for (ObservationRegistry registry : List.of(ObservationRegistry.NOOP, ObservationRegistry.create())) {
			assertThat(new XhrObservationListenerFactory(registry, null).create("test", this.client.create())).isNull();
		}
	}

	@Test
	void anObservationThatIsSwitchedOffCostsNothing() {
		this.client.observations()
			.observationConfig()
			.observationPredicate((name, context) -> !name.equals("xhr.requests"));
		assertThat(exchangeListener(this.client.observations())).isNull();
	}

	private Object exchangeListener(ObservationRegistry registry) {
		return new XhrObservationListenerFactory(registry, null).create("test", this.client.create())
			.sent(ObservedClient.sending("GET", null, false));
	}

	private void run(Script script) throws Exception {
		run(script, (request) -> {
		});
	}

	private void run(Script script, Consumer<XMLHttpRequest> preparation) throws Exception {
		try (FaultServer server = FaultServer.start(script)) {
			XMLHttpRequest request = this.client.open("GET", server.url("/"));
			preparation.accept(request);
			request.send();
			this.client.awaitRecorded();
		}
	}

	private void assertRecorded(String outcome, String status, String exception, String error) {
		assertThat(this.client.requestTags()).isEqualTo(Map.of("client", "test", "method", "GET", "uri", "none",
				"outcome", outcome, "status", status, "exception", exception, "error", error));
		TestObservationRegistryAssert.assertThat(this.client.observations())
			.hasSingleObservationThat()
			.hasNameEqualTo("xhr.requests")
			.hasContextualNameEqualTo("GET")
			.hasBeenStarted()
			.hasBeenStopped();
	}

	private static final class CustomConvention extends DefaultXhrObservationConvention {

		@Override
		public String getName() {
			return "outbound";
		}

		@Override
		public KeyValues getLowCardinalityKeyValues(XhrObservationContext context) {
			return super.getLowCardinalityKeyValues(context).and("team", "orders");
		}

	}

}
