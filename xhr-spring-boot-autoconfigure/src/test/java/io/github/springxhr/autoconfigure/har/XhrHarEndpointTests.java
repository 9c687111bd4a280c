package io.github.springxhr.autoconfigure.har;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrEventType;
import io.github.springxhr.XhrException;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrListener;
import io.github.springxhr.autoconfigure.XhrAutoConfiguration;
import io.github.springxhr.autoconfigure.XhrFactories;
import io.github.springxhr.fixture.DeadPort;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for {@link XhrHarEndpoint}, {@link XhrHarAutoConfiguration} and what they record.
 */
class XhrHarEndpointTests {

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withInitializer((context) -> context.getEnvironment().setConversionService(new ApplicationConversionService()))
		.withConfiguration(AutoConfigurations.of(XhrAutoConfiguration.class, XhrHarAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.bare
		.withPropertyValues("management.endpoints.web.exposure.include=xhrhar");

	@Test
	void nobodyListensUnlessTheEndpointIsExposed() {
		this.bare.run((context) -> assertThat(context).doesNotHaveBean(XhrHarEndpoint.class)
			.doesNotHaveBean(XhrListener.Factory.class));
		this.runner.run((context) -> assertThat(context).hasSingleBean(XhrHarEndpoint.class)
			.hasSingleBean(XhrListener.Factory.class));
	}

	@Test
	void nobodyListensWithoutAccess() {
		this.runner.withPropertyValues("management.endpoint.xhrhar.access=none")
			.run((context) -> assertThat(context).doesNotHaveBean(XhrHarEndpoint.class)
				.doesNotHaveBean(XhrListener.Factory.class));
	}

	@Test
	void nobodyListensWithoutClientsOrActuator() {
		this.runner.withPropertyValues("xhr.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(XhrListener.Factory.class));
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(XhrListener.Factory.class));
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-1" })
	void thereIsNoLogWithoutAnEntry(String maxEntries) {
		this.runner.withPropertyValues("management.endpoint.xhrhar.max-entries=" + maxEntries)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("the number of entries to keep must be 1 or more"));
	}

	@Test
	void aCompleteResponseHasItsStatusSizesAndTimings() {
		try (FaultServer server = serving(Responses.response("404 Not here", "hello", "Content-Type: text/plain"))) {
			record(server, (factory) -> {
				XMLHttpRequest request = factory.create();
				request.open(HttpMethod.POST, "items/{id}", 7);
				send(request, "four");
			}, (entry) -> {
				assertThat(entry.request().method()).isEqualTo("POST");
				assertThat(entry.request().url()).isEqualTo(server.url("/api/items/7"));
				assertThat(entry.request().bodySize()).isEqualTo(4);
				assertThat(entry.request().httpVersion()).isEqualTo("HTTP/1.1");
				assertThat(entry.response().status()).isEqualTo(404);
				assertThat(entry.response().statusText()).isEqualTo("Not here");
				assertThat(entry.response().bodySize()).isEqualTo(5);
				assertThat(entry.response().content()).isEqualTo(new Har.Content(5, "text/plain"));
				assertThat(entry.response()._error()).isNull();
				assertThat(entry.serverIPAddress()).isEqualTo("127.0.0.1");
				assertThat(entry.connection()).matches("[0-9]+");
				assertThat(entry.timings()).contains(entry("ssl", -1.0));
				assertThat(entry.timings().get("connect")).isPositive();
				assertThat(entry.timings().get("blocked")).isNotNegative();
				assertThat(entry.timings().get("wait")).isPositive();
				assertThat(entry._xhr().outcome()).isEqualTo("client_error");
				assertThat(entry._xhr().client()).isEqualTo("orders");
				assertThat(entry._xhr().uriTemplate()).isEqualTo("items/{id}");
				assertThat(entry._xhr().failure()).isNull();
			});
		}
	}

	@Test
	void eventsAreThoseThatWereFiredInTheirOrder() {
		try (FaultServer server = serving(Responses.ok("hello"))) {
			record(server, (factory) -> send(opened(factory, "a"), null), (entry) -> {
				List<Har.Event> events = entry._xhr().events();
				assertThat(events)
					.extracting((event) -> event.target() + "." + event.type() + "(" + event.loaded() + ")")
					.startsWith("request.loadstart(0)", "request.progress(5)")
					.endsWith("request.load(5)", "request.loadend(5)");
				assertThat(events).isSortedAccordingTo((one, other) -> Double.compare(one.time(), other.time()));
			});
		}
	}

	@Test
	void repeatedProgressIsTheFirstAndTheLast() {
		EventRecorder recorder = new EventRecorder();
		recorder.add(false, XhrEventType.LOADSTART, 0, 0);
		for (int loaded = 1; loaded <= 100_000; loaded++) {
			recorder.add(true, XhrEventType.PROGRESS, loaded, 0);
			recorder.add(false, XhrEventType.PROGRESS, loaded, 0);
		}
		recorder.add(false, XhrEventType.LOAD, 100_000, 0);
		assertThat(recorder.list())
			.extracting((event) -> event.target() + "." + event.type() + "(" + event.loaded() + ")")
			.containsExactly("request.loadstart(0)", "upload.progress(1)", "request.progress(1)",
					"upload.progress(100000)", "request.progress(100000)", "request.load(100000)");
	}

	@Test
	void aTruncatedResponseIsAFailureWithTheStatusAside() {
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest()
			.send(Responses.head("200 OK", "Content-Length: 100") + "hello")
			.truncate())) {
			record(server, (factory) -> send(opened(factory, "a"), null), (entry) -> {
				assertFailed(entry, "connection_closed", "network_error");
				assertThat(entry._xhr().status()).isEqualTo(200);
				assertThat(entry._xhr().failure().phase()).isEqualTo("receiving the body");
				assertThat(entry.timings().get("receive")).isPositive();
				assertThat(entry.response().content().size()).isEqualTo(5);
			});
		}
	}

