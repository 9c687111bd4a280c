package io.github.springxhr.demo.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a real browser sees of a request, the server sees as well.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "demo.pace=0.05", "spring.main.web-application-type=reactive" })
@ExtendWith(ChromiumExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScenariosEndToEndTests {

	private static final JsonMapper JSON = new JsonMapper();

	private static final long SEED = Long.getLong("demo.e2e.seed", 20261120);

	private static final int COUNT = Integer.getInteger("demo.e2e.random", 20);

	private DemoPage page;

	@BeforeAll
	void open(Browser browser, @LocalServerPort int port) {
		this.page = new DemoPage(browser, new Browser.NewContextOptions(), "http://localhost:" + port + "/");
	}

	@AfterAll
	void close() {
		if (this.page != null) {
			this.page.close();
		}
	}

	@TestFactory
	Stream<DynamicTest> everyScenarioIsSeenAlike() {
		Map<String, Map<String, Object>> scenarios = this.page.scenarios();
		assertThat(scenarios).hasSizeGreaterThan(15);
		return scenarios.entrySet()
			.stream()
			.map((scenario) -> DynamicTest.dynamicTest(scenario.getKey(),
					() -> compare(scenario.getKey(), scenario.getValue(), scenario.getKey())));
	}

	@TestFactory
	Stream<DynamicTest> whatIsMadeUpIsSeenAlike() {
		List<Map<String, Object>> specs = RandomSpecs.of(SEED, COUNT);
		return specs.stream()
			.map((spec) -> DynamicTest.dynamicTest((SEED + specs.indexOf(spec)) + " " + spec.get("url"),
					() -> compare(spec, spec,
							"again with -Ddemo.e2e.random=1 -Ddemo.e2e.seed=" + (SEED + specs.indexOf(spec)))));
	}

	private void compare(Object scenario, Map<String, Object> spec, String description) {
		DemoPage.Outcome outcome = this.page.run(scenario);
		assertThat(outcome.browser().events()).as("the browser's events").isNotEmpty();
		Log standard = KnownDifference.toStandard(outcome.browser(), spec);
		List<String> differences = Comparison.differences(standard, outcome.server());
		assertThat(differences).as("%s, %s", description, JSON.writeValueAsString(spec)).isEmpty();
		assertThat(this.page.complaints()).as(description).isEmpty();
	}

	@Test
	void everyKnownDifferenceIsExplainedAndThereAreTenAtMost() throws IOException {
		List<String> document = Files.readAllLines(Path.of("../docs/conformance.md"));
		List<String> explained = document
			.subList(document.indexOf("## Where Chromium differs"), document.indexOf("## What is not there yet"))
			.stream()
			.filter((line) -> line.matches("\\| `[A-Z0-9_]+` \\|.*"))
			.map((line) -> line.split("`")[1])
			.toList();
		assertThat(explained).isEqualTo(Arrays.stream(KnownDifference.values()).map(Enum::name).toList())
			.hasSizeLessThanOrEqualTo(10);
	}

}
