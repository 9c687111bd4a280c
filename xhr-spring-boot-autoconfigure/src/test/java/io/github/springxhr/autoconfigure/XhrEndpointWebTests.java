package io.github.springxhr.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springxhr.EventLog;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrInFlight;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Script;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
 * {@link XhrEndpoint} over HTTP, in an application as a user would run it.
 */
class XhrEndpointWebTests {

	private final FaultServer server = FaultServer
		.start(Script.keepAlive((connection) -> connection.readRequest().awaitPeerClosed()));

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
	void answersWhatTheDocumentationShows() throws Exception {
		run("xhr.timeout=5s", "xhr.clients.orders.base-url=" + this.server.url("/api/"),
				"xhr.clients.orders.headers.X-Team=checkout", "xhr.clients.orders.credentials.bearer.token=t0ken");
		send(HttpMethod.GET, "items/{id}", "7");
		HttpResponse<String> response = call("GET", "/orders");
		assertThat(response.statusCode()).isEqualTo(200);
		String shown = response.body()
			.replace(this.server.url("/"), "https://orders.example/")
			.replaceAll("\"age\":\"PT[0-9.]+S\"", "\"age\":\"PT3.402S\"");
		JsonMapper mapper = JsonMapper.shared();
		assertThat(mapper.readTree(shown)).isEqualTo(mapper.readTree(block("json")));
	}

	@Test
	void showsAllClientsAndNoUnknownOne() throws Exception {
		run("xhr.clients.orders.base-url=" + this.server.url("/"));
		assertThat(JsonMapper.shared().readTree(call("GET", "").body()).get("clients").propertyNames())
			.containsExactly("default", "orders");
		assertThat(call("GET", "/unknown").statusCode()).isEqualTo(404);
	}

	@ParameterizedTest
	@CsvSource({ "management.endpoint.xhr.show-values=when-authorized", "management.endpoint.xhr.show-values=never" })
	void valuesAreMaskedForWhomTheyAreNotMeant(String property) throws Exception {
		run("xhr.clients.orders.base-url=" + this.server.url("/"), property);
		assertThat(call("GET", "/orders").body()).contains("\"baseUrl\":\"******\"").contains("\"maxRedirects\":20");
	}

	@Test
	void abortIsNotThereUnlessAccessIsUnrestricted() throws Exception {
		run("xhr.clients.orders.base-url=" + this.server.url("/"));
		send(HttpMethod.GET, "a");
		assertThat(call("DELETE", "/orders/" + inFlight().id()).statusCode()).isIn(404, 405);
		assertThat(inFlight().uri()).isEqualTo("a");
	}

	@Test
	void abortEndsTheRequest() throws Exception {
		run("xhr.clients.orders.base-url=" + this.server.url("/"), "management.endpoint.xhr.access=unrestricted");
		EventLog log = send(HttpMethod.GET, "a");
		long id = inFlight().id();
		assertThat(call("DELETE", "/orders/" + id).statusCode()).isEqualTo(204);
		assertThat(log.awaitEnd().entries()).contains("abort(0,0,false)");
		assertThat(call("DELETE", "/orders/" + id).statusCode()).isEqualTo(404);
		assertThat(call("DELETE", "/unknown/" + id).statusCode()).isEqualTo(404);
		assertThat(call("DELETE", "/orders/x").statusCode()).isEqualTo(400);
	}

	private void run(String... properties) {
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.properties(properties)
			.properties("server.port=0", "management.endpoints.web.exposure.include=xhr", "spring.main.banner-mode=off",
					"spring.jmx.enabled=false")
			.run();
	}

	private EventLog send(HttpMethod method, String template, Object... variables) {
		XMLHttpRequest request = this.context.getBean(XhrFactories.class).get("orders").create();
		EventLog log = EventLog.ofRequest(request);
		request.setTimeout(0);
		request.open(method, template, variables);
		request.send();
		return log;
	}

	private XhrInFlight inFlight() {
		XhrFactory orders = this.context.getBean(XhrFactories.class).get("orders");
		assertThat(orders.getInFlight()).hasSize(1);
		return orders.getInFlight().get(0);
	}

	private HttpResponse<String> call(String method, String path) throws IOException, InterruptedException {
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		URI uri = URI.create("http://localhost:" + port + "/actuator/xhr" + path);
		HttpRequest request = HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
		return this.http.send(request, HttpResponse.BodyHandlers.ofString());
	}

	private static String block(String language) throws IOException {
		Matcher matcher = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(Path.of("..", "docs", "actuator.md")));
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