	@Test
	void aRefusedConnectionIsAFailureThatWasConnecting() {
		try (DeadPort port = FaultServer.refusing()) {
			record("http://127.0.0.1:" + port.port() + "/", (factory) -> send(opened(factory, "a"), null), (entry) -> {
				assertFailed(entry, "connect", "network_error");
				assertThat(entry.timings().get("connect")).isPositive();
				assertThat(entry.timings().get("blocked") + entry.timings().get("connect")).isCloseTo(entry.time(),
						within(0.002));
				assertThat(entry.timings()).contains(entry("send", 0.0), entry("wait", 0.0), entry("receive", 0.0));
				assertThat(entry.request().httpVersion()).isEqualTo("unknown");
				assertThat(entry.serverIPAddress()).isNull();
			});
		}
	}

	@Test
	void abortsAndTimeoutsAreFailures() {
		try (FaultServer server = silent()) {
			record(server, (factory) -> {
				XMLHttpRequest request = opened(factory, "a");
				request.send();
				request.abort();
			}, (entry) -> assertFailed(entry, "abort", "abort"));
			record(server, (factory) -> {
				XMLHttpRequest request = opened(factory, "a");
				request.setTimeout(50);
				send(request, null);
			}, (entry) -> {
				assertFailed(entry, "timeout", "timeout");
				assertThat(entry._xhr().events()).extracting(Har.Event::type)
					.containsExactly("loadstart", "timeout", "loadend");
			});
		}
	}

	@Test
	void aRequestThatIsOpenedAnewIsAnEntryOfItsOwn() {
		try (FaultServer server = silent()) {
			record(server, (factory) -> {
				XMLHttpRequest request = opened(factory, "a");
				request.send();
				request.open("GET", "b");
			}, (entry) -> {
				assertFailed(entry, "superseded", "superseded");
				assertThat(entry.request().url()).isEqualTo(server.url("/api/a"));
			});
		}
	}

