package io.github.springxhr.observation;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.fixture.DeadPort;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.micrometer.tracing.test.simple.SimpleSpan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SpanEvents}, over real sockets.
 */
class SpanEventsTests {

	private final ObservedClient client = new ObservedClient(null, false,
			(builder) -> builder.progressInterval(Duration.ZERO));

	@AfterEach
	void close() {
		this.client.close();
	}

	@Test
	void aRequestHasItsEventsAndThoseOfItsUpload() throws Exception {
		try (FaultServer server = FaultServer.start(Faults.answer(Responses.ok("hello")))) {
			XMLHttpRequest request = this.client.open("POST", server.url("/"));
			request.getUpload().setOnload((event) -> {
			});
			request.send("twelve bytes");
			this.client.awaitRecorded();
		}
		assertThat(events())
			.containsSubsequence("loadstart", "upload.loadstart", "upload.progress", "upload.load", "upload.loadend",
					"progress", "load", "loadend")
			.doesNotContain("readystatechange", "upload.readystatechange");
	}

	@Test
	void aLongDownloadAddsTheFirstProgressAndTheLast() throws Exception {
		Map<String, Integer> seen;
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest()
			.send(Responses.head("200 OK", "Content-Length: 300"))
			.drip(new byte[300], 1, Duration.ofMillis(1)))) {
			XMLHttpRequest request = this.client.create();
			seen = ObservedClient.countSeenEvents(request);
			request.open("GET", server.url("/"));
			request.send();
			this.client.awaitRecorded();
		}
		assertThat(seen.get("request.progress")).isGreaterThan(10);
		assertThat(events()).containsExactly("loadstart", "progress", "progress", "load", "loadend");
	}

	@Test
	void theEventsAreInTheOrderOfTheirTimes() throws Exception {
		aLongDownloadAddsTheFirstProgressAndTheLast();
		assertThat(span().getEvents()).extracting((event) -> event.getKey())
			.isSorted()
			.allMatch((micros) -> micros > 1_700_000_000_000_000L);
	}

	@Test
	void anErrorIsAnEvent() throws Exception {
		try (DeadPort port = FaultServer.refusing()) {
			this.client.get(port.url("/"));
		}
		assertThat(events()).containsExactly("loadstart", "error", "loadend");
	}

	@Test
	void theLastEventsAreThoseOfTheirOwnRequest() throws Exception {
		try (FaultServer server = FaultServer.start(Faults.answer(Responses.ok("first")),
				Faults.answer(Responses.ok("second")))) {
			XMLHttpRequest request = this.client.open("GET", server.url("/"));
			request.setOnload((event) -> {
				request.setOnload(null);
				request.open("GET", server.url("/next"));
				request.send();
			});
			request.send();
			this.client.awaitRecorded();
			this.client.awaitRecorded();
		}
		assertThat(this.client.tracer().getSpans()).hasSize(2)
			.allSatisfy((span) -> assertThat(names(span)).containsOnlyOnce("loadstart", "load", "loadend"));
	}

	@Test
	void noEventBecomesAMeter() throws Exception {
		aLongDownloadAddsTheFirstProgressAndTheLast();
		assertThat(this.client.meterNames()).contains("xhr.requests")
			.filteredOn((name) -> name.startsWith("xhr.requests."))
			.containsExactly("xhr.requests.active");
	}

	private List<String> events() {
		return names(span());
	}

	private SimpleSpan span() {
		return this.client.tracer().onlySpan();
	}

	private static List<String> names(SimpleSpan span) {
		return span.getEvents().stream().map(Map.Entry::getValue).toList();
	}

}
