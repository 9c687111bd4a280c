package io.github.springxhr.sample;

import java.nio.file.Files;
import java.nio.file.Path;

import io.github.springxhr.XhrException;
import io.github.springxhr.autoconfigure.XhrAutoConfiguration;
import io.github.springxhr.autoconfigure.XhrExchangeAutoConfiguration;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.sample.OrderService.Order;
import io.github.springxhr.unknown.Unknown;
import org.junit.jupiter.api.Test;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Interfaces as beans, over the clients that the properties configure.
 */
class XhrExchangeAutoConfigurationTests {

	private static final Script ANSWER = Script
		.keepAlive((connection) -> connection.readRequest().send(Responses.ok("{\"id\":\"7\",\"count\":2}")));

	private static final String[] PROPERTIES = { "bills.path=paid/bills", "xhr.base-url=http://127.0.0.1:1/",
			"xhr.clients.orders.base-url=http://127.0.0.1:1/", "xhr.clients.billing.base-url=http://127.0.0.1:1/" };

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(XhrAutoConfiguration.class, XhrExchangeAutoConfiguration.class,
				WebClientAutoConfiguration.class))
		.withUserConfiguration(Application.class)
		.withPropertyValues(PROPERTIES);

	@Test
	void aCallIsARequestOfTheNamedClient() {
		try (FaultServer server = FaultServer.start(ANSWER)) {
			this.runner
				.withPropertyValues("xhr.clients.orders.base-url=" + server.url("/api/"),
						"xhr.clients.orders.credentials.bearer.token=t0ken")
				.run((context) -> {
					OrderService orders = context.getBean(OrderService.class);
					assertThat(orders.find("7")).isEqualTo(new Order("7", 2));
					assertThat(orders.place(new Order("8", 1)).block()).isEqualTo(new Order("7", 2));
					assertThat(server.requests().get(0).requestLine()).isEqualTo("GET /api/orders/7 HTTP/1.1");
					assertThat(server.requests().get(0).header("Authorization")).isEqualTo("Bearer t0ken");
					assertThat(server.requests().get(1).bodyText()).isEqualTo("{\"id\":\"8\",\"count\":1}");
				});
		}
	}

	@Test
	void theAnnotationMayBeOnAnotherAndPlaceholdersAreResolved() {
		try (FaultServer server = FaultServer.start(ANSWER)) {
			this.runner.withPropertyValues("xhr.clients.billing.base-url=" + server.url("/")).run((context) -> {
				context.getBean(BillingService.class).bills();
				assertThat(server.requests().get(0).target()).isEqualTo("/paid/bills");
			});
		}
	}

	@Test
	void noNameIsTheDefaultClient() {
		try (FaultServer server = FaultServer.start(ANSWER)) {
			this.runner.withPropertyValues("xhr.base-url=" + server.url("/")).run((context) -> {
				context.getBean(PlainService.class).get();
				assertThat(server.requests().get(0).target()).isEqualTo("/plain");
			});
		}
	}

	@Test
	void aFailureIsThatOfTheRequest() {
		this.runner.withPropertyValues("xhr.clients.orders.base-url=http://no-such-host.invalid/")
			.run((context) -> assertThatExceptionOfType(XhrException.class)
				.isThrownBy(() -> context.getBean(OrderService.class).find("7"))
				.satisfies((ex) -> assertThat(ex.getFailure().kind()).isEqualTo(FailureKind.RESOLVE)));
	}

	@Test
	void aWrongNameStopsTheStartEvenIfBeansAreLazy() {
		ApplicationContextRunner wrong = new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(XhrAutoConfiguration.class, XhrExchangeAutoConfiguration.class))
			.withUserConfiguration(Unknown.class)
			.withPropertyValues(PROPERTIES);
		wrong.run((context) -> assertThat(description(context.getStartupFailure()))
			.isEqualTo("@XhrExchange(\"oders\") on io.github.springxhr.unknown.Unknown$Misspelled names no XHR client; "
					+ "the named clients are [orders, billing]."));
		wrong
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(context).hasFailed());
	}

	private static String description(Throwable failure) {
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, SpringFactoriesLoader.ArgumentResolver.none(), (type, name, ex) -> {
			})
			.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter((analysis) -> analysis != null)
			.map(FailureAnalysis::getDescription)
			.findFirst()
			.orElseThrow();
	}

	@Test
	void nothingIsRegisteredIfClientsAreNotEnabled() {
		this.runner.withPropertyValues("xhr.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(OrderService.class));
	}

	@Test
	void thePageShowsCodeThatIsCompiledAndRun() throws Exception {
		String page = Files.readString(Path.of("../docs/http-service-clients.md"));
		String source = Files.readString(Path.of("src/test/java/io/github/springxhr/sample/OrderService.java"));
		String shown = page.substring(page.indexOf("```java\n") + 8);
		assertThat(source).contains(shown.substring(0, shown.indexOf("```")).strip());
	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage
	static class Application {

	}

}
