package io.github.springxhr.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code event-execution} and {@code event-executor}.
 */
class XhrEventExecutionTests {

	private static final String[] THREADS = { "xhr-events-", "reactor-http-", "mine-", "others-" };

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebClientAutoConfiguration.class, XhrAutoConfiguration.class))
		.withBean("mine", Executor.class, () -> new SimpleAsyncTaskExecutor("mine-"))
		.withBean("others", Executor.class, () -> new SimpleAsyncTaskExecutor("others-"))
		.withBean("noExecutor", String.class, () -> "text");

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			# xhr.*                 xhr.clients.orders.*    default         orders
			-                     , -                     , xhr-events-   , xhr-events-
			execution=worker      , -                     , xhr-events-   , xhr-events-
			execution=direct      , -                     , reactor-http- , reactor-http-
			executor=mine         , -                     , mine-         , mine-
			execution=direct      , execution=worker      , reactor-http- , xhr-events-
			execution=direct      , executor=mine         , reactor-http- , mine-
			executor=mine         , execution=worker      , mine-         , xhr-events-
			executor=mine         , execution=direct      , mine-         , reactor-http-
			executor=mine         , executor=others       , mine-         , others-
			-                     , execution=direct      , xhr-events-   , reactor-http-
			""")
	void theClientsChoiceGoesBeforeTheInheritedOne(String common, String own, String defaultThread,
			String ordersThread) {
		this.runner
			.withPropertyValues("xhr.clients.orders.timeout=1m", (common != null) ? "xhr.event-" + common : "a=b",
					(own != null) ? "xhr.clients.orders.event-" + own : "a=b")
			.run((context) -> {
				assertThat(eventThread(context.getBean(XhrFactory.class))).isEqualTo(defaultThread);
				assertThat(eventThread(context.getBean(XhrFactories.class).get("orders"))).isEqualTo(ordersThread);
			});
	}

	@ParameterizedTest
	@CsvSource({ "xhr, unknown", "xhr.clients.orders, noExecutor" })
	void anExecutorThatThereIsNotStopsTheStart(String prefix, String name) {
		this.runner.withPropertyValues("xhr.clients.orders.timeout=1m", prefix + ".event-executor=" + name)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidXhrPropertyException.class, (ex) -> {
					assertThat(ex.getPropertyName()).isEqualTo(prefix + ".event-executor");
					assertThat(ex.getShownValue()).isEqualTo(name);
					assertThat(ex.getRemedy()).isEqualTo("Set one of [mine, others], or remove the property.");
				}));
	}

	@Test
	void directExecutionHasNoExecutor() {
		this.runner
			.withPropertyValues("xhr.clients.orders.event-execution=direct", "xhr.clients.orders.event-executor=mine")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("The configuration property 'xhr.clients.orders.event-executor' cannot be used: "
						+ "event-execution is direct, which uses no executor"));
	}

	@Test
	void theExecutorOutlivesTheClient() {
		this.runner.withPropertyValues("xhr.event-executor=mine")
			.run((context) -> assertThat(context.getBeanFactory().getDependentBeans("mine")).contains("xhrFactory"));
	}

	/**
	 * Return which thread fires an event that arrives when {@code send()} has returned:
	 * what arrives before is fired by a worker, as the I/O thread does not wait.
	 */
	private static String eventThread(XhrFactory factory) throws Exception {
		CompletableFuture<String> thread = new CompletableFuture<>();
		try (FaultServer server = FaultServer
			.start((connection) -> connection.readRequest().await("sent").send(Responses.ok("hello")))) {
			XMLHttpRequest request = factory.create();
			request.setOnload((event) -> thread.complete(Thread.currentThread().getName()));
			request.open("GET", server.url("/"));
			request.send();
			server.open("sent");
			String name = thread.get(10, TimeUnit.SECONDS);
			for (String prefix : THREADS) {
				if (name.startsWith(prefix)) {
					return prefix;
				}
			}
			return name;
		}
	}

}
