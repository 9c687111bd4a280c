package io.github.springxhr.demo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.springxhr.demo.DemoClient.Recording;
import io.github.springxhr.demo.run.Scenario;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The demo as its page sees it, twenty times as fast.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "demo.pace=0.05", "demo.heartbeat=20ms", "spring.main.web-application-type=reactive" })
class DemoApplicationTests {

	@Autowired
	private DemoProperties properties;

	@Autowired
	private MeterRegistry registry;

	private DemoClient demo;

	@BeforeEach
	void connect(@LocalServerPort int port) {
		this.demo = new DemoClient(port);
	}

	@Test
	void everyScenarioEndsAsItSaysAndEveryEventShownIsCounted() throws Exception {
		Map<String, Long> before = counted();
		Map<String, Long> shown = new TreeMap<>();
		for (Scenario scenario : this.properties.scenarios()) {
			Recording recording = this.demo.run(scenario.id());
			assertThat(recording.requestEvents()).as(scenario.id()).endsWith(scenario.ends(), "loadend");
			assertThat(recording.failed()).as(scenario.id()).isEqualTo(!scenario.ends().equals("load"));
			recording.events().forEach((event) -> shown.merge(event.name(), 1L, Long::sum));
		}
		Map<String, Long> counted = counted();
		before.forEach((name, count) -> counted.merge(name, -count, Long::sum));
		counted.values().removeIf((count) -> count == 0);
		assertThat(shown).isEqualTo(counted);
	}

	@Test
	void anUploadIsSeenToMove() throws Exception {
		List<DemoClient.ShownEvent> progress = this.demo.run("upload")
			.events()
			.stream()
			.filter((event) -> event.name().equals("upload progress"))
			.toList();
		assertThat(progress).hasSizeGreaterThan(2);
		assertThat(progress).extracting(DemoClient.ShownEvent::loaded).isSorted().endsWith(8L * 1024 * 1024);
	}

	@Test
	void aRunIsAbortedByItsId() throws Exception {
		Recording recording = this.demo.run("patience", (run) -> this.demo.abort(run));
		assertThat(recording.requestEvents()).endsWith("abort", "loadend");
		assertThat(recording.result().at("/result/readyState").intValue()).isZero();
		assertThat(recording.result().at("/failure/kind").stringValue()).isEqualTo("abort");
	}

	@Test
	void aPageThatGoesAwayAbortsItsRequest() throws Exception {
		long before = counted().getOrDefault("request abort", 0L);
		this.demo.leave("patience");
		await().untilAsserted(() -> assertThat(counted()).containsEntry("request abort", before + 1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/style.css", "/js/app.js", "/webjars/chart.js/4.5.1/dist/chart.umd.min.js",
			"/upstream/text", "/actuator/health", "/actuator/metrics", "/api/scenarios" })
	void thePageAndWhatItReadsAreThere(String path) throws Exception {
		assertThat(this.demo.status("GET", path)).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST /api/none", "DELETE /api/runs/0" })
	void whatIsNotThereIsNotFound(String request) throws Exception {
		String[] parts = request.split(" ");
		assertThat(this.demo.status(parts[0], parts[1])).isEqualTo(404);
	}

	private Map<String, Long> counted() {
		Map<String, Long> counts = new TreeMap<>();
		for (Counter counter : this.registry.find("xhr.events").counters()) {
			String name = counter.getId().getTag("target") + " " + counter.getId().getTag("type");
			counts.merge(name, (long) counter.count(), Long::sum);
		}
		return counts;
	}

}
