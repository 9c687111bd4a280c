package io.github.springxhr.autoconfigure.observability;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrOutcome;
import io.github.springxhr.autoconfigure.XhrFactories;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The dashboard and the alert rules of {@code docs/observability}, held against what an
 * application with the properties of that page's README really gives to Prometheus.
 */
class ObservabilityDocumentsTests {

	private static final Path DOCUMENTS = Path.of("..", "docs", "observability");

	private static final String ORIGIN = "https://shop.example";

	private static FaultServer server;

	private static ConfigurableApplicationContext context;

	private static String text;

	private static Scrape scrape;

	@BeforeAll
	static void scrape() throws Exception {
		server = FaultServer.start(Script.keepAlive((connection) -> {
			connection.readRequest();
			switch (connection.request().target()) {
				case "/moved" -> connection.send(Responses.redirect("302 Found", "/"));
				case "/choices" -> connection.send(Responses.response("300 Multiple Choices", ""));
				case "/missing" -> connection.send(Responses.response("404 Not Found", ""));
				case "/broken" -> connection.send(Responses.response("500 Internal Server Error", ""));
				case "/cut" -> connection.send(Responses.head("200 OK", "Content-Length: 100") + "hello").truncate();
				case "/silent" -> connection.awaitPeerClosed();
				case "/closed" -> connection.send(Responses.ok("no one may see this"));
				default -> connection.send(Responses.ok("hello", "Access-Control-Allow-Origin: " + ORIGIN,
						"Access-Control-Allow-Headers: x-tenant"));
			}
		}));
		context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.properties(documentedProperties())
			.properties(Map.of("server.port", "0", "spring.main.banner-mode", "off", "spring.jmx.enabled", "false",
					"spring.application.name", "shop", "xhr.clients.orders.base-url", server.url("/"),
					"xhr.clients.orders.cookies.enabled", "true", "xhr.clients.browser.origin", ORIGIN))
			.run();
		requestsOfAllKinds();
		text = get("/actuator/prometheus");
		scrape = Scrape.parse(text);
	}

	@AfterAll
	static void stop() {
		context.close();
		server.close();
	}

	@Test
	void allOutcomesWereScraped() {
		assertThat(scrape.values("xhr_requests_seconds_count", "outcome"))
			.containsExactlyInAnyOrderElementsOf(Arrays.stream(XhrOutcome.values()).map(XhrOutcome::tag).toList());
	}

	@TestFactory
	List<DynamicTest> eachNameInTheDashboardIsInTheScrape() throws IOException {
		List<DynamicTest> tests = new ArrayList<>();
		for (JsonNode panel : dashboard().get("panels")) {
			for (JsonNode target : panel.path("targets")) {
				String expression = target.get("expr").asString();
				tests.add(test(panel.get("title").asString() + " " + target.get("refId").asString(),
						PromQl.parse(expression)));
			}
		}
		for (JsonNode variable : dashboard().at("/templating/list")) {
			if (variable.get("type").asString().equals("query")) {
				tests.add(test("$" + variable.get("name").asString(),
						PromQl.parseVariable(variable.get("query").get("query").asString())));
			}
		}
		assertThat(tests).hasSizeGreaterThan(20);
		return tests;
	}

	@TestFactory
	List<DynamicTest> eachNameInTheAlertRulesIsInTheScrape() throws IOException {
		List<DynamicTest> tests = new ArrayList<>();
		for (Map<String, Object> rule : rules()) {
			tests.add(test(rule.get("alert").toString(), PromQl.parse(rule.get("expr").toString())));
		}
		assertThat(tests).hasSizeGreaterThanOrEqualTo(5);
		return tests;
	}

	@Test
	void eachMetricOfTheFamilyIsInTheDashboard() throws IOException {
		Set<String> shown = new HashSet<>();
		dashboard().get("panels")
			.valueStream()
			.flatMap((panel) -> panel.path("targets").valueStream())
			.flatMap((target) -> PromQl.parse(target.get("expr").asString()).selectors().stream())
			.forEach((selector) -> shown.add(selector.metric().replaceAll("_(bucket|count|sum|max)$", "")));
		Set<String> families = new TreeSet<>();
		Matcher type = Pattern.compile("(?m)^# TYPE (xhr_\\w+?)(?:_max)? ").matcher(text);
		while (type.find()) {
			families.add(type.group(1));
		}
		assertThat(families).contains("xhr_requests_seconds")
			.allSatisfy((family) -> assertThat(shown).contains(family));
	}

