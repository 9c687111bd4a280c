package io.github.springxhr.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.springxhr.EventLog;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.cloud.client.CommonsClientAutoConfiguration;
import org.springframework.cloud.client.ReactiveCommonsClientAutoConfiguration;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.composite.reactive.ReactiveCompositeDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.discovery.simple.reactive.SimpleReactiveDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.LoadBalancerLifecycle;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.Response;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;
import org.springframework.cloud.loadbalancer.config.LoadBalancerAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients of a service that has instances, over sockets.
 */
class XhrLoadBalancerTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(XhrAutoConfiguration.class, XhrLoadBalancerAutoConfiguration.class,
				WebClientAutoConfiguration.class, LoadBalancerAutoConfiguration.class,
				CommonsClientAutoConfiguration.class, ReactiveCommonsClientAutoConfiguration.class,
				ReactiveCompositeDiscoveryClientAutoConfiguration.class,
				SimpleReactiveDiscoveryClientAutoConfiguration.class, UtilAutoConfiguration.class))
		.withPropertyValues("xhr.clients.orders.timeout=30s");

	@ParameterizedTest
	@CsvSource({ "lb://orders/api/, false", "LB://orders/api/, true", "http://orders/api/, true" })
	void eachRequestGoesToAnInstanceAndUrlsStayLogical(String baseUrl, boolean loadBalanced) {
		try (FaultServer one = server("one"); FaultServer two = server("two")) {
			run(List.of(one, two), (context) -> {
				assertThat(List.of(text(orders(context), "a?b=c%20d"), text(orders(context), "a")))
					.containsExactlyInAnyOrder("one", "two");
				XMLHttpRequest request = Requests.get(orders(context), "a");
				assertThat(request.getResponseURL()).isEqualTo("http://orders/api/a");
				assertThat(Objects.requireNonNull(request.getChannel()).urls())
					.allSatisfy((url) -> assertThat(url.toString()).isEqualTo("http://orders/api/a"));
			}, "xhr.clients.orders.base-url=" + baseUrl, "xhr.clients.orders.load-balanced=" + loadBalanced);
			assertThat(one.requests()).extracting(RecordedRequest::target).contains("/api/a");
			assertThat(one.awaitRequest(0).header("Host")).isEqualTo("127.0.0.1:" + one.port());
		}
	}

	@Test
	void credentialsAndCookiesBelongToTheServiceAndNotToAnInstance() {
		Script script = Script.keepAlive(
				(connection) -> connection.readRequest().send(Responses.ok("", "Set-Cookie: session=1; Path=/")));
		try (FaultServer one = FaultServer.start(script); FaultServer two = FaultServer.start(script)) {
			run(List.of(one, two), (context) -> {
				text(orders(context), "/a");
				text(orders(context), "/b");
				text(orders(context), one.url("/c"));
			}, "xhr.clients.orders.base-url=lb://orders/", "xhr.clients.orders.credentials.bearer.token=t0ken",
					"xhr.clients.orders.cookies.enabled=true");
			RecordedRequest second = List.of(one, two)
				.stream()
				.flatMap((server) -> server.requests().stream())
				.filter((request) -> request.target().equals("/b"))
				.findFirst()
				.orElseThrow();
			assertThat(second.header("Authorization")).isEqualTo("Bearer t0ken");
			assertThat(second.header("Cookie")).isEqualTo("session=1");
			assertThat(one.requests()).filteredOn((request) -> request.target().equals("/c"))
				.singleElement()
				.satisfies((request) -> {
					assertThat(request.header("Authorization")).isNull();
					assertThat(request.header("Cookie")).isNull();
				});
		}
	}

	@Test
	void preflightsGoToInstancesAndCorsIsAboutTheService() {
		try (FaultServer one = FaultServer.start(Script.keepAlive((connection) -> connection.readRequest()
			.send(Responses.ok("shared", "Access-Control-Allow-Origin: http://shop.example",
					"Access-Control-Allow-Headers: x-a"))))) {
			run(List.of(one), (context) -> {
				XMLHttpRequest request = orders(context).create();
				request.open("GET", "/a");
				request.setRequestHeader("X-A", "1");
				Requests.send(request);
				assertThat(request.getResponseText()).isEqualTo("shared");
			}, "xhr.clients.orders.base-url=lb://orders/", "xhr.clients.orders.origin=http://shop.example");
			assertThat(one.requests()).extracting(RecordedRequest::method).containsExactly("OPTIONS", "GET");
		}
	}

	@Test
	void anInstanceThatIsKilledUnderLoadIsNotNoticed() {
		FaultServer killed = FaultServer.start(Script.keepAlive((connection) -> connection.readRequest().hold()));
		try (FaultServer living = FaultServer.start(Script
			.keepAlive((connection) -> connection.readRequest().await("killed").send(Responses.ok("alive"))))) {
			run(List.of(killed, living), (context) -> {
				List<XMLHttpRequest> requests = IntStream.range(0, 200)
					.mapToObj((i) -> opened(orders(context), "GET", "/" + i))
					.toList();
				List<EventLog> logs = requests.stream().map(EventLog::ofRequest).toList();
				List<CompletableFuture<XMLHttpRequest>> all = requests.stream()
					.map((request) -> request.sendAsync(null))
					.toList();
				killed.awaitRequest(99);
				living.awaitRequest(99);
				killed.close();
				living.open("killed");
				assertThat(all)
					.allSatisfy((request) -> assertThat(request.join().getResponseText()).isEqualTo("alive"));
				for (EventLog log : logs) {
					assertThat(log.awaitEnd().entries()).filteredOn((entry) -> entry.matches("load(start|end)\\b.*"))
						.hasSize(2);
				}
				assertThat(IntStream.range(0, 20).mapToObj((i) -> text(orders(context), "/more")))
					.containsOnly("alive");
			});
			assertThat(killed.requestCount() + living.requestCount()).isEqualTo(320);
		}
	}

	@Test
	void aPostIsNeverSentTwice() {
		Script resetting = (connection) -> connection.readRequest().reset();
		try (FaultServer one = FaultServer.start(resetting); FaultServer two = FaultServer.start(resetting)) {
			run(List.of(one, two), (context) -> {
				for (int i = 0; i < 10; i++) {
					XMLHttpRequest request = opened(orders(context), "POST", "/");
					request.sendAsync("order").exceptionally((ex) -> request).join();
					assertThat(failure(request).kind()).isEqualTo(FailureKind.CONNECTION_CLOSED);
				}
			});
			assertThat(one.requestCount() + two.requestCount()).isEqualTo(10);
		}
	}

	@Test
	void aGetIsTriedOnceOnEachOfThreeInstancesAtMost() {
		Script resetting = (connection) -> connection.readRequest().reset();
		try (FaultServer one = FaultServer.start(resetting);
				FaultServer two = FaultServer.start(resetting);
				FaultServer three = FaultServer.start(resetting);
				FaultServer four = FaultServer.start(resetting)) {
			List<FaultServer> all = List.of(one, two, three, four);
			run(all, (context) -> assertThat(failure(Requests.get(orders(context), "/")).kind())
				.isEqualTo(FailureKind.CONNECTION_CLOSED));
			assertThat(all).extracting(FaultServer::requestCount).containsExactlyInAnyOrder(1, 1, 1, 0);
		}
	}

	@Test
	void aResponseThatHasBegunIsNotAskedForAgain() {
		Script truncating = (connection) -> connection.readRequest()
			.send(Responses.head("200 OK", "Content-Length: 10") + "half")
			.reset();
		try (FaultServer one = FaultServer.start(truncating); FaultServer two = FaultServer.start(truncating)) {
			run(List.of(one, two), (context) -> assertThat(failure(Requests.get(orders(context), "/")).kind())
				.isEqualTo(FailureKind.CONNECTION_CLOSED));
			assertThat(one.requestCount() + two.requestCount()).isOne();
		}
	}

	@Test
	void aRequestThatIsAbortedIsOverForTheLifeCycleToo() {
		BlockingQueue<CompletionContext.Status> ends = new LinkedBlockingQueue<>();
		LoadBalancerLifecycle<Object, Object, ServiceInstance> lifecycle = new LoadBalancerLifecycle<>() {

			@Override
			public void onStart(Request<Object> request) {
			}

			@Override
			public void onStartRequest(Request<Object> request, Response<ServiceInstance> chosen) {
			}

			@Override
			public void onComplete(CompletionContext<Object, ServiceInstance, Object> end) {
				ends.add(end.status());
			}

		};
		try (FaultServer one = FaultServer.start((connection) -> connection.readRequest().hold())) {
			this.runner
				.withPropertyValues("xhr.clients.orders.base-url=lb://orders/",
						"spring.cloud.discovery.client.simple.instances.orders[0].uri=" + one.url("/"))
				.withBean("lifecycle", LoadBalancerLifecycle.class, () -> lifecycle)
				.run((context) -> {
					XMLHttpRequest request = opened(orders(context), "GET", "/");
					request.sendAsync(null);
					one.awaitRequest(0);
					request.abort();
					assertThat(ends.poll(30, TimeUnit.SECONDS)).isEqualTo(CompletionContext.Status.FAILED);
				});
			assertThat(ends).isEmpty();
		}
	}

	@Test
	void withoutAnInstanceTheFailureNamesTheService() {
		run(List.of(), (context) -> {
			FetchFailure failure = failure(Requests.get(orders(context), "/"));
			assertThat(failure.kind()).isEqualTo(FailureKind.RESOLVE);
			assertThat(failure.message()).contains("'orders'");
		});
	}

	@Test
	void theNameOfTheServiceKeepsItsCase() {
		try (FaultServer one = server("one")) {
			this.runner
				.withPropertyValues("xhr.clients.orders.base-url=lb://OrderService/",
						"spring.cloud.discovery.client.simple.instances.OrderService[0].uri=" + one.url("/"))
				.run((context) -> assertThat(text(orders(context), "/")).isEqualTo("one"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "lb://orders:8080/", "lb://my_orders/", "lb://", "lb:orders", "lb://me:s3cret@orders/" })
	void aBaseUrlThatNamesNoServiceStopsTheStart(String baseUrl) {
		this.runner.withPropertyValues("xhr.clients.orders.base-url=" + baseUrl)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidXhrPropertyException.class)
				.hasMessageContaining("'xhr.clients.orders.base-url'")
				.hasMessageNotContaining("s3cret"));
	}

	@ParameterizedTest
	@CsvSource({ "base-url=lb://orders/, base-url", "load-balanced=true, load-balanced" })
	void withoutSpringCloudItStopsTheStart(String setting, String named) {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(XhrAutoConfiguration.class, XhrLoadBalancerAutoConfiguration.class,
					WebClientAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.cloud"))
			.withPropertyValues("xhr.clients.orders.base-url=http://orders/", "xhr.clients.orders." + setting)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOfSatisfying(InvalidXhrPropertyException.class, (failure) -> {
					assertThat(failure.getPropertyName()).isEqualTo("xhr.clients.orders." + named);
					assertThat(failure.getRemedy()).contains("org.springframework.cloud:spring-cloud-loadbalancer");
				}));
	}

	@Test
	void loadBalancedNeedsABaseUrlAndIsNotInherited() {
		this.runner.withPropertyValues("xhr.load-balanced=true")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContainingAll("'xhr.load-balanced'", "base URL"));
		try (FaultServer one = server("one")) {
			this.runner
				.withPropertyValues("xhr.base-url=lb://orders/", "xhr.load-balanced=true",
						"xhr.clients.orders.base-url=" + one.url("/"))
				.run((context) -> assertThat(text(orders(context), "/")).isEqualTo("one"));
		}
	}

	private void run(List<FaultServer> instances, Use use, String... properties) {
		String[] uris = IntStream.range(0, instances.size())
			.mapToObj((i) -> "spring.cloud.discovery.client.simple.instances.orders[" + i + "].uri="
					+ instances.get(i).url("/"))
			.toArray(String[]::new);
		this.runner.withPropertyValues("xhr.clients.orders.base-url=lb://orders/")
			.withPropertyValues(uris)
			.withPropertyValues(properties)
			.run((context) -> use.with(context));
	}

	private static FaultServer server(String name) {
		return FaultServer.builder()
			.timeout(Duration.ofSeconds(30))
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok(name))));
	}

	private static XMLHttpRequest opened(XhrFactory factory, String method, String url) {
		XMLHttpRequest request = factory.create();
		request.open(method, url);
		return request;
	}

	private static String text(XhrFactory factory, String url) {
		XMLHttpRequest request = opened(factory, "GET", url);
		return request.sendAsync(null).join().getResponseText();
	}

	private static FetchFailure failure(XMLHttpRequest request) {
		return Objects.requireNonNull(request.getFailure());
	}

	private static XhrFactory orders(AssertableApplicationContext context) {
		return context.getBean(XhrFactories.class).get("orders");
	}

	interface Use {

		void with(AssertableApplicationContext context) throws Exception;

	}

}
