package io.github.springxhr.benchmarks.load;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import javax.xml.parsers.DocumentBuilderFactory;

import io.github.springxhr.benchmarks.peer.Client;
import io.github.springxhr.benchmarks.startup.StartupBenchmark.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

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
		String report = Report.of(results());
		Scenarios.all().forEach((scenario) -> assertThat(report).contains("### " + scenario.name()));
		assertThat(report)
			.contains("| bytes per 1 KiB GET, all events listened to | ≤ 17,500 | ≤ 14,000 | "
					+ "20,000 (20,000 to 20,000) | **missed** |")
			.contains("| throughput, 64 in flight | ≥ 0.95 | ≥ 1.05 | 1.00 (1.00 to 1.00) | reached |")
			.contains(
					"| the same: MB of live heap while they are in flight | – | ≤ 60 | 50 (50 to 50) | aim reached |");
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

	@Test
	void resultsSurviveTheFile(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("results.tsv");
		Results results = results();
		results.startup(Map.of(Kind.WITHOUT, List.of(1.5, 2.5), Kind.STARTER, List.of(2.5, 4.5), Kind.NAMED_CLIENTS,
				List.of(3.5, 5.5)), "On another day");
		Archive.write(file, results);
		assertThat(Report.of(Archive.read(file, "Measured"))).isEqualTo(Report.of(results)).contains("On a day");
		assertThatIllegalStateException().isThrownBy(() -> Archive.read(file, "Other versions"))
			.withMessageContainingAll(file.toString(), "Is: Other versions", "Was: Measured");
	}

	@Test
	void whoIsComparedInFewerProcessesIsComparedWithTheirRounds(@TempDir Path directory) throws IOException {
		Path file = directory.resolve("results.tsv");
		Scenario scenario = Scenarios.all().get(1);
		List<Measurement> base = List.of(round(10), round(20));
		Results results = new Results("Measured");
		results.add(scenario, List.of(new Result(scenario.base(), base, base, 0),
				new Result(Client.APACHE, List.of(round(20)), base.subList(0, 1), 0)), "On a day");
		Archive.write(file, results);
		assertThat(Archive.read(file, "Measured").of(scenario.name(), Client.APACHE).orElseThrow().throughput())
			.isEqualTo(new Spread(2, 2, 2));
	}

	private static Results results() {
		Results results = new Results("Measured");
		for (Scenario scenario : Scenarios.all()) {
			List<Measurement> rounds = List.of(round(10_000), round(10_000));
			results.add(scenario,
					scenario.clients().stream().map((client) -> new Result(client, rounds, rounds, 48 << 20)).toList(),
					"On a day");
		}
		return results;
	}

	private static Measurement round(long requests) {
		return new Measurement(requests, 0, requests * 1024, 1_000_000_000, 500_000_000, requests * 20_000, 0);
	}

}