	@Test
	void aRequestThatItsListenerSendsAgainIsTwoEntries() {
		try (FaultServer server = serving(Responses.ok("hello", "Content-Type: text/plain"))) {
			record(server, 2, (factory) -> {
				CountDownLatch ended = new CountDownLatch(3);
				XMLHttpRequest request = opened(factory, "first");
				request.addEventListener("loadend", (event) -> ended.countDown());
				request.addEventListener("load", (event) -> {
					if (ended.getCount() == 3) {
						ended.countDown();
						request.open("POST", "second");
						request.send("four");
					}
				});
				request.send();
				await(ended);
			}, (entries) -> {
				assertThat(entries).extracting((entry) -> entry.request().url())
					.containsExactly(server.url("/api/first"), server.url("/api/second"));
				assertThat(entries).allSatisfy((entry) -> {
					assertThat(entry.response().status()).isEqualTo(200);
					assertThat(entry.response().content().mimeType()).isEqualTo("text/plain");
				});
				assertThat(entries.get(1)._xhr().events()).extracting(Har.Event::type).containsOnlyOnce("loadend");
			});
		}
	}

	@Test
	void synchronousRequestsAreRecorded() {
		try (FaultServer server = serving(Responses.ok("hello"))) {
			record(server, (factory) -> {
				XMLHttpRequest request = factory.create();
				request.open("GET", "a", false);
				request.send();
			}, (entry) -> assertThat(entry.response().status()).isEqualTo(200));
		}
		try (FaultServer server = FaultServer.start((connection) -> connection.readRequest().truncate())) {
			record(server, (factory) -> {
				XMLHttpRequest request = factory.create();
				request.open("GET", "a", false);
				assertThatExceptionOfType(XhrException.class).isThrownBy(request::send);
			}, (entry) -> assertFailed(entry, "connection_closed", "network_error"));
		}
	}

	@Test
	void secretsAreNowhere() {
		try (FaultServer server = serving(Responses.response("200 OK", "s3cret body", "X-Api-Key: s3cret",
				"X-Unknown: s3cret", "Set-Cookie: sid=s3cret; Path=/", "Set-Cookie: s3cret", "Location: /?a=s3cret",
				"WWW-Authenticate: Basic realm=\"s3cret\"", "Cache-Control: no-store"))) {
			String url = server.url("/api/").replace("http://", "http://s3cretary:s3cret@");
			this.runner
				.withPropertyValues("xhr.base-url=" + server.url("/api/"), "xhr.headers.Accept=s3cret",
						"xhr.credentials.bearer.token=s3cret")
				.run((context) -> {
					XMLHttpRequest request = context.getBean(XhrFactory.class).create();
					request.open("GET", url + "a?key=s3cret&s3cret#s3cret");
					request.setRequestHeader("X-Tenant", "s3cret");
					send(request, null);
					Har.Entry entry = entries(context.getBean(XhrHarEndpoint.class), 1).get(0);
					assertThat(entry.response().headers()).contains(new Har.Header("cache-control", "no-store"),
							new Har.Header("x-unknown", "******"), new Har.Header("set-cookie", "******"),
							new Har.Header("location", "******"));
					assertThat(entry.response().cookies()).containsExactly(new Har.Cookie("sid", "******"),
							new Har.Cookie("", "******"));
					assertThat(entry.toString()).doesNotContain("s3cret");
				});
		}
	}

	@Test
	void theOldestMakesWay() {
		try (FaultServer server = serving(Responses.ok("hello"))) {
			this.runner
				.withPropertyValues("management.endpoint.xhrhar.max-entries=3", "xhr.base-url=" + server.url("/"))
				.run((context) -> {
					for (int i = 0; i < 5; i++) {
						send(opened(context.getBean(XhrFactory.class), Integer.toString(i)), null);
					}
					XhrHarEndpoint endpoint = context.getBean(XhrHarEndpoint.class);
					Awaitility.await().until(() -> urls(endpoint).contains(server.url("/4")));
					assertThat(urls(endpoint)).containsExactly(server.url("/2"), server.url("/3"), server.url("/4"));
					endpoint.clear();
					assertThat(urls(endpoint)).isEmpty();
				});
		}
	}

