package io.github.springxhr.observation;

import java.util.Map;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.fixture.FaultServer;
import io.micrometer.core.instrument.Timer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The same faults, side by side: what a plain {@link WebClient} records, and what we do.
 */
class WebClientComparisonTests {

	private final ObservedClient client = new ObservedClient();

	private final WebClient webClient = WebClient.builder().observationRegistry(this.client.observations()).build();

	@AfterEach
	void close() {
		this.client.close();
	}

	@Test
	void aTruncatedBodyIsASuccessForWebClientAndANetworkErrorHere() throws Exception {
		try (FaultServer server = FaultServer.start(Faults.truncated())) {
			StepVerifier.create(lines(server)).expectNext("first line").verifyError();
			this.client.get(server.url("/"));
		}
		assertThat(webClientTags()).containsEntry("outcome", "SUCCESS").containsEntry("status", "200");
		assertThat(this.client.requestTags()).containsEntry("outcome", "network_error")
			.containsEntry("status", "200")
			.containsEntry("exception", "connection_closed");
	}

	@Test
	void anAbortInTheBodyIsASuccessForWebClientAndAnAbortHere() throws Exception {
		try (FaultServer server = FaultServer.start(Faults.stalled())) {
			StepVerifier.create(lines(server)).expectNext("first line").thenCancel().verify();
			XMLHttpRequest request = this.client.open("GET", server.url("/"));
			Faults.abortInBody(request);
			request.send();
			this.client.awaitRecorded();
		}
		assertThat(webClientTags()).containsEntry("outcome", "SUCCESS").containsEntry("status", "200");
		assertThat(this.client.requestTags()).containsEntry("outcome", "abort").containsEntry("exception", "abort");
	}

	private Flux<String> lines(FaultServer server) {
		return this.webClient.get().uri(server.url("/")).retrieve().bodyToFlux(String.class);
	}

	private Map<String, String> webClientTags() {
		Timer timer = await().until(() -> this.client.meters().find("http.client.requests").timer(),
				(found) -> found != null);
		assertThat(timer.count()).isOne();
		return ObservedClient.tags(timer);
	}

}
