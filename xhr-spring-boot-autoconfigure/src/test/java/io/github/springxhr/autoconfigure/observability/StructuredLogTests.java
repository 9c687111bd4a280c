package io.github.springxhr.autoconfigure.observability;

import java.util.List;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.autoconfigure.XhrAutoConfiguration;
import io.github.springxhr.autoconfigure.XhrFactories;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Spring Boot's logging makes of the line about a request.
 */
@ExtendWith(OutputCaptureExtension.class)
class StructuredLogTests {

	/** Spring Boot keeps one that is set already. */
	@AfterEach
	void forgetFormat() {
		System.clearProperty(LoggingSystemProperty.CONSOLE_STRUCTURED_FORMAT.getEnvironmentVariableName());
	}

	@AfterAll
	static void resetLogging() {
		LoggingSystem system = LoggingSystem.get(StructuredLogTests.class.getClassLoader());
		system.cleanUp();
		system.beforeInitialize();
		system.initialize(new LoggingInitializationContext(new MockEnvironment()), null, null);
	}

	@Test
	void logstashHasTheFieldsSideBySide(CapturedOutput output) {
		List<JsonNode> lines = lines(output, "logging.structured.format.console=logstash");
		assertThat(lines).hasSize(2);
		JsonNode success = lines.get(0);
		assertThat(success.get("level").asString()).isEqualTo("DEBUG");
		assertThat(success.get("logger_name").asString()).isEqualTo("io.github.springxhr.requests.orders");
		assertThat(success.get("message").asString()).startsWith("orders: POST items/{id}, success, status 200, ");
		assertThat(success.get("xhr.client").asString()).isEqualTo("orders");
		assertThat(success.get("xhr.method").asString()).isEqualTo("POST");
		assertThat(success.get("xhr.url").asString()).isEqualTo("items/{id}");
		assertThat(success.get("xhr.outcome").asString()).isEqualTo("success");
		assertThat(success.get("xhr.status").asInt()).isEqualTo(200);
		assertThat(success.get("xhr.bytes.sent").isIntegralNumber()).isTrue();
		assertThat(success.get("xhr.bytes.sent").asLong()).isEqualTo(3);
		assertThat(success.get("xhr.bytes.received").asLong()).isEqualTo(5);
		assertThat(success.get("xhr.duration_ms").asDouble()).isPositive();
		assertThat(success.get("xhr.phase.headers_ms").asDouble()).isPositive();
		JsonNode failure = lines.get(1);
		assertThat(failure.get("level").asString()).isEqualTo("WARN");
		assertThat(failure.get("xhr.outcome").asString()).isEqualTo("network_error");
		assertThat(failure.get("xhr.failure").asString()).isEqualTo("connection_closed");
	}

	@Test
	void ecsNestsThem(CapturedOutput output) {
		List<JsonNode> lines = lines(output, "logging.structured.format.console=ecs");
		assertThat(lines).hasSize(2);
		JsonNode fields = lines.get(0).get("xhr");
		assertThat(fields.get("client").asString()).isEqualTo("orders");
		assertThat(fields.get("bytes").get("received").asLong()).isEqualTo(5);
		assertThat(fields.get("phase").get("headers_ms").asDouble()).isPositive();
		assertThat(lines.get(1).get("xhr").get("failure").asString()).isEqualTo("connection_closed");
	}

	@Test
	void theLevelOfOneClientIsAProperty(CapturedOutput output) {
		assertThat(lines(output, "logging.structured.format.console=logstash",
				"logging.level.io.github.springxhr.requests.orders=error"))
			.isEmpty();
	}

	private static List<JsonNode> lines(CapturedOutput output, String... properties) {
		try (FaultServer server = FaultServer.start(Script.keepAlive((connection) -> {
			boolean cut = connection.readRequest().request().target().startsWith("/cut");
			if (cut) {
				connection.send(Responses.head("200 OK", "Content-Length: 100") + "half").truncate();
			}
			else {
				connection.send(Responses.ok("hello"));
			}
		}));
				ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
					.web(WebApplicationType.NONE)
					.properties("xhr.clients.orders.base-url=" + server.url("/"),
							"logging.config=classpath:logback-structured.xml",
							"logging.level.io.github.springxhr.requests=debug")
					.properties(properties)
					.run()) {
			XMLHttpRequest request = context.getBean(XhrFactories.class).get("orders").create();
			request.open(HttpMethod.POST, "items/{id}?q={q}", 7, "s3cret");
			request.sendAsync("abc").join();
			request.open(HttpMethod.GET, "cut?q={q}", "s3cret");
			request.sendAsync(null).exceptionally((ex) -> request).join();
		}
		assertThat(output.getOut()).doesNotContain("s3cret");
		return output.getOut()
			.lines()
			.filter((line) -> line.startsWith("{") && line.contains("io.github.springxhr.requests"))
			.map((line) -> JsonMapper.shared().readTree(line))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(XhrAutoConfiguration.class)
	static class Application {

	}

}
