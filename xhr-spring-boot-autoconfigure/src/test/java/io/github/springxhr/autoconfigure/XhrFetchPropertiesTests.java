package io.github.springxhr.autoconfigure;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.fetch.NetworkExchange;
import io.github.springxhr.fetch.NetworkHandler;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.fetch.NetworkTransport;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.RecordedRequest;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import io.github.springxhr.http.HeaderList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The properties of what Fetch does: each of them does something, and is inherited by a
 * named client or not.
 */
class XhrFetchPropertiesTests {

	private static FaultServer server;

	private static FaultServer other;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(XhrAutoConfiguration.class, WebClientAutoConfiguration.class));

	@BeforeAll
	static void start() {
		Script script = Script.keepAlive((connection) -> {
			RecordedRequest request = connection.readRequest().request();
			connection.send(switch (request.target()) {
				case "/redirect" -> Responses.redirect("302 Found", "/");
				case "/away" -> Responses.redirect("302 Found", other.url("/"));
				default -> Responses.ok("hello", "Set-Cookie: session=of-the-client");
			});
		});
		server = FaultServer.start(script);
		other = FaultServer.start(script);
	}

	@AfterAll
	static void stop() {
		server.close();
		other.close();
	}

	@ParameterizedTest
	@CsvSource({ "'', default, XHR-for-Spring", "xhr.user-agent=a/1, default, a/1", "xhr.user-agent=a/1, orders, a/1",
			"xhr.user-agent=a/1 xhr.clients.orders.user-agent=b/2, orders, b/2",
			"xhr.clients.orders.user-agent=b/2, default, XHR-for-Spring" })
	void userAgentIsInherited(String properties, String client, String expected) {
		int before = server.requestCount();
		run(properties, (context) -> Requests.get(client(context, client), server.url("/agent")));
		assertThat(server.awaitRequest(before).header("User-Agent")).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource({ "'', default, false", "xhr.with-credentials=true, default, true",
			"xhr.with-credentials=true, orders, false", "xhr.clients.orders.with-credentials=true, orders, true" })
	void withCredentialsIsNotInherited(String properties, String client, boolean expected) {
		run(properties,
				(context) -> assertThat(client(context, client).create().isWithCredentials()).isEqualTo(expected));
	}

	/**
	 * There is a progress event of the first chunk and one of the end; those between are
	 * what the property is about.
	 */
	@ParameterizedTest
	@CsvSource({ "xhr.progress-interval=0, default, 4", "xhr.progress-interval=0, orders, 4",
			"xhr.progress-interval=1h, default, 2",
			"xhr.progress-interval=1h xhr.clients.orders.progress-interval=0, orders, 4",
			"xhr.clients.orders.progress-interval=0 xhr.progress-interval=1h, default, 2" })
	void progressIntervalIsInherited(String properties, String client, int events) {
		try (FaultServer parts = FaultServer.start((connection) -> connection.readRequest()
			.send(Responses.head("200 OK", "Content-Length: 9") + "one")
			.await("two")
			.send("two")
			.await("three")
			.send("six")
			.hold())) {
			run(properties, (context) -> {
				XMLHttpRequest request = client(context, client).create();
				AtomicInteger count = new AtomicInteger();
				request.addEventListener("progress", (event) -> count.incrementAndGet());
				request.open("GET", parts.url("/"));
				CompletableFuture<XMLHttpRequest> end = request.sendAsync(null);
				await().until(() -> request.getResponseText().length() == 3);
				parts.open("two");
				await().until(() -> request.getResponseText().length() == 6);
				parts.open("three");
				end.join();
				assertThat(count).hasValue(events);
			});
		}
	}

	@ParameterizedTest
	@CsvSource({ "xhr.credentials.origins=%s, default, Bearer t0ken", "'', default, ",
			"xhr.credentials.origins=%s xhr.clients.orders.credentials.bearer.token=b "
					+ "xhr.clients.orders.base-url=http://orders.example/ "
					+ "xhr.clients.orders.with-credentials=true, orders, " })
	void credentialsOriginsAreNotInherited(String properties, String client, @Nullable String authorization) {
		String origin = other.url("").replaceAll("/$", "");
		int before = other.requestCount();
		run(properties.formatted(origin) + " xhr.base-url=" + server.url("/")
				+ " xhr.credentials.bearer.token=t0ken xhr.with-credentials=true",
				(context) -> Requests.get(client(context, client), other.url("/")));
		assertThat(other.awaitRequest(before).header("Authorization")).isEqualTo(authorization);
	}

	@ParameterizedTest
	@CsvSource({ "'', default, ", "xhr.max-redirects=1, default, ", "xhr.max-redirects=0, default, REDIRECT",
			"xhr.max-redirects=0, orders, REDIRECT", "xhr.max-redirects=0 xhr.clients.orders.max-redirects=1, orders, ",
			"xhr.clients.orders.max-redirects=0, orders, REDIRECT", "xhr.clients.orders.max-redirects=0, default, " })
	void maxRedirectsIsInherited(String properties, String client, @Nullable FailureKind failure) {
		run(properties, (context) -> assertThat(failure(client(context, client), "/redirect")).isEqualTo(failure));
	}

	@ParameterizedTest
	@CsvSource({ "'', default, true", "xhr.compression=true, default, true", "xhr.compression=false, default, false",
			"xhr.compression=false, orders, false",
			"xhr.compression=false xhr.clients.orders.compression=true, orders, true",
			"xhr.clients.orders.compression=false, orders, false",
			"xhr.clients.orders.compression=false, default, true" })
	void compressionIsInherited(String properties, String client, boolean asked) {
		run(properties, (context) -> {
			String codings = recorded(client(context, client)).header("Accept-Encoding");
			assertThat(codings).matches(asked ? "gzip.*" : "identity");
		});
	}

	@ParameterizedTest
	@CsvSource({ "'', default, ", "xhr.http2=true, default, h2c", "xhr.http2=true, orders, h2c",
			"xhr.http2=true xhr.clients.orders.http2=false, orders, ", "xhr.clients.orders.http2=true, orders, h2c",
			"xhr.clients.orders.http2=true, default, " })
	void http2IsInherited(String properties, String client, @Nullable String upgrade) {
		run(properties,
				(context) -> assertThat(recorded(client(context, client)).header("Upgrade")).isEqualTo(upgrade));
	}

	@ParameterizedTest
	@CsvSource({ "'', default, ", "xhr.origin=http://shop.example, default, http://shop.example",
			"xhr.origin=null, default, null_", "xhr.origin=http://shop.example, orders, ",
			"xhr.clients.orders.origin=http://shop.example, orders, http://shop.example",
			"xhr.clients.orders.origin=http://shop.example, default, " })
	void originIsNotInherited(String properties, String client, @Nullable String origin) {
		run(properties, (context) -> assertThat(recorded(client(context, client)).header("Origin"))
			.isEqualTo("null_".equals(origin) ? "null" : origin));
	}

	@ParameterizedTest
	@CsvSource({ "'', default, ", "xhr.referrer=http://shop.example/basket, default, http://shop.example/",
			"xhr.referrer=http://shop.example/basket, orders, ",
			"xhr.clients.orders.referrer=http://shop.example/basket, orders, http://shop.example/",
			"xhr.clients.orders.referrer=http://shop.example/basket, default, " })
	void referrerIsNotInherited(String properties, String client, @Nullable String referer) {
		run("xhr.origin=http://shop.example xhr.clients.orders.origin=http://shop.example " + properties,
				(context) -> assertThat(recorded(client(context, client)).header("Referer")).isEqualTo(referer));
	}

	@ParameterizedTest
	@CsvSource({ "'', default, ", "xhr.confine-to-base-url=true, default, BLOCKED",
			"xhr.confine-to-base-url=false, default, ", "xhr.confine-to-base-url=true, orders, ",
			"xhr.clients.orders.confine-to-base-url=true, orders, BLOCKED",
			"xhr.clients.orders.confine-to-base-url=true, default, " })
	void confineToBaseUrlIsNotInherited(String properties, String client, @Nullable FailureKind failure) {
		run(properties, (context) -> {
			assertThat(failure(client(context, client), other.url("/"))).isEqualTo(failure);
			assertThat(failure(client(context, client), "/away")).isEqualTo(failure);
			assertThat(failure(client(context, client), "/redirect")).isNull();
		});
	}

	@ParameterizedTest
	@CsvSource({ "'', default, REDIRECT", "xhr.allow-https-downgrade=true, default, ",
			"xhr.allow-https-downgrade=true, orders, REDIRECT",
			"xhr.clients.orders.allow-https-downgrade=true, orders, ",
			"xhr.clients.orders.allow-https-downgrade=true, default, REDIRECT" })
	void allowHttpsDowngradeIsNotInherited(String properties, String client, @Nullable FailureKind failure) {
		this.runner.withBean(BuilderSettings.class, () -> (builder) -> builder.transport(new DowngradingTransport()))
			.withPropertyValues("xhr.clients.orders.load-balanced=false")
			.withPropertyValues(properties.split(" "))
			.run((context) -> assertThat(failure(client(context, client), "https://shop.example/")).isEqualTo(failure));
	}

	@ParameterizedTest
	@CsvSource({ "'', default, ", "xhr.cookies.enabled=true, default, session=of-the-client",
			"xhr.cookies.enabled=true, orders, ",
			"xhr.clients.orders.cookies.enabled=true, orders, session=of-the-client",
			"xhr.clients.orders.cookies.enabled=true, default, " })
	void cookiesAreNotInherited(String properties, String client, @Nullable String cookie) {
		run(properties, (context) -> {
			XhrFactory factory = client(context, client);
			assertThat(recorded(factory).header("Cookie")).isNull();
			assertThat(recorded(factory).header("Cookie")).isEqualTo(cookie);
		});
	}

	@Test
	void cookiesAreNotShared() {
		run("xhr.cookies.enabled=true xhr.clients.orders.cookies.enabled=true xhr.clients.billing.cookies.enabled=true "
				+ "xhr.clients.billing.base-url=" + server.url("/"), (context) -> {
					for (String client : new String[] { "default", "orders", "billing" }) {
						assertThat(recorded(client(context, client)).header("Cookie")).as(client).isNull();
						assertThat(recorded(client(context, client)).header("Cookie")).as(client).isNotNull();
					}
				});
	}

	/**
	 * Run with properties that a space separates, beside a base URL of both clients.
	 */
	private void run(String properties, ContextTest test) {
		this.runner
			.withPropertyValues("xhr.base-url=" + server.url("/"), "xhr.clients.orders.base-url=" + server.url("/"))
			.withPropertyValues(properties.split(" "))
			.run(test::accept);
	}

	private static XhrFactory client(AssertableApplicationContext context, String name) {
		assertThat(context).hasNotFailed();
		return name.equals("default") ? context.getBean(XhrFactory.class)
				: context.getBean(XhrFactories.class).get(name);
	}

	private static @Nullable FailureKind failure(XhrFactory factory, String url) throws InterruptedException {
		XMLHttpRequest request = Requests.get(factory, url);
		FetchFailure failure = request.getFailure();
		assertThat(request.getStatus()).isEqualTo((failure != null) ? 0 : 200);
		return (failure != null) ? failure.kind() : null;
	}

	private static RecordedRequest recorded(XhrFactory factory) throws InterruptedException {
		int index = server.requestCount();
		Requests.get(factory, "/");
		return server.awaitRequest(index);
	}

	@FunctionalInterface
	private interface ContextTest {

		void accept(AssertableApplicationContext context) throws Exception;

	}

	/**
	 * Redirects from https to http, and answers there.
	 */
	private static final class DowngradingTransport implements NetworkTransport {

		@Override
		public NetworkExchange start(NetworkRequest request, NetworkHandler handler) {
			CompletableFuture.runAsync(() -> {
				HeaderList headers = new HeaderList();
				boolean secure = request.url().scheme().equals("https");
				if (secure) {
					headers.add("Location", "http://shop.example/");
				}
				handler.requestBodyEnd();
				handler.responseHead(secure ? 302 : 200, secure ? "Found" : "OK", headers);
				handler.bodyEnd();
			});
			return new NetworkExchange() {

				@Override
				public void request(long chunks) {
				}

				@Override
				public void cancel() {
				}

			};
		}

		@Override
		public void close() {
		}

	}

}
