package io.github.springxhr.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrListener;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.condition.ConditionEvaluationReport;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.task.TaskExecutor;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests for {@link XhrAutoConfiguration}.
 */
@ExtendWith(OutputCaptureExtension.class)
class XhrAutoConfigurationTests {

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(XhrAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.bare
		.withConfiguration(AutoConfigurations.of(WebClientAutoConfiguration.class, HttpClientAutoConfiguration.class));

	@Test
	void thereIsOneFactory() {
		this.runner.run((context) -> {
			assertThat(context).hasSingleBean(XhrFactory.class).hasBean("xhrFactory");
			assertThat(context.getBean(XhrFactory.class).getName()).isEqualTo("default");
		});
	}

	@Test
	void theFactoryIsClosedWithTheContext() throws InterruptedException {
		List<XhrFactory> factories = new ArrayList<>();
		this.runner.run((context) -> factories.add(context.getBean(XhrFactory.class)));
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest())) {
			XMLHttpRequest request = factories.get(0).create();
			request.open("GET", server.url("/"));
			Requests.send(request);
			assertThat(request.getFailure()).isNotNull();
			assertThat(request.getFailure().kind()).isEqualTo(FailureKind.CLOSED);
		}
	}

	@Test
	void noBeanOfAGeneralTypeIsPublished() {
		this.bare.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(context).doesNotHaveBean(WebClient.class)
				.doesNotHaveBean(WebClient.Builder.class)
				.doesNotHaveBean(Executor.class)
				.doesNotHaveBean(TaskExecutor.class)
				.doesNotHaveBean(HttpClient.class));
	}

	@Test
	void canBeSwitchedOff() {
		this.runner.withPropertyValues("xhr.enabled=false", "xhr.clients.orders.timeout=1s")
			.run((context) -> assertThat(context).doesNotHaveBean(XhrFactory.class)
				.doesNotHaveBean(XhrFactories.class)
				.doesNotHaveBean(XhrProperties.class));
	}

	@ParameterizedTest
	@ValueSource(classes = { WebClient.class, HttpClient.class })
	void backsOffWithoutAClassItNeeds(Class<?> missing) {
		this.bare.withClassLoader(new FilteredClassLoader(missing)).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(XhrFactory.class);
			assertThat(ConditionEvaluationReport.get(context.getBeanFactory())
				.getConditionAndOutcomesBySource()
				.get(XhrAutoConfiguration.class.getName())).anySatisfy((outcome) -> {
					assertThat(outcome.getOutcome().isMatch()).isFalse();
					assertThat(outcome.getOutcome().getMessage()).contains(missing.getName());
				});
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.boot.http.client", "org.springframework.boot.webclient",
			"org.springframework.boot.actuate", "org.springframework.boot.micrometer", "io.micrometer" })
	void worksWithoutAnOptionalDependency(String missing) {
		this.bare.withConfiguration(AutoConfigurations.of(XhrObservationAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader(missing))
			.withPropertyValues("spring.http.clients.connect-timeout=1s", "xhr.clients.orders.timeout=1s")
			.run((context) -> assertThat(
					Requests.get(context.getBean(XhrFactory.class), "ftp://127.0.0.1/").getFailure())
				.isNotNull()
				.satisfies((failure) -> assertThat(failure.kind()).isEqualTo(FailureKind.UNSUPPORTED_SCHEME)));
	}

	@Test
	void worksWithoutABuilderBean() {
		this.bare.run((context) -> {
			assertThat(context).doesNotHaveBean(WebClient.Builder.class);
			assertThat(get(context.getBean(XhrFactory.class)).getResponseText()).isEqualTo("hello");
		});
	}

	@Test
	void theUsersFactoryIsTheDefaultOne() {
		this.runner.withUserConfiguration(FactoryConfiguration.class)
			.withPropertyValues("xhr.clients.orders.timeout=1s")
			.run((context) -> {
				assertThat(context).doesNotHaveBean("xhrFactory").hasBean("ordersXhrFactory");
				assertThat(context.getBean(XhrFactory.class).getName()).isEqualTo("mine");
				assertThat(ConditionEvaluationReport.get(context.getBeanFactory())
					.getConditionAndOutcomesBySource()
					.get(XhrAutoConfiguration.class.getName() + "#xhrFactory")
					.isFullMatch()).isFalse();
			});
	}

	@Test
	void theUsersBuilderIsNotChanged() {
		WebClient.Builder builder = WebClient.builder()
			.clientConnector((method, uri, callback) -> Mono.error(new IllegalStateException("mine")));
		this.bare.withBean(WebClient.Builder.class, () -> builder).run((context) -> {
			assertThat(get(context.getBean(XhrFactory.class)).getResponseText()).isEqualTo("hello");
			assertThatThrownBy(() -> builder.build().get().uri("http://127.0.0.1/").exchangeToMono(Mono::just).block())
				.hasRootCauseMessage("mine");
		});
	}

	@Test
	void aCustomizersFilterAppliesButNotItsConnector() {
		this.runner.withUserConfiguration(CustomizerConfiguration.class).run((context) -> {
			try (FaultServer server = FaultServer
				.start((connection) -> connection.readRequest().send(Responses.ok("hello")))) {
				XMLHttpRequest request = Requests.get(context.getBean(XhrFactory.class), server.url("/"));
				assertThat(request.getResponseText()).isEqualTo("hello");
				assertThat(server.requests().get(0).header("X-Filter")).isEqualTo("applied");
			}
		});
	}

	@Test
	void listenersAreCalledInOrderByAllClients() {
		this.runner.withUserConfiguration(ListenersConfiguration.class)
			.withPropertyValues("xhr.clients.orders.timeout=1s")
			.run((context) -> {
				List<String> calls = context.getBean(ListenersConfiguration.class).calls;
				context.getBean(XhrFactory.class).create();
				context.getBean("ordersXhrFactory", XhrFactory.class).create();
				assertThat(calls).containsExactly("first default", "second default", "first orders", "second orders");
			});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void eventsAreFiredOnVirtualThreadsIfSpringBootUsesThem() {
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(eventThread(context.getBean(XhrFactory.class)))
				.matches("VirtualThread\\[#\\d+,xhr-\\d+\\].*"));
	}

	@Test
	void eventsAreFiredByThePoolUnlessSpringBootUsesVirtualThreads() {
		this.runner
			.run((context) -> assertThat(eventThread(context.getBean(XhrFactory.class))).contains("xhr-events-"));
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void eventsAreFiredByThePoolIfThereAreNoVirtualThreads() {
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true")
			.run((context) -> assertThat(eventThread(context.getBean(XhrFactory.class))).contains("xhr-events-"));
	}

	@Test
	void settingsThatDoNotApplyAreReportedOnce(CapturedOutput output) {
		Logger logger = (Logger) LoggerFactory.getLogger(InheritedSettings.class);
		logger.setLevel(Level.INFO);
		this.runner
			.withPropertyValues("spring.http.clients.redirects=dont-follow",
					"spring.http.clients.cookie-handling=disable", "xhr.clients.orders.timeout=1s")
			.run((context) -> assertThat(output).containsOnlyOnce("XHR clients do not apply "
					+ "[spring.http.clients.redirects, spring.http.clients.cookie-handling]"));
		logger.setLevel(null);
	}

	@Test
	void nothingIsReportedUnlessItIsSet(CapturedOutput output) {
		this.runner.withPropertyValues("spring.http.clients.connect-timeout=1s", "spring.http.clients.read-timeout=1s")
			.withBean(HttpClientSettings.class,
					() -> HttpClientSettings.defaults().withSslBundle(SslBundle.of(SslStoreBundle.NONE)))
			.run((context) -> assertThat(output).doesNotContain("do not apply"));
	}

	@Test
	void aBaseUrlWithoutASlashAtItsEndIsWarnedOfOnce(CapturedOutput output) {
		this.runner.withPropertyValues("xhr.base-url=http://127.0.0.1/api")
			.run((context) -> assertThat(output).containsOnlyOnce("does not end with a slash"));
	}

	private static XMLHttpRequest get(XhrFactory factory) throws InterruptedException {
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello"))))) {
			return Requests.get(factory, server.url("/"));
		}
	}

	private static String eventThread(XhrFactory factory) throws Exception {
		CompletableFuture<String> thread = new CompletableFuture<>();
		try (FaultServer server = FaultServer
			.start((connection) -> connection.readRequest().send(Responses.ok("hello")))) {
			XMLHttpRequest request = factory.create();
			request.setOnload((event) -> thread.complete(Thread.currentThread().toString()));
			request.open("GET", server.url("/"));
			Requests.send(request);
			return thread.get(10, TimeUnit.SECONDS);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class FactoryConfiguration {

		@Bean
		XhrFactory mine() {
			return XhrFactory.builder(WebClient.builder()).name("mine").build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomizerConfiguration {

		@Bean
		WebClientCustomizer customizer() {
			return (builder) -> builder.filter(
					(request, next) -> next.exchange(ClientRequest.from(request).header("X-Filter", "applied").build()))
				.clientConnector((method, uri, callback) -> Mono.error(new IllegalStateException("not to be used")));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ListenersConfiguration {

		final List<String> calls = new ArrayList<>();

		@Bean
		@Order(2)
		XhrListener.Factory second() {
			return listener("second ");
		}

		@Bean
		@Order(1)
		XhrListener.Factory first() {
			return listener("first ");
		}

		private XhrListener.Factory listener(String name) {
			return (client, request) -> {
				this.calls.add(name + client);
				return new XhrListener() {
				};
			};
		}

	}

}
