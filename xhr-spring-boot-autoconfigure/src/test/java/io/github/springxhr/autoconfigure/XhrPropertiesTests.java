package io.github.springxhr.autoconfigure;

import java.time.Duration;
import java.util.Map;

import io.github.springxhr.XMLHttpRequestResponseType;
import io.github.springxhr.EventLog;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrException;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.DeadPort;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What each property does, and which of them a named client inherits.
 */
class XhrPropertiesTests {

	private static DeadPort blackhole;

	private static FaultServer server;

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(XhrAutoConfiguration.class, WebClientAutoConfiguration.class, HttpClientAutoConfiguration.class));

	@BeforeAll
	static void start() {
		blackhole = FaultServer.blackhole();
		server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello"))));
	}

	@AfterAll
	static void stop() {
		blackhole.close();
		server.close();
	}

	@Test
	void thereIsNoTimeoutUnlessSet() {
		this.runner.run((context) -> assertThat(client(context, "default").create().getTimeout()).isZero());
	}

	@ParameterizedTest
	@CsvSource({ "xhr.timeout=2s, default, 2000", "xhr.timeout=2s, orders, 2000", "xhr.timeout=2, orders, 2",
			"xhr.timeout=2s xhr.clients.orders.timeout=3s, orders, 3000",
			"xhr.timeout=2s xhr.clients.orders.timeout=3s, default, 2000",
			"xhr.timeout=2s xhr.clients.orders.timeout=0, orders, 0" })
	void timeoutIsInherited(String properties, String client, int timeout) {
		run(properties, (context) -> assertThat(client(context, client).create().getTimeout()).isEqualTo(timeout));
	}

	@ParameterizedTest
	@CsvSource({ "xhr.connect-timeout=31ms, default, 31", "xhr.connect-timeout=31ms, orders, 31",
			"xhr.connect-timeout=31ms xhr.clients.orders.connect-timeout=32ms, orders, 32",
			"xhr.connect-timeout=31ms xhr.clients.orders.connect-timeout=32ms, default, 31",
			"spring.http.clients.connect-timeout=33ms, default, 33",
			"spring.http.clients.connect-timeout=33ms, orders, 33",
			"spring.http.clients.connect-timeout=33ms xhr.connect-timeout=31ms, default, 31",
			"spring.http.clients.connect-timeout=33ms xhr.connect-timeout=31ms, orders, 31" })
	void connectTimeoutIsInherited(String properties, String client, int timeout) {
		run(properties, (context) -> assertThat(connectTimeout(context, client)).isEqualTo(timeout));
	}

	@Test
	void connectTimeoutIsInheritedFromTheSettingsBean() {
		this.runner
			.withBean(HttpClientSettings.class,
					() -> HttpClientSettings.defaults().withConnectTimeout(Duration.ofMillis(34)))
			.run((context) -> assertThat(connectTimeout(context, "default")).isEqualTo(34));
	}

	@ParameterizedTest
	@CsvSource({ "xhr.timeout=10s, default, ", "xhr.max-response-size=5B, default, ",
			"xhr.max-response-size=4B, default, TOO_LARGE", "xhr.max-response-size=4B, orders, TOO_LARGE",
			"xhr.max-response-size=4B xhr.clients.orders.max-response-size=5B, orders, ",
			"xhr.max-response-size=5B xhr.clients.orders.max-response-size=4B, orders, TOO_LARGE" })
	void maxResponseSizeIsInherited(String properties, String client, FailureKind failure) {
		run(properties, (context) -> {
			FetchFailure actual = Requests.get(client(context, client), server.url("/")).getFailure();
			assertThat((actual != null) ? actual.kind() : null).isEqualTo(failure);
		});
	}

	@ParameterizedTest
	@CsvSource({ "xhr.synchronous=false, default, BLOCKED", "xhr.synchronous=false, orders, BLOCKED",
			"xhr.timeout=10s, default, ", "xhr.synchronous=false xhr.clients.orders.synchronous=true, orders, " })
	void synchronousIsInherited(String properties, String client, FailureKind failure) {
		run(properties, (context) -> {
			XMLHttpRequest request = client(context, client).create();
			request.open("GET", server.url("/"), false);
			try {
				request.send();
			}
			catch (XhrException ex) {
				assertThat(ex.getName()).isEqualTo("NetworkError");
			}
			FetchFailure actual = request.getFailure();
			assertThat((actual != null) ? actual.kind() : null).isEqualTo(failure);
		});
	}

	@ParameterizedTest
	@CsvSource({ "xhr.timeout=10s, default, abort", "xhr.shutdown-timeout=10s, default, load",
			"xhr.shutdown-timeout=10s, orders, load",
			"xhr.shutdown-timeout=10s xhr.clients.orders.shutdown-timeout=0, orders, abort" })
	void shutdownTimeoutIsInherited(String properties, String client, String last) throws Exception {
		try (FaultServer slow = FaultServer.start((connection) -> {
			boolean background = connection.readRequest().request().target().equals("/background");
			if (last.equals("load") && !background) {
				connection.await("closing").send(Responses.ok("x"));
			}
			else {
				connection.awaitPeerClosed();
			}
		})) {
			EventLog[] log = new EventLog[1];
			run(properties, (context) -> {
				XMLHttpRequest request = client(context, client).create();
				log[0] = EventLog.ofRequest(request);
				request.open("GET", slow.url("/"));
				request.send();
				slow.awaitRequest(0);
				XMLHttpRequest background = client(context, client).create();
				background.setMozBackgroundRequest(true);
				background.setOnabort((event) -> slow.open("closing"));
				background.open("GET", slow.url("/background"));
				background.send();
				slow.awaitRequest(1);
			});
			assertThat(log[0].awaitEnd().entries()).anyMatch((entry) -> entry.startsWith(last + "("));
		}
	}

	@Test
	void jsonIsBoundByTheApplicationsMapper() {
		this.runner.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class))
			.withPropertyValues("spring.jackson.property-naming-strategy=SNAKE_CASE")
			.run((context) -> {
				try (FaultServer json = FaultServer
					.start((connection) -> connection.readRequest().send(Responses.ok("{\"first_name\":\"Ada\"}")))) {
					XMLHttpRequest request = client(context, "default").create();
					request.setResponseType(XMLHttpRequestResponseType.JSON);
					request.open("POST", json.url("/"), false);
					request.sendJson(new Person("Ada"));
					assertThat(request.getResponse(Person.class)).isEqualTo(new Person("Ada"));
					assertThat(json.requests().get(0).bodyText()).isEqualTo("{\"first_name\":\"Ada\"}");
				}
			});
	}

	record Person(String firstName) {

	}

	@Test
	void baseUrlResolvesRelativeUrls() {
		run("xhr.base-url=" + server.url("/api/"),
				(context) -> assertThat(Requests.get(client(context, "default"), "items?q=1").getResponseURL())
					.isEqualTo(server.url("/api/items?q=1")));
	}

	@Test
	void baseUrlIsNotInherited() {
		run("xhr.base-url=" + server.url("/api/"),
				(context) -> assertThatExceptionOfType(XhrException.class)
					.isThrownBy(() -> client(context, "orders").create().open("GET", "items"))
					.satisfies((ex) -> assertThat(ex.getName()).isEqualTo("SyntaxError")));
	}

	@Test
	void aNamedClientHasABaseUrlOfItsOwn() {
		run("xhr.base-url=" + server.url("/api/") + " xhr.clients.orders.base-url=" + server.url("/orders/"),
				(context) -> assertThat(Requests.get(client(context, "orders"), "1").getResponseURL())
					.isEqualTo(server.url("/orders/1")));
	}

	@Test
	void headersAreSentAsTheyAreSpelled() {
		withBaseUrl("xhr.headers.X-Api-Key=a, b", (context) -> {
			RecordedRequest request = recorded(client(context, "default"));
			assertThat(request.head()).contains("\r\nX-Api-Key: a, b\r\n");
		});
	}

	@Test
	void aHeaderInBracketsKeepsItsUnderscore() {
		withBaseUrl("xhr.headers[X_Api_Key]=1",
				(context) -> assertThat(recorded(client(context, "default")).head()).contains("\r\nX_Api_Key: 1\r\n"));
	}

	@Test
	void aHeaderMayHaveSeveralValues() {
		this.runner
			.withPropertyValues("xhr.base-url=" + server.url("/"), "xhr.headers.X-A[0]=1", "xhr.headers.X-A[1]=2, 3")
			.run((context) -> assertThat(recorded(client(context, "default")).headers("X-A")).containsExactly("1",
					"2, 3"));
	}

	@Test
	void anEnvironmentVariableReplacesAHeadersValue() {
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment",
						Map.of("XHR_HEADERS_XAPIKEY", "2"))))
			.withPropertyValues("xhr.base-url=" + server.url("/"), "xhr.headers.X-Api-Key=1")
			.run((context) -> {
				RecordedRequest request = recorded(client(context, "default"));
				assertThat(request.headers("X-Api-Key")).containsExactly("2");
				assertThat(request.headers("xapikey")).isEmpty();
			});
	}

	@Test
	void headersAreNotInherited() {
		withBaseUrl("xhr.headers.X-Api-Key=1",
				(context) -> assertThat(recorded(client(context, "orders")).headers("X-Api-Key")).isEmpty());
	}

	@Test
	void aNamedClientHasHeadersOfItsOwn() {
		withBaseUrl("xhr.clients.orders.headers.X-Api-Key=1", (context) -> {
			assertThat(recorded(client(context, "orders")).header("X-Api-Key")).isEqualTo("1");
			assertThat(recorded(client(context, "default")).headers("X-Api-Key")).isEmpty();
		});
	}

	@Test
	void theRequestsHeaderWins() {
		withBaseUrl("xhr.headers.X-Api-Key=1", (context) -> {
			int index = server.requestCount();
			XMLHttpRequest request = client(context, "default").create();
			request.open("GET", "");
			request.setRequestHeader("x-api-key", "2");
			Requests.send(request);
			assertThat(server.awaitRequest(index).headers("X-Api-Key")).containsExactly("2");
		});
	}

	@ParameterizedTest
	@CsvSource({ "credentials.basic.username=me credentials.basic.password=pw, Basic bWU6cHc=",
			"credentials.basic.username=me credentials.basic.password=, Basic bWU6",
			"credentials.bearer.token=t0k3n, Bearer t0k3n" })
	void credentialsAreSent(String properties, String authorization) {
		String[] pairs = properties.split(" ");
		String own = "xhr." + String.join(" xhr.", pairs);
		withBaseUrl(own, (context) -> {
			assertThat(recorded(client(context, "default")).headers("Authorization")).containsExactly(authorization);
			assertThat(recorded(client(context, "orders")).headers("Authorization")).isEmpty();
		});
		String named = "xhr.clients.orders." + String.join(" xhr.clients.orders.", pairs);
		withBaseUrl(named, (context) -> {
			assertThat(recorded(client(context, "orders")).headers("Authorization")).containsExactly(authorization);
			assertThat(recorded(client(context, "default")).headers("Authorization")).isEmpty();
		});
	}

	@Test
	void noSecretIsInTheTextOfTheProperties() {
		withBaseUrl("xhr.credentials.bearer.token=s3cret xhr.headers.X-Api-Key=s3cret", (context) -> {
			XhrProperties properties = context.getBean(XhrProperties.class);
			assertThat(properties.toString()).doesNotContain("s3cret");
			assertThat(properties.getCredentials().toString()).doesNotContain("s3cret");
			assertThat(properties.getCredentials().getBearer().toString()).doesNotContain("s3cret");
			assertThat(context.getBean(XhrFactory.class).toString()).doesNotContain("s3cret");
		});
	}

	private void withBaseUrl(String properties, ContextTest test) {
		run("xhr.base-url=" + server.url("/") + " xhr.clients.orders.base-url=" + server.url("/") + " " + properties,
				test);
	}

	/**
	 * Run with properties that a space and a prefix separate.
	 */
	private void run(String properties, ContextTest test) {
		this.runner.withPropertyValues("xhr.clients.orders.load-balanced=false")
			.withPropertyValues(properties.split(" (?=xhr|spring)"))
			.run(test::accept);
	}

	private static XhrFactory client(AssertableApplicationContext context, String name) {
		assertThat(context).hasNotFailed();
		return name.equals("default") ? context.getBean(XhrFactory.class)
				: context.getBean(XhrFactories.class).get(name);
	}

	private static int connectTimeout(AssertableApplicationContext context, String client) throws InterruptedException {
		FetchFailure failure = Requests.get(client(context, client), blackhole.url("/")).getFailure();
		assertThat(failure).isNotNull();
		assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT);
		assertThat(failure.cause()).isNotNull();
		return Integer.parseInt(failure.cause().getMessage().replaceAll(".*after (\\d+) ms.*", "$1"));
	}

	private static RecordedRequest recorded(XhrFactory factory) throws InterruptedException {
		int index = server.requestCount();
		Requests.get(factory, "");
		return server.awaitRequest(index);
	}

	@FunctionalInterface
	private interface ContextTest {

		void accept(AssertableApplicationContext context) throws Exception;

	}

}