	@Test
	void theDashboardIsWhatGrafanaTakes() throws IOException {
		JsonNode dashboard = dashboard();
		assertThat(dashboard.get("schemaVersion").asInt()).isGreaterThanOrEqualTo(39);
		assertThat(dashboard.at("/templating/list").valueStream().map((variable) -> variable.get("name").asString()))
			.containsExactly("datasource", "application", "client");
		Set<Integer> ids = new HashSet<>();
		Map<String, String> cells = new HashMap<>();
		for (JsonNode panel : dashboard.get("panels")) {
			String title = panel.get("title").asString();
			assertThat(ids.add(panel.get("id").asInt())).as(title).isTrue();
			JsonNode place = panel.get("gridPos");
			assertThat(place.get("x").asInt() + place.get("w").asInt()).as(title).isLessThanOrEqualTo(24);
			for (int x = 0; x < place.get("w").asInt(); x++) {
				for (int y = 0; y < place.get("h").asInt(); y++) {
					String cell = (place.get("x").asInt() + x) + "/" + (place.get("y").asInt() + y);
					assertThat(cells.put(cell, title)).as(title + " overlaps").isNull();
				}
			}
			assertThat(panel.path("targets").valueStream()).as(title)
				.allSatisfy((target) -> assertThat(target.at("/datasource/uid").asString()).isEqualTo("${datasource}"));
		}
	}

	@Test
	void theAlertRulesAreWhatPrometheusTakes() throws IOException {
		Set<String> names = new HashSet<>();
		for (Map<String, Object> rule : rules()) {
			String name = rule.get("alert").toString();
			assertThat(names.add(name)).as(name).isTrue();
			assertThat(rule.keySet()).as(name).isSubsetOf("alert", "expr", "for", "labels", "annotations");
			assertThat(rule.getOrDefault("for", "0s").toString()).as(name).matches("[0-9]+[smh]");
			assertThat(rule.get("labels").toString()).as(name).containsPattern("severity=(critical|warning)");
			assertThat(rule.get("annotations").toString()).as(name).contains("summary=").contains("description=");
			Matcher label = Pattern.compile("\\$labels\\.(\\w+)").matcher(rule.get("annotations").toString());
			Set<String> grouping = PromQl.parse(rule.get("expr").toString()).groupingLabels();
			while (label.find()) {
				assertThat(grouping).as(name).contains(label.group(1));
			}
		}
	}

	private static DynamicTest test(String name, PromQl expression) {
		return DynamicTest.dynamicTest(name, () -> assertThat(expression.missingFrom(scrape)).isEmpty());
	}

	private static void requestsOfAllKinds() {
		XhrFactory orders = context.getBean(XhrFactories.class).get("orders");
		for (String path : List.of("", "moved", "choices", "missing", "broken", "cut")) {
			complete(opened(orders, path));
		}
		XMLHttpRequest tooSlow = opened(orders, "silent");
		tooSlow.setTimeout(50);
		complete(tooSlow);
		XMLHttpRequest aborted = opened(orders, "silent");
		aborted.send();
		aborted.abort();
		XMLHttpRequest superseded = opened(orders, "silent");
		superseded.send();
		superseded.open("GET", "");
		XhrFactory browser = context.getBean(XhrFactories.class).get("browser");
		complete(opened(browser, server.url("/closed")));
		XMLHttpRequest preflighted = browser.create();
		preflighted.open("GET", server.url("/"));
		preflighted.setRequestHeader("X-Tenant", "7");
		complete(preflighted);
		XMLHttpRequest refused = browser.create();
		refused.open("GET", server.url("/closed"));
		refused.setRequestHeader("X-Tenant", "7");
		complete(refused);
		// so that one is in flight during the scrape
		opened(orders, "silent").send();
	}

	private static XMLHttpRequest opened(XhrFactory factory, String url) {
		XMLHttpRequest request = factory.create();
		request.open(HttpMethod.GET, url);
		return request;
	}

	private static void complete(XMLHttpRequest request) {
		request.sendAsync(null).exceptionally((ex) -> request).join();
	}

	/** The properties that the README says the dashboard needs. */
	private static Properties documentedProperties() throws IOException {
		Matcher block = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(DOCUMENTS.resolve("README.md")));
		assertThat(block.find()).isTrue();
		YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
		yaml.setResources(new ByteArrayResource(block.group(1).getBytes(StandardCharsets.UTF_8)));
		return yaml.getObject();
	}

	private static JsonNode dashboard() throws IOException {
		return JsonMapper.shared().readTree(Files.readString(DOCUMENTS.resolve("xhr-dashboard.json")));
	}

	@SuppressWarnings("unchecked")
	private static List<Map<String, Object>> rules() throws IOException {
		Map<String, Object> file = new Yaml().load(Files.readString(DOCUMENTS.resolve("xhr-alerts.yml")));
		List<Map<String, Object>> rules = new ArrayList<>();
		((List<Map<String, Object>>) file.get("groups"))
			.forEach((group) -> rules.addAll((List<Map<String, Object>>) group.get("rules")));
		return rules;
	}

	private static String get(String path) throws IOException, InterruptedException {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build();
		HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(200);
		return response.body();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			exclude = { ServletWebSecurityAutoConfiguration.class, SecurityFilterAutoConfiguration.class,
					ManagementWebSecurityAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class })
	static class Application {

	}

}
