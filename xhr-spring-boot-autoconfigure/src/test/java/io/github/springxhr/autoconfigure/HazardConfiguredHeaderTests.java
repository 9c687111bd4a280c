package io.github.springxhr.autoconfigure;

import java.util.Locale;
import java.util.Map;

import io.github.springxhr.EventLog;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A header among the properties of a client may be a secret, whatever its name: the
 * server gets it, and neither the actuator, the logs nor an exception tells it.
 */
@ExtendWith(OutputCaptureExtension.class)
class HazardConfiguredHeaderTests {

	private static final String CANARY = "c4n4ry";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withInitializer((context) -> context.getEnvironment().setConversionService(new ApplicationConversionService()))
		.withConfiguration(AutoConfigurations.of(XhrAutoConfiguration.class, XhrEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=xhr",
				"management.endpoint.xhr.show-values=always");

	@ParameterizedTest
	@ValueSource(strings = { "X-Api-Key", "Authorization", "Cookie", "X-Auth-Token", "Ocp-Apim-Subscription-Key",
			"Accept", "Accept-Language", "X-Tenant", "Referer", "From", "traceparent", "x" })
	void isSentAndNotTold(String header, CapturedOutput output) throws Exception {
		try (FaultServer server = FaultServer
			.start((connection) -> connection.readRequestHead().send(Responses.ok("hello")))) {
			this.runner
				.withPropertyValues("xhr.clients.orders.base-url=" + server.url("/"),
						"xhr.clients.orders.headers." + header + "=" + CANARY)
				.run((context) -> {
					XhrFactory factory = context.getBean("ordersXhrFactory", XhrFactory.class);
					assertThat(sent(factory, "/")).isNull();
					assertThat(server.requests().get(0).headers(header)).containsExactly(CANARY);
					XhrEndpoint endpoint = context.getBean(XhrEndpoint.class);
					// credentials are shown as such
					assertThat(endpoint.client("orders").settings().headers()).isEqualTo(header.equals("Authorization")
							? Map.of() : Map.of(header.toLowerCase(Locale.ROOT), "******"));
					assertThat(new JsonMapper().writeValueAsString(endpoint.clients())).doesNotContain(CANARY);
					assertThat(factory.toString()).doesNotContain(CANARY);
				});
		}
		assertThat(output.getAll()).doesNotContain(CANARY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Api-Key", "Authorization", "Cookie", "Accept", "X-Tenant" })
	void isNotToldByAFailureNorByTheLogsOfEverything(String header, CapturedOutput output) throws Exception {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequestHead().close())) {
			this.runner
				.withPropertyValues("xhr.clients.orders.base-url=" + server.url("/"),
						"xhr.clients.orders.headers." + header + "=" + CANARY)
				.run((context) -> {
					LoggingSystem logging = LoggingSystem.get(getClass().getClassLoader());
					logging.setLogLevel("io.github.springxhr", LogLevel.TRACE);
					try {
						String failure = sent(context.getBean("ordersXhrFactory", XhrFactory.class), "/");
						assertThat(failure).isNotNull().doesNotContain(CANARY);
						// it is written after the last event
						await().until(() -> output.getAll().contains("orders: GET "));
					}
					finally {
						logging.setLogLevel("io.github.springxhr", null);
					}
				});
			assertThat(server.requests().get(0).headers(header)).containsExactly(CANARY);
		}
		assertThat(output.getAll()).doesNotContain(CANARY);
	}

	/** A value that cannot be sent is not told either. */
	@ParameterizedTest
	@ValueSource(strings = { CANARY + "\u0000x", CANARY + "\r\nX-B: 1", CANARY + "\u0100" })
	void isNotToldWhenItStopsTheStart(String value, CapturedOutput output) {
		this.runner
			.withPropertyValues("xhr.clients.orders.base-url=http://127.0.0.1:1/",
					"xhr.clients.orders.headers.X-Api-Key=" + value)
			.run((context) -> {
				assertThat(context).hasFailed();
				FailureAnalysis analysis = new InvalidXhrPropertyFailureAnalyzer(null)
					.analyze(context.getStartupFailure());
				assertThat(analysis.getDescription() + analysis.getAction()).containsIgnoringCase("x-api-key")
					.doesNotContain(CANARY);
				for (Throwable thrown = context.getStartupFailure(); thrown != null; thrown = thrown.getCause()) {
					assertThat(String.valueOf(thrown.getMessage())).doesNotContain(CANARY);
				}
			});
		assertThat(output.getAll()).doesNotContain(CANARY);
	}

	@Test
	void isTakenFromNoOtherClient() throws Exception {
		try (FaultServer server = FaultServer
			.start((connection) -> connection.readRequestHead().send(Responses.ok("hello")))) {
			this.runner
				.withPropertyValues("xhr.base-url=" + server.url("/"), "xhr.headers.X-Api-Key=" + CANARY,
						"xhr.clients.orders.base-url=" + server.url("/"))
				.run((context) -> {
					assertThat(sent(context.getBean("ordersXhrFactory", XhrFactory.class), "/")).isNull();
					assertThat(server.requests().get(0).headers("X-Api-Key")).isEmpty();
				});
		}
	}

	/**
	 * Send a request.
	 * @return why it failed, or {@code null} if it did not
	 */
	private static String sent(XhrFactory factory, String url) throws InterruptedException {
		XMLHttpRequest xhr = factory.create();
		EventLog log = EventLog.ofRequest(xhr);
		xhr.open("GET", url);
		xhr.send();
		log.awaitEnd();
		return (xhr.getFailure() != null) ? xhr.getFailure() + " " + xhr + " " + xhr.getChannel() : null;
	}

}