	@Test
	void manyThreadsMayWriteReadAndClear() throws Exception {
		HarLog log = new HarLog(10);
		List<Thread> threads = new ArrayList<>();
		List<Throwable> failures = new CopyOnWriteArrayList<>();
		for (int writer = 0; writer < 4; writer++) {
			Thread thread = new Thread(() -> {
				for (int i = 0; i < 20_000; i++) {
					log.add(List.of(new Har.Entry("2026", i, null, null, null, null, null, null, "xhr", null)));
					assertThat(log.entries()).hasSizeLessThanOrEqualTo(10);
					if (i % 1000 == 0) {
						log.clear();
					}
				}
			});
			thread.setUncaughtExceptionHandler((failed, ex) -> failures.add(ex));
			threads.add(thread);
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(failures).isEmpty();
		assertThat(log.entries()).hasSize(10);
	}

	@Test
	void theMetadataDescribesItsProperties() {
		List<JsonNode> properties = JsonMapper.shared()
			.readTree(getClass().getResourceAsStream("/META-INF/spring-configuration-metadata.json"))
			.get("properties")
			.valueStream()
			.filter((property) -> property.get("name").asString().startsWith("management.endpoint.xhrhar."))
			.toList();
		assertThat(properties)
			.extracting((property) -> property.get("name").asString() + "=" + property.get("defaultValue").asString())
			.containsExactlyInAnyOrder("management.endpoint.xhrhar.access=read_only",
					"management.endpoint.xhrhar.cache.time-to-live=0ms", "management.endpoint.xhrhar.max-entries=100");
	}

	@Test
	void theArchiveCanBeWrittenInANativeImage() {
		RuntimeHints hints = new RuntimeHints();
		new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, XhrHarEndpoint.class);
		for (Class<?> type : List.of(Har.class, Har.Log.class, Har.Creator.class, Har.Entry.class, Har.Request.class,
				Har.Response.class, Har.Content.class, Har.Header.class, Har.Cookie.class, Har.Extension.class,
				Har.Failure.class, Har.Event.class)) {
			String component = type.getRecordComponents()[0].getName();
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(type, component)).as(type.getName())
				.accepts(hints);
		}
	}

	private static void assertFailed(Har.Entry entry, String kind, String outcome) {
		assertThat(entry.response().status()).isZero();
		assertThat(entry.response().headers()).isEmpty();
		assertThat(entry.response()._error()).isEqualTo(kind);
		assertThat(entry._xhr().outcome()).isEqualTo(outcome);
		if (!outcome.equals("superseded")) {
			assertThat(entry._xhr().failure().kind()).isEqualTo(kind);
			assertThat(entry._xhr().failure().message()).isNotBlank();
		}
	}

	private void record(FaultServer server, Consumer<XhrFactory> requests, Consumer<Har.Entry> check) {
		record(server.url("/api/"), requests, check);
	}

	private void record(String baseUrl, Consumer<XhrFactory> requests, Consumer<Har.Entry> check) {
		record(baseUrl, 1, requests, (entries) -> check.accept(entries.get(0)));
	}

	private void record(FaultServer server, int count, Consumer<XhrFactory> requests, Consumer<List<Har.Entry>> check) {
		record(server.url("/api/"), count, requests, check);
	}

	private void record(String baseUrl, int count, Consumer<XhrFactory> requests, Consumer<List<Har.Entry>> check) {
		this.runner.withPropertyValues("xhr.clients.orders.base-url=" + baseUrl).run((context) -> {
			requests.accept(context.getBean(XhrFactories.class).get("orders"));
			check.accept(entries(context.getBean(XhrHarEndpoint.class), count));
		});
	}

	/** An entry is written after the last event. */
	private static List<Har.Entry> entries(XhrHarEndpoint endpoint, int count) {
		Awaitility.await().until(() -> endpoint.archive().log().entries().size() == count);
		return endpoint.archive().log().entries();
	}

	private static List<String> urls(XhrHarEndpoint endpoint) {
		return endpoint.archive().log().entries().stream().map((entry) -> entry.request().url()).toList();
	}

	private static XMLHttpRequest opened(XhrFactory factory, String url) {
		XMLHttpRequest request = factory.create();
		request.open("GET", url);
		return request;
	}

	private static void send(XMLHttpRequest request, String body) {
		try {
			request.sendAsync(body).get(10, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			assertThat(ex).hasCauseInstanceOf(XhrException.class);
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new AssertionError(ex);
		}
	}

	private static FaultServer serving(String response) {
		return FaultServer.start(Script.keepAlive((connection) -> connection.readRequest().send(response)));
	}

	private static FaultServer silent() {
		return FaultServer.start((connection) -> connection.readRequest().awaitPeerClosed());
	}

}
