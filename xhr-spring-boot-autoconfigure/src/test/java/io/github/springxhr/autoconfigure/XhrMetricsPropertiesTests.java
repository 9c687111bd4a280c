package io.github.springxhr.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrListener;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.micrometer.common.KeyValue;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientObservationAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.web.reactive.function.client.ClientRequestObservationConvention;
import org.springframework.web.reactive.function.client.DefaultClientRequestObservationConvention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * {@code metrics.enabled} and {@code metrics.http-client-requests}.
 */
class XhrMetricsPropertiesTests {

	private static final Script ANSWER = Script
		.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello")));

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(WebClientAutoConfiguration.class, WebClientObservationAutoConfiguration.class,
						XhrAutoConfiguration.class, XhrObservationAutoConfiguration.class,
						MetricsAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class,
						SimpleMetricsExportAutoConfiguration.class, ObservationAutoConfiguration.class))
		.withPropertyValues("xhr.clients.orders.timeout=1m");

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			# xhr.* , xhr.clients.orders.* , default , orders
			-       , -                    , true    , true
			false   , -                    , false   , false
			-       , false                , true    , false
			false   , true                 , false   , true
			""")
	void allMetersOfAClientAreSwitchedOff(String common, String own, boolean defaultMeasured, boolean ordersMeasured) {
		switched("metrics.enabled", common, own).run((context) -> {
			exchange(context);
			assertThat(isMeasured(context, "default")).isEqualTo(defaultMeasured);
			assertThat(isMeasured(context, "orders")).isEqualTo(ordersMeasured);
			assertThat(count(context, "http.client.requests")).isEqualTo(2);
			assertThat(count(context, "xhr.requests")).isEqualTo((defaultMeasured ? 1 : 0) + (ordersMeasured ? 1 : 0));
		});
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			-       , -                    , 2
			false   , -                    , 0
			-       , false                , 1
			false   , true                 , 1
			""")
	void theNestedObservationIsSwitchedOff(String common, String own, long recorded) {
		switched("metrics.http-client-requests", common, own).run((context) -> {
			exchange(context);
			assertThat(count(context, "http.client.requests")).isEqualTo(recorded);
			assertThat(count(context, "xhr.requests")).isEqualTo(2);
		});
	}

	@Test
	void springBootsSwitchIsForTheNestedObservationOfAllClients() {
		this.runner.withPropertyValues("management.observations.enable.http.client.requests=false").run((context) -> {
			exchange(context);
			assertThat(count(context, "http.client.requests")).isZero();
			assertThat(count(context, "xhr.requests")).isEqualTo(2);
		});
	}

	@Test
	void theNestedObservationHasNoQuery() {
		assertThat(urls(this.runner)).hasSize(2).allMatch((url) -> url.endsWith("/"));
	}

	@Test
	void theUsersConventionNamesTheNestedObservation() {
		assertThat(urls(this.runner.withBean(ClientRequestObservationConvention.class,
				DefaultClientRequestObservationConvention::new)))
			.hasSize(2)
			.allMatch((url) -> url.endsWith("/?key=s3cret"));
	}

	private static List<String> urls(ApplicationContextRunner runner) {
		List<String> urls = new CopyOnWriteArrayList<>();
		runner.withBean("urls", ObservationHandler.class, () -> new ObservationHandler<Observation.Context>() {

			@Override
			public void onStop(Observation.Context stopped) {
				KeyValue url = stopped.getHighCardinalityKeyValue("http.url");
				if (url != null) {
					urls.add(url.getValue());
				}
			}

			@Override
			public boolean supportsContext(Observation.Context any) {
				return true;
			}

		}).run((context) -> {
			exchange(context, "/?key=s3cret");
			await().until(() -> urls.size() == 2);
		});
		return urls;
	}

	@Test
	void listenersOfTheApplicationAreNoMetrics() {
		TestListeners listeners = new TestListeners();
		this.runner.withPropertyValues("xhr.metrics.enabled=false")
			.withBean(TestListeners.class, () -> listeners)
			.run((context) -> {
				exchange(context);
				assertThat(listeners.created).isEqualTo(2);
			});
	}

	private ApplicationContextRunner switched(String property, String common, String own) {
		return this.runner.withPropertyValues((common != null) ? "xhr." + property + "=" + common : "a=b",
				(own != null) ? "xhr.clients.orders." + property + "=" + own : "a=b");
	}

	/** One request by each client. */
	private static void exchange(ApplicationContext context) throws InterruptedException {
		exchange(context, "/");
	}

	private static void exchange(ApplicationContext context, String path) throws InterruptedException {
		try (FaultServer server = FaultServer.start(ANSWER)) {
			Requests.get(context.getBean(XhrFactory.class), server.url(path));
			Requests.get(context.getBean(XhrFactories.class).get("orders"), server.url(path));
		}
		await().untilAsserted(() -> assertThat(context.getBean(XhrFactory.class).getInFlight()).isEmpty());
	}

	private static boolean isMeasured(ApplicationContext context, String client) {
		return context.getBean(MeterRegistry.class)
			.getMeters()
			.stream()
			.map(Meter::getId)
			.anyMatch((id) -> id.getName().startsWith("xhr.") && client.equals(id.getTag("client")));
	}

	private static long count(ApplicationContext context, String timer) {
		return context.getBean(MeterRegistry.class)
			.find(timer)
			.timers()
			.stream()
			.mapToLong((found) -> found.count())
			.sum();
	}

	/**
	 * Counts the requests that it is asked to follow.
	 */
	private static final class TestListeners implements XhrListener.Factory {

		private int created;

		@Override
		public XhrListener create(String client, XMLHttpRequest request) {
			this.created++;
			return new XhrListener() {
			};
		}

	}

}
