package io.github.springxhr.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.springxhr.EventLog;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrException;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.AbstractRefreshableApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * In which order an application that stops lets go of its requests.
 */
@Timeout(60)
class XhrShutdownTests {

	private static final int CLIENTS = 40;

	private static final int IN_FLIGHT = 20;

	private final FaultServer server = FaultServer.start(Script.keepAlive((connection) -> {
		connection.readRequest();
		switch (connection.request().target()) {
			case "/never" -> connection.awaitPeerClosed();
			case "/gate" -> connection.await("gate").send(Responses.ok("late"));
			case "/second-gate" -> connection.await("second-gate").send(Responses.ok("hello"));
			default -> connection.send(Responses.ok("hello"));
		}
	}));

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(XhrAutoConfiguration.class))
		.withPropertyValues("xhr.clients.orders.base-url=" + this.server.url("/"));

	private XhrFactory factory;

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void whatStopsWithTheWebServerCanStillSend() {
		List<String> answers = new ArrayList<>();
		this.runner
			.withBean(StopsWithTheWebServer.class,
					() -> new StopsWithTheWebServer(() -> answers.add(getSynchronously(this.factory))))
			.run((context) -> this.factory = context.getBean(XhrFactories.class).get("orders"));
		assertThat(answers).containsExactly("hello");
	}

	/**
	 * Whatever its phase, not only if it is that of the web server.
	 */
	@Test
	void backgroundRequestsGoOnUntilEverythingElseHasStopped() {
		EventLog[] log = new EventLog[1];
		List<String> answers = new ArrayList<>();
		this.runner.withBean(StopsWithTheWebServer.class,
				() -> new StopsWithTheWebServer(() -> answers.addAll(log[0].entries())) {

					@Override
					public int getPhase() {
						return Integer.MIN_VALUE + 1;
					}

				})
			.run((context) -> {
				XMLHttpRequest request = context.getBean(XhrFactories.class).get("orders").create();
				request.setMozBackgroundRequest(true);
				log[0] = EventLog.ofRequest(request);
				request.open("GET", "never");
				request.send();
			});
		assertThat(answers).isNotEmpty().doesNotContain("abort(0,0,false)");
		assertThat(log[0].entries()).contains("abort(0,0,false)");
	}

	@Test
	void timeoutsBeginTogetherEvenIfBeansAreLazy() {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				assertThat(context.getBeanFactory().containsSingleton("xhrShutdown")).isTrue();
				assertThat(context.getBean(XhrShutdown.class).isRunning()).isTrue();
			});
	}

	@Test
	void beanThatLooksItsClientUpCanStillSendWhenItIsDestroyed() {
		List<String> answers = new ArrayList<>();
		this.runner.withBean(LooksUp.class, answers).run((context) -> assertThat(context).hasNotFailed());
		assertThat(answers).containsExactly("hello");
	}

	@Test
	void backgroundRequestsAreAbortedBeforeAnyBeanIsDestroyed() {
		List<String> answers = new ArrayList<>();
		EventLog[] log = new EventLog[1];
		this.runner.withPropertyValues("xhr.shutdown-timeout=20s")
			.withBean("observer", DisposableBean.class, () -> () -> answers.addAll(log[0].entries()),
					(definition) -> definition.setDependsOn("ordersXhrFactory"))
			.run((context) -> {
				XMLHttpRequest request = context.getBean(XhrFactories.class).get("orders").create();
				request.setMozBackgroundRequest(true);
				log[0] = EventLog.ofRequest(request);
				request.open("GET", "never");
				request.send();
			});
		assertThat(answers).contains("abort(0,0,false)");
	}

	/**
	 * One after the other they would take 80 seconds, and the server holds a connection
	 * for 10, after which a request ends by {@code error}.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void clientsDrainTogether(boolean eventLoops) throws Exception {
		String[] properties = IntStream.range(0, CLIENTS)
			.mapToObj((i) -> "xhr.clients.client-" + i + ".base-url=" + this.server.url("/"))
			.toArray(String[]::new);
		List<EventLog> logs = new ArrayList<>();
		runner(eventLoops).withPropertyValues("xhr.shutdown-timeout=2s")
			.withPropertyValues(properties)
			.run((context) -> {
				for (int i = 0; i < CLIENTS; i++) {
					XMLHttpRequest request = context.getBean(XhrFactories.class).get("client-" + i).create();
					logs.add(EventLog.ofRequest(request));
					request.open("GET", "never");
					request.send();
				}
			});
		for (EventLog log : logs) {
			assertThat(log.awaitEnd().entries()).contains("abort(0,0,false)");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void contextThatStartsAgainHasLostNothing(boolean eventLoops) {
		runner(eventLoops).withPropertyValues("xhr.timeout=20s").run((context) -> {
			XhrFactory orders = context.getBean(XhrFactories.class).get("orders");
			String named = this.server.url("localhost", "/now");
			assertThat(getSynchronously(orders, named)).isEqualTo("hello");
			EventLog inFlight = send(orders, "never", false);
			this.server.awaitRequest(1);
			context.getSourceApplicationContext().stop();
			assertThat(inFlight.awaitEnd().entries()).contains("abort(0,0,false)");
			this.server.awaitAllClosed(Duration.ofSeconds(8));
			assertThat(context.getBean(XhrShutdown.class).isRunning()).isFalse();
			context.getSourceApplicationContext().start();
			assertThat(context.getBean(XhrShutdown.class).isRunning()).isTrue();
			assertThat(getSynchronously(orders)).isEqualTo("hello");
			assertThat(getSynchronously(orders, named)).isEqualTo("hello");
		});
	}

	/**
	 * Spring counts who has stopped in each phase, and counts what stops before its own
	 * phase, as it is depended on, in the wrong one.
	 */
	@Test
	void phaseIsThatOfTheEventLoops() {
		this.runner
			.run((context) -> assertThat(context.getBean(XhrShutdown.class).getPhase()).isEqualTo(Integer.MIN_VALUE));
		runner(true).run((context) -> assertThat(context.getBean(XhrShutdown.class).getPhase())
			.isEqualTo(context.getBean(ReactorResourceFactory.class).getPhase()));
	}

	/**
	 * Spring Boot's own bean shuts Reactor Netty's event loops down, and in an earlier
	 * phase.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "0s", "2s" })
	void applicationWithEventLoopsOfSpringAbortsWhatIsInFlight(String quietPeriod) throws Exception {
		List<EventLog> logs = new ArrayList<>();
		try (ConfigurableApplicationContext context = run("xhr.shutdown-timeout=0",
				"spring.reactor.netty.shutdown-quiet-period=" + quietPeriod)) {
			assertThat(context.getBeansOfType(ReactorResourceFactory.class)).hasSize(1);
			for (int i = 0; i < IN_FLIGHT; i++) {
				logs.add(send(context.getBean(XhrFactory.class), "never", i % 2 == 0));
			}
			this.server.awaitRequest(IN_FLIGHT - 1);
		}
		for (EventLog log : logs) {
			assertThat(log.awaitEnd().entries()).contains("abort(0,0,false)").doesNotContain("error(0,0,false)");
		}
	}

	@Test
	void applicationWithEventLoopsOfSpringLetsWhatIsInFlightEnd() throws Exception {
		ConfigurableApplicationContext context = run("xhr.shutdown-timeout=20s");
		EventLog request = send(context.getBean(XhrFactory.class), "gate", false);
		EventLog background = send(context.getBean(XhrFactory.class), "never", true);
		this.server.awaitRequest(1);
		CompletableFuture<Void> closing = CompletableFuture.runAsync(context::close);
		assertThat(background.awaitEnd().entries()).contains("abort(0,0,false)");
		this.server.open("gate");
		assertThat(request.awaitEnd().entries()).contains("load(4,4,true)");
		closing.get(30, TimeUnit.SECONDS);
	}

	/**
	 * Of another client, which had nothing in flight before, whichever is asked first.
	 */
	@ParameterizedTest
	@CsvSource({ "a, b", "b, a" })
	void applicationWithEventLoopsOfSpringLetsWhatAListenerSendsEnd(String client, String other) throws Exception {
		ConfigurableApplicationContext context = run("xhr.shutdown-timeout=20s",
				"xhr.clients.a.base-url=" + this.server.url("/"), "xhr.clients.b.base-url=" + this.server.url("/"));
		XhrFactories factories = context.getBean(XhrFactories.class);
		XhrFactory first = factories.get(client);
		XhrFactory second = factories.get(other);
		CompletableFuture<EventLog> next = new CompletableFuture<>();
		XMLHttpRequest request = first.create();
		request.addEventListener("load", (event) -> next.complete(send(second, "second-gate", false)));
		request.open("GET", "gate");
		request.send();
		EventLog background = send(first, "never", true);
		this.server.awaitRequest(1);
		CompletableFuture<Void> closing = CompletableFuture.runAsync(context::close);
		background.awaitEnd();
		this.server.open("gate");
		EventLog log = next.get(30, TimeUnit.SECONDS);
		this.server.awaitRequest(2);
		await().during(Duration.ofMillis(200)).until(() -> !log.entries().contains("abort(0,0,false)"));
		this.server.open("second-gate");
		assertThat(log.awaitEnd().entries()).contains("load(5,5,true)");
		closing.get(30, TimeUnit.SECONDS);
	}

	/**
	 * Event loops, and who asks for the addresses of names, belong to all of the JVM.
	 */
	@Test
	void namesAreLookedUpAfterAnotherApplicationHasStopped() {
		this.runner.withPropertyValues("xhr.timeout=20s").run((context) -> {
			XhrFactory orders = context.getBean(XhrFactories.class).get("orders");
			String named = this.server.url("localhost", "/now");
			assertThat(getSynchronously(orders, named)).isEqualTo("hello");
			run("spring.reactor.netty.shutdown-quiet-period=100ms").close();
			assertThat(getSynchronously(orders, named)).isEqualTo("hello");
		});
	}

	@Test
	void whatAListenerSendsAgainWhenItIsAbortedIsNotSent() throws Exception {
		CompletableFuture<FailureKind> again = new CompletableFuture<>();
		try (ConfigurableApplicationContext context = run("xhr.shutdown-timeout=0")) {
			XMLHttpRequest request = context.getBean(XhrFactory.class).create();
			request.addEventListener("abort", (event) -> {
				request.open("POST", "never");
				request.send();
			});
			request.addEventListener("error", (event) -> again.complete(request.getFailure().kind()));
			request.open("POST", "never");
			request.send();
			this.server.awaitRequest(0);
		}
		assertThat(again.get(30, TimeUnit.SECONDS)).isEqualTo(FailureKind.CLOSED);
		assertThat(this.server.requestCount()).isOne();
	}

	/**
	 * The connection that was kept is gone with its event loop, and with it who was asked
	 * for the address of a name.
	 */
	@Test
	void beanOfAnApplicationWithEventLoopsOfSpringCanStillSendWhenItIsDestroyed() {
		List<String> answers = new ArrayList<>();
		try (ConfigurableApplicationContext context = run("xhr.shutdown-timeout=5s", "xhr.timeout=20s")) {
			XhrFactory factory = context.getBean(XhrFactory.class);
			String named = this.server.url("localhost", "/now");
			assertThat(getSynchronously(factory)).isEqualTo("hello");
			assertThat(getSynchronously(factory, named)).isEqualTo("hello");
			context.getBeanFactory().registerSingleton("sends", new Object());
			((DefaultListableBeanFactory) context.getBeanFactory()).registerDisposableBean("sends", () -> {
				answers.add(getSynchronously(factory));
				answers.add(getSynchronously(factory, named));
			});
		}
		assertThat(answers).containsExactly("hello", "hello");
	}

	/**
	 * A context that can be refreshed more than once makes its beans anew each time.
	 * Those of Spring Boot cannot.
	 */
	@Test
	void contextThatIsRefreshedAbortsWhatIsInFlightAndHasANewClient() throws Exception {
		try (RefreshableContext context = new RefreshableContext()) {
			TestPropertyValues
				.of("xhr.clients.orders.base-url=" + this.server.url("/"), "xhr.shutdown-timeout=0",
						"xhr.clients.orders.timeout=20s")
				.applyTo(context);
			context.refresh();
			XhrFactory before = context.getBean(XhrFactories.class).get("orders");
			List<EventLog> logs = new ArrayList<>();
			for (int i = 0; i < IN_FLIGHT; i++) {
				logs.add(send(before, "never", false));
			}
			this.server.awaitRequest(IN_FLIGHT - 1);
			context.refresh();
			for (EventLog log : logs) {
				assertThat(log.awaitEnd().entries()).containsOnlyOnce("abort(0,0,false)", "loadend(0,0,false)")
					.endsWith("loadend(0,0,false)")
					.doesNotContain("error(0,0,false)");
			}
			XhrFactory after = context.getBean(XhrFactories.class).get("orders");
			assertThat(after).isNotSameAs(before);
			assertThat(getSynchronously(after)).isEqualTo("hello");
			assertThat(before.getInFlight()).isEmpty();
			assertThatExceptionOfType(XhrException.class).isThrownBy(() -> getSynchronously(before))
				.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("NetworkError"));
		}
	}

	/**
	 * The web server's graceful shutdown waits for a request whose handler waits for an
	 * XHR, although that client has no time to drain.
	 */
	@Test
	void webServerFinishesItsRequestsBeforeClientsAreClosed() throws Exception {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(WebApplication.class)
			.web(WebApplicationType.SERVLET)
			.properties("server.port=0", "server.shutdown=graceful", "spring.main.banner-mode=off",
					"spring.jmx.enabled=false", "xhr.base-url=" + this.server.url("/"), "xhr.shutdown-timeout=0")
			.run();
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		CompletableFuture<HttpResponse<String>> answer = HttpClient.newHttpClient()
			.sendAsync(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/relay")).build(),
					HttpResponse.BodyHandlers.ofString());
		this.server.awaitRequest(0);
		GracefulStop stop = context.getBean(GracefulStop.class);
		CompletableFuture<Void> closing = CompletableFuture.runAsync(context::close);
		stop.began.get(30, TimeUnit.SECONDS);
		this.server.open("gate");
		assertThat(answer.get(30, TimeUnit.SECONDS).body()).isEqualTo("late");
		closing.get(30, TimeUnit.SECONDS);
	}

	private ApplicationContextRunner runner(boolean eventLoops) {
		return !eventLoops ? this.runner : this.runner.withBean(ReactorResourceFactory.class, () -> {
			ReactorResourceFactory loops = new ReactorResourceFactory();
			loops.setShutdownQuietPeriod(Duration.ZERO);
			return loops;
		});
	}

	private ConfigurableApplicationContext run(String... properties) {
		return new SpringApplicationBuilder(WebApplication.class).web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "spring.jmx.enabled=false",
					"xhr.base-url=" + this.server.url("/"))
			.run(Stream.of(properties).map((property) -> "--" + property).toArray(String[]::new));
	}

	private static EventLog send(XhrFactory factory, String url, boolean background) {
		XMLHttpRequest request = factory.create();
		request.setMozBackgroundRequest(background);
		EventLog log = EventLog.ofRequest(request);
		request.open("GET", url);
		request.send();
		return log;
	}

	private static String getSynchronously(XhrFactory factory) {
		return getSynchronously(factory, "now");
	}

	private static String getSynchronously(XhrFactory factory, String url) {
		XMLHttpRequest request = factory.create();
		request.open("GET", url, false);
		request.send();
		return request.getResponseText();
	}

	static class RefreshableContext extends AbstractRefreshableApplicationContext {

		@Override
		protected void loadBeanDefinitions(DefaultListableBeanFactory beanFactory) {
			new AnnotatedBeanDefinitionReader(beanFactory, getEnvironment()).register(XhrAutoConfiguration.class);
		}

	}

	/**
	 * Stops in the phase in which the web server does, which is before plain beans.
	 */
	static class StopsWithTheWebServer implements SmartLifecycle {

		private final Runnable action;

		private boolean running;

		StopsWithTheWebServer(Runnable action) {
			this.action = action;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			this.action.run();
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE;
		}

	}

	static class LooksUp implements DisposableBean {

		private final XhrFactories factories;

		private final List<String> answers;

		LooksUp(List<String> answers, XhrFactories factories) {
			this.answers = answers;
			this.factories = factories;
		}

		@Override
		public void destroy() {
			this.answers.add(getSynchronously(this.factories.get("orders")));
		}

	}

	/**
	 * Tells that the phase before the web server's graceful shutdown is over.
	 */
	static class GracefulStop extends StopsWithTheWebServer {

		final CompletableFuture<Void> began;

		GracefulStop() {
			this(new CompletableFuture<>());
		}

		private GracefulStop(CompletableFuture<Void> began) {
			super(() -> began.complete(null));
			this.began = began;
		}

		@Override
		public int getPhase() {
			return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE + 1;
		}

	}

	@RestController
	static class RelayController {

		private final XhrFactory factory;

		RelayController(XhrFactory factory) {
			this.factory = factory;
		}

		@GetMapping("/relay")
		String relay() {
			return getSynchronously(this.factory, "gate");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(
			exclude = { ServletWebSecurityAutoConfiguration.class, SecurityFilterAutoConfiguration.class,
					ManagementWebSecurityAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class })
	static class WebApplication {

		@Bean
		GracefulStop gracefulStop() {
			return new GracefulStop();
		}

		@Bean
		RelayController relayController(XhrFactory factory) {
			return new RelayController(factory);
		}

	}

}
