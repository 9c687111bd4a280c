package io.github.springxhr.benchmarks.load;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;

import io.github.springxhr.benchmarks.peer.Client;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what is written about results.
 */
class ReportTests {

	@Test
	void ratiosAreThoseOfEachRound() {
		Result result = new Result(Client.XHR, List.of(round(20), round(30), round(10)),
				List.of(round(10), round(10), round(10)), 0);
		assertThat(result.throughput()).isEqualTo(new Spread(1.5, 2, 2.5));
	}

	@Test
	void reportHasEachScenarioAndSaysWhatIsMissed() {
		String report = Report.of(results(), "Measured");
		Scenarios.all().forEach((scenario) -> assertThat(report).contains("### " + scenario.name()));
		assertThat(report)
			.contains("| bytes per 1 KiB GET, all events listened to | ≤ 17,500 | ≤ 14,000 | "
					+ "20,000 (20,000 to 20,000) | **missed** |")
			.contains("| throughput, 64 in flight | ≥ 0.95 | ≥ 1.05 | 1.00 (1.00 to 1.00) | reached |")
			.contains(
					"| the same: MiB of live heap while they are in flight | – | ≤ 60 | 48 (48 to 48) | aim reached |");
	}

	@Test
	void chartIsXml() throws Exception {
		byte[] svg = BarChart.of(results()).getBytes(StandardCharsets.UTF_8);
		Document document = DocumentBuilderFactory.newInstance()
			.newDocumentBuilder()
			.parse(new ByteArrayInputStream(svg));
		assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
		assertThat(document.getElementsByTagName("rect").getLength()).isGreaterThan(20);
	}

	@Test
	void measurementSurvivesTheWayBetweenProcesses() {
		Measurement measurement = new Measurement(1, 2, 3, 4, 5, 6, 7);
		assertThat(Measurement.parse(measurement.toLine())).isEqualTo(measurement);
	}

	private static Results results() {
		Results results = new Results();
		for (Scenario scenario : Scenarios.all()) {
			List<Measurement> rounds = List.of(round(10_000), round(10_000));
			results.add(scenario,
					scenario.clients().stream().map((client) -> new Result(client, rounds, rounds, 48 << 20)).toList(),
					3);
		}
		return results;
	}

	private static Measurement round(long requests) {
		return new Measurement(requests, 0, requests * 1024, 1_000_000_000, 500_000_000, requests * 20_000, 0);
	}

}
