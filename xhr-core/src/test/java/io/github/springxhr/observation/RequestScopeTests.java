package io.github.springxhr.observation;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrEventType;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.micrometer.observation.Observation;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.tracing.Span;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is current while a request works, and what is nested below it.
 */
class RequestScopeTests {

	private final ObservedClient client = new ObservedClient(null, true, (builder) -> builder);

	private final List<String> seen = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.client.close();
	}

	@Test
	void theObservationIsCurrentInEachListener() throws Exception {
		XMLHttpRequest request = listenedTo();
		try (FaultServer server = FaultServer.start(Faults.answer(Responses.ok("hello")))) {
			request.open("POST", server.url("/"));
			this.seen.clear();
			request.send("twelve bytes");
			this.client.awaitRecorded();
		}
		assertThat(this.seen).hasSizeGreaterThan(8).allMatch((current) -> current.equals("xhr.requests"));
	}

	@Test
	void theObservationIsCurrentInTheListenersOfAnAbortFromElsewhere() throws Exception {
		XMLHttpRequest request = listenedTo();
		try (FaultServer server = FaultServer.start(Faults.silent())) {
			request.open("GET", server.url("/"));
			request.send();
			server.await("received");
			this.seen.clear();
			request.abort();
			this.client.awaitRecorded();
		}
		assertThat(this.seen).hasSize(3).allMatch((current) -> current.equals("xhr.requests"));
		assertThat(this.client.observations().getCurrentObservation()).isNull();
	}

	@Test
	void nothingIsCurrentAfterSendHasReturned() throws Exception {
		Observation caller = Observation.start("caller", this.client.observations());
		try (FaultServer server = FaultServer.start(Faults.answer(Responses.ok("")));
				Observation.Scope scope = caller.openScope()) {
			this.client.open("GET", server.url("/")).send();
			assertThat(this.client.observations().getCurrentObservation()).isSameAs(scope.getCurrentObservation());
			this.client.awaitRecorded();
		}
	}

	@Test
	void theObservationIsCurrentDuringASynchronousRequestAndNotAfterIt() throws Exception {
		try (FaultServer server = FaultServer.start(Faults.answer(Responses.ok("")))) {
			XMLHttpRequest request = this.client.create();
			request.open("GET", server.url("/"), false);
			request.send();
		}
		this.client.awaitRecorded();
		assertThat(this.client.observations().getCurrentObservation()).isNull();
		assertThat(this.client.requestTags()).containsEntry("outcome", "success");
	}

	@Test
	void theEndOfTheRequestIsToldWhenItsScopeIsClosed() throws Exception {
		// the registry of these tests throws if an observation is stopped with an open
		// scope
		try (FaultServer server = FaultServer.start(Faults.stalled())) {
			XMLHttpRequest request = this.client.open("GET", server.url("/"));
			request.setOnprogress((event) -> {
				Observation own = Observation.start("own", this.client.observations());
				own.scoped(() -> {
					request.abort();
					this.seen.add(name(this.client.observations().getCurrentObservation()));
				});
				own.stop();
				this.seen.add(name(this.client.observations().getCurrentObservation()));
			});
			request.send();
			this.client.awaitRecorded();
		}
		assertThat(this.seen).containsExactly("own", "xhr.requests");
		assertThat(this.client.requestTags()).containsEntry("outcome", "abort");
	}

	@Test
	void theParentOfARequestThatAListenerSendsIsTheOneItListensTo() throws Exception {
		try (FaultServer server = FaultServer.start(Faults.answer(Responses.ok("first")),
				Faults.answer(Responses.response("404 Not Found", "")))) {
			XMLHttpRequest first = this.client.open("GET", server.url("/"));
			first.setOnload((event) -> this.client.open("PUT", server.url("/next")).send());
			first.send();
			this.client.awaitRecorded();
			this.client.awaitRecorded();
		}
		assertThat(spans("PUT").parent()).isEqualTo(spans("GET").id());
	}

	@Test
	void whatWebClientObservesIsNestedOnceForEachHop() throws Exception {
		try (FaultServer server = FaultServer.start(Faults.answer(Responses.redirect("302 Found", "/next")),
				Faults.answer(Responses.redirect("302 Found", "/last")), Faults.answer(Responses.ok("hello")))) {
			Observation parent = Observation.start("parent", this.client.observations());
			try (Observation.Scope scope = parent.openScope()) {
				assertThat(scope.getCurrentObservation()).isSameAs(parent);
				this.client.get(server.url("/"));
			}
			parent.stop();
		}
		TestObservationRegistryAssert.assertThat(this.client.observations())
			.hasNumberOfObservationsWithNameEqualTo("http.client.requests", 3)
			.hasNumberOfObservationsWithNameEqualTo("xhr.requests", 1);
		assertThat(spans("GET").parent()).isEqualTo(spans("parent").id());
		assertThat(this.client.tracer().getSpans()).filteredOn((span) -> span.getName().equals("http get"))
			.hasSize(3)
			.allMatch((span) -> spans("GET").id().equals(span.context().parentId()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "answered", "aborted", "superseded", "synchronous" })
	void theSpanIsCurrentWhenTheLineIsLogged(String ending) throws Exception {
		Logger logger = (Logger) LoggerFactory.getLogger("io.github.springxhr.requests.test");
		AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
			@Override
			protected void append(ILoggingEvent event) {
				Span span = RequestScopeTests.this.client.tracer().currentSpan();
				RequestScopeTests.this.seen.add((span != null) ? span.context().spanId() : "none");
			}
		};
		appender.start();
		logger.setLevel(Level.DEBUG);
		logger.addAppender(appender);
		try (FaultServer server = FaultServer.start(ending.equals("answered") || ending.equals("synchronous")
				? Faults.answer(Responses.ok("hello")) : Faults.silent())) {
			XMLHttpRequest request = this.client.create();
			request.open("GET", server.url("/"), !ending.equals("synchronous"));
			request.send();
			if (ending.equals("aborted")) {
				server.await("received");
				request.abort();
			}
			else if (ending.equals("superseded")) {
				server.await("received");
				request.open("GET", server.url("/"));
			}
			this.client.awaitRecorded();
		}
		finally {
			logger.detachAppender(appender);
			logger.setLevel(null);
		}
		assertThat(this.seen).containsExactly(spans("GET").id());
		assertThat(this.client.tracer().currentSpan()).isNull();
	}

	private XMLHttpRequest listenedTo() {
		XMLHttpRequest request = this.client.create();
		for (XhrEventType type : XhrEventType.values()) {
			request.addEventListener(type.eventName(),
					(event) -> this.seen.add(name(this.client.observations().getCurrentObservation())));
			request.getUpload()
				.addEventListener(type.eventName(),
						(event) -> this.seen.add(name(this.client.observations().getCurrentObservation())));
		}
		return request;
	}

	private static String name(Observation observation) {
		return (observation != null) ? String.valueOf(observation.getContext().getName()) : "none";
	}

	private Ids spans(String name) {
		return this.client.tracer()
			.getSpans()
			.stream()
			.filter((span) -> span.getName().equals(name))
			.map((span) -> new Ids(span.context().spanId(), span.context().parentId()))
			.findFirst()
			.orElseThrow();
	}

	private record Ids(String id, String parent) {

	}

}
