package io.github.springxhr.autoconfigure.har;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.autoconfigure.XhrFactories;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link XhrHarEndpoint} over HTTP, in an application as a user would run it.
 */
class XhrHarEndpointWebTests {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final FaultServer server = FaultServer.start(Script.keepAlive((connection) -> {
		connection.readRequest();
		switch (connection.request().target()) {
			case "/api/old" -> connection.send(Responses.redirect("302 Found", "/api/items/7"));
			case "/api/cut" -> connection.send(Responses.head("200 OK", "Content-Length: 100") + "hello").truncate();
			case "/api/silent" -> connection.awaitPeerClosed();
			default -> connection.send(Responses.ok("hello", "Content-Type: text/plain", "X-Tenant: 42"));
		}
	}));

	private final HttpClient http = HttpClient.newHttpClient();

	private ConfigurableApplicationContext context;

	@AfterEach
	void stop() {
		if (this.context != null) {
			this.context.close();
		}
		this.server.close();
	}

	@Test
	void whatIsAnsweredIsAnArchive() throws Exception {
		run();
		send("items/{id}", 0, "7");
		send("old", 0);
		send("cut", 0);
		send("silent", 50);
		JsonNode archive = archive(5);
		assertThat(HarRules.violations(archive)).isEmpty();
		assertThat(archive.at("/log/entries").valueStream().map((entry) -> entry.at("/response/status").asInt()))
			.containsExactly(200, 302, 200, 0, 0);
		assertThat(archive.at("/log/entries").valueStream().map((entry) -> entry.at("/_xhr/outcome").asString()))
			.containsExactly("success", "redirection", "success", "network_error", "timeout");
	}

	@Test
	void anEmptyArchiveIsOneToo() throws Exception {
		run();
		HttpResponse<String> response = call("GET");
		assertThat(response.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("application/json"));
		assertThat(HarRules.violations(MAPPER.readTree(response.body()))).isEmpty();
	}

	@Test
	void answersWhatTheDocumentationShows() throws Exception {
		run();
		send("items/{id}", 0, "7");
		String shown = normalized(
				archive(1).at("/log/entries/0").toString().replace(this.server.url("/"), "https://orders.example/"));
		JsonNode documented = MAPPER.readTree(block("json"));
		assertThat(MAPPER.readTree(shown)).isEqualTo(MAPPER.readTree(normalized(documented.toString())));
	}

	@Test
	void clearingNeedsUnrestrictedAccess() throws Exception {
		run();
		send("a", 0);
		archive(1);
		assertThat(call("DELETE").statusCode()).isIn(404, 405);
		archive(1);
	}

	@Test
	void clearingForgetsAll() throws Exception {
		run("management.endpoint.xhrhar.access=unrestricted");
		send("a", 0);
		archive(1);
		assertThat(call("DELETE").statusCode()).isEqualTo(204);
		assertThat(MAPPER.readTree(call("GET").body()).at("/log/entries").size()).isZero();
	}

	/** What differs from one run to the next, and the address behind the example. */
	private static String normalized(String json) {
		return json.replaceAll("(\"(?:time|blocked|dns|connect|send|wait|receive)\"):[0-9.E-]+", "$1:1.0")
			.replaceAll("\"startedDateTime\":\"[0-9-]+T[0-9:.]+Z\"", "\"startedDateTime\":\"\"")
			.replaceAll("\"connection\":\"[0-9]+\"", "\"connection\":\"\"")
			.replaceAll("\"serverIPAddress\":\"[0-9.]+\"", "\"serverIPAddress\":\"\"");
	}

	private void run(String... properties) {
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.properties(properties)
			.properties(Map.of("server.port", "0", "management.endpoints.web.exposure.include", "xhrhar",
					"spring.main.banner-mode", "off", "spring.jmx.enabled", "false", "xhr.clients.orders.base-url",
					this.server.url("/api/")))
			.run();
	}

	private void send(String template, int timeout, Object... variables) {
		XMLHttpRequest request = this.context.getBean(XhrFactories.class).get("orders").create();
		request.setTimeout(timeout);
		request.open(HttpMethod.GET, template, variables);
		request.sendAsync(null).exceptionally((ex) -> request).join();
	}

	private JsonNode archive(int entries) {
		return Awaitility.await()
			.until(() -> MAPPER.readTree(call("GET").body()),
					(archive) -> archive.at("/log/entries").size() == entries);
	}

	private HttpResponse<String> call(String method) throws IOException, InterruptedException {
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/actuator/xhrhar"))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build();
		return this.http.send(request, HttpResponse.BodyHandlers.ofString());
	}

	private static String block(String language) throws IOException {
		Matcher matcher = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(Path.of("..", "docs", "har.md")));
		assertThat(matcher.find()).isTrue();
		return matcher.group(1);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			exclude = { ServletWebSecurityAutoConfiguration.class, SecurityFilterAutoConfiguration.class,
					ManagementWebSecurityAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class })
	static class Application {

	}

}
