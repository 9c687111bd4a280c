package io.github.springxhr.autoconfigure.har;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrException;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.autoconfigure.XhrAutoConfiguration;
import io.github.springxhr.fixture.DeadPort;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the archive has of the hops of a request: redirects, preflights, challenges.
 */
class HarHopsTests {

	/** Leaves out what there is not, as the one of the endpoints does. */
	private static final JsonMapper MAPPER = JsonMapper.builder()
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	private static final String PAGE = "https://page.example";

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withInitializer((context) -> context.getEnvironment().setConversionService(new ApplicationConversionService()))
		.withConfiguration(AutoConfigurations.of(XhrAutoConfiguration.class, XhrHarAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=xhrhar");

	private final DeadPort dead = FaultServer.refusing();

	private final FaultServer server = FaultServer.start(Script.keepAlive((connection) -> {
		connection.readRequest();
		boolean preflight = connection.request().method().equals("OPTIONS");
		switch (connection.request().target().split("\\?")[0]) {
			case "/1" -> connection.send(
					Responses.response("301 Gone on", "body of 1", "Location: /2?key=s3cret", "Set-Cookie: a=s3cret"));
			case "/2" ->
				connection.send(Responses.response("302 Found", "to 3", "Location: /3", "Set-Cookie: b=s3cret"));
			case "/3" -> connection.send(Responses.redirect("307 Temporary Redirect", "/last"));
			case "/dead" -> connection.send(Responses.redirect("302 Found", this.dead.url("/x?key=s3cret")));
			case "/hang" -> connection.send(Responses.redirect("302 Found", "/silent"));
			case "/loop" -> connection.send(Responses.redirect("302 Found", "/loop"));
			case "/silent" -> connection.open("silent").awaitPeerClosed();
			case "/guarded" ->
				connection.send((connection.request().header("Authorization") != null) ? Responses.ok("hello")
						: Responses.response("401 Who", "no", "WWW-Authenticate: Basic realm=\"r\""));
			case "/shared" -> connection.send(preflight
					? Responses.head("204 No Content", "Access-Control-Allow-Origin: " + PAGE,
							"Access-Control-Allow-Headers: X-Own", "Access-Control-Max-Age: 600")
					: Responses.ok("hello", "Access-Control-Allow-Origin: " + PAGE, "X-Hidden: s3cret"));
			case "/closed" -> connection.send(Responses.head("403 No"));
			default -> connection.send(Responses.ok("hello", "Content-Type: text/plain"));
		}
	}));

	@AfterEach
	void close() {
		this.server.close();
		this.dead.close();
	}

	@Test
	void eachRedirectIsAnEntry() {
		record(4, (factory) -> get(factory, "/1?key=s3cret"), (entries) -> {
			assertThat(urls(entries)).containsExactly(url("/1"), url("/2"), url("/3"), url("/last"));
			assertThat(statuses(entries)).containsExactly(301, 302, 307, 200);
			assertThat(entries).extracting((entry) -> entry.response().statusText())
				.containsExactly("Gone on", "Found", "Temporary Redirect", "OK");
			assertThat(entries).extracting((entry) -> entry.response().redirectURL())
				.containsExactly(url("/2"), url("/3"), url("/last"), "");
			assertThat(entries).extracting((entry) -> entry.response().content().size())
				.containsExactly(9L, 4L, 0L, 5L);
			assertThat(entries).extracting((entry) -> entry._xhr().outcome())
				.containsExactly("redirection", "redirection", "redirection", "success");
			assertThat(entries).extracting((entry) -> entry._xhr().events().isEmpty())
				.containsExactly(true, true, true, false);
			assertThat(entries).extracting(Har.Entry::_resourceType).containsOnly("xhr");
			assertThat(entries).allSatisfy((entry) -> {
				assertThat(entry.serverIPAddress()).isEqualTo("127.0.0.1");
				assertThat(entry.connection()).matches("[0-9]+");
				assertThat(entry.timings().get("wait")).isPositive();
				assertThat(entry.timings().get("connect") > 0).isNotEqualTo(entry._xhr().connectionReused());
			});
			assertThat(entries)
				.isSortedAccordingTo((one, other) -> one.startedDateTime().compareTo(other.startedDateTime()));
		}, "xhr.cookies.enabled=true");
	}

	@Test
	void whatPeersAndCallersSayIsBounded() {
		record(1, (factory) -> {
			XMLHttpRequest request = opened(factory, "/" + "a".repeat(5000));
			request.setRequestHeader("X-" + "a".repeat(3000), "1");
			send(request);
		}, (entries) -> {
			assertThat(entries.get(0).request().url()).hasSize(2048).endsWith("\u2026");
			assertThat(entries.get(0).request().headers()).allMatch((header) -> header.name().length() <= 2048)
				.anyMatch((header) -> header.name().endsWith("\u2026"));
		});
	}

	@Test
	void theFirstHopStartsWhenTheListenersOfLoadstartHaveRun() {
		AtomicReference<Instant> begun = new AtomicReference<>(Instant.MAX);
		record(1, (factory) -> {
			XMLHttpRequest request = opened(factory, "/last");
			request.setOnloadstart((event) -> {
				long until = System.nanoTime() + 30_000_000;
				Awaitility.await().until(() -> System.nanoTime() > until);
				begun.set(Instant.now());
			});
			send(request);
		}, (entries) -> assertThat(Instant.parse(entries.get(0).startedDateTime()))
			.isAfterOrEqualTo(begun.get().truncatedTo(ChronoUnit.MILLIS)));
	}

	@Test
	void cookiesAndAuthorizationAreMaskedInEachEntry() {
		record(4, (factory) -> {
			XMLHttpRequest request = opened(factory, "/1?key=s3cret");
			request.setRequestHeader("Authorization", "Bearer s3cret");
			send(request);
		}, (entries) -> {
			assertThat(entries).extracting((entry) -> entry.response().cookies().size()).containsExactly(1, 1, 0, 0);
			assertThat(entries).extracting((entry) -> entry.request().cookies().stream().map(Har.Cookie::name).toList())
				.containsExactly(List.of(), List.of("a"), List.of("a", "b"), List.of("a", "b"));
			assertThat(entries).allSatisfy((entry) -> {
				assertThat(entry.request().headers()).contains(new Har.Header("authorization", "******"));
				assertThat(entry.request().queryString()).isEmpty();
			});
			assertThat(entries.get(1).request().headers()).contains(new Har.Header("cookie", "******"));
			assertThat(entries.get(0).response().headers()).contains(new Har.Header("set-cookie", "******"),
					new Har.Header("location", "******"));
			assertThat(entries.toString()).doesNotContain("s3cret");
		}, "xhr.cookies.enabled=true");
	}

	@Test
	void aPreflightIsAnEntryUnlessItsAnswerStillHolds() {
		record(3, (factory) -> {
			guarded(factory, "/shared");
			guarded(factory, "/shared");
		}, (entries) -> {
			assertThat(entries).extracting((entry) -> entry.request().method())
				.containsExactly("OPTIONS", "GET", "GET");
			assertThat(entries).extracting(Har.Entry::_resourceType).containsExactly("preflight", "xhr", "xhr");
			assertThat(statuses(entries)).containsExactly(204, 200, 200);
			assertThat(entries.get(0).request().headers()).contains(new Har.Header("origin", PAGE),
					new Har.Header("access-control-request-method", "GET"),
					new Har.Header("access-control-request-headers", "x-own"));
			assertThat(entries.get(1).request().headers()).contains(new Har.Header("x-own", "******"));
			assertThat(entries.get(1).response().headers()).contains(new Har.Header("x-hidden", "******"));
		}, "xhr.origin=" + PAGE);
	}

	@Test
	void aPreflightThatIsRefusedIsTheOnlyEntry() {
		record(1, (factory) -> guarded(factory, "/closed"), (entries) -> {
			assertFailed(entries.get(0), "cors", 403);
			assertThat(entries.get(0)._resourceType()).isEqualTo("preflight");
			assertThat(entries.get(0)._xhr().outcome()).isEqualTo("cors_error");
		}, "xhr.origin=" + PAGE);
	}

	@Test
	void aChallengeAndItsAnswerAreEntries() {
		record(2, (factory) -> {
			XMLHttpRequest request = factory.create();
			request.open("GET", url("/guarded"), true, "me", "s3cret");
			send(request);
		}, (entries) -> {
			assertThat(statuses(entries)).containsExactly(401, 200);
			assertThat(entries).extracting((entry) -> entry._xhr().outcome())
				.containsExactly("client_error", "success");
			assertThat(entries.toString()).doesNotContain("s3cret");
		});
	}

	@Test
	void theHopThatFailsIsTheOneWithTheFailure() {
		record(2, (factory) -> get(factory, "/dead"), (entries) -> {
			assertThat(urls(entries)).containsExactly(url("/dead"), this.dead.url("/x"));
			assertThat(entries.get(0).response().status()).isEqualTo(302);
			assertThat(entries.get(0).response()._error()).isNull();
			assertThat(entries.get(0)._xhr().failure()).isNull();
			assertFailed(entries.get(1), "connect", 0);
			assertThat(entries.get(1).timings().get("connect")).isPositive();
			assertThat(entries.get(1).serverIPAddress()).isNull();
		});
	}

	@Test
	void aRedirectTooManyIsTheOneWithTheFailure() {
		record(3, (factory) -> get(factory, "/loop"), (entries) -> {
			assertThat(statuses(entries)).containsExactly(302, 302, 0);
			assertFailed(entries.get(2), "redirect", 302);
		}, "xhr.max-redirects=2");
	}

	@Test
	void anAbortEndsTheHopThatIsUnderWay() {
		record(2, (factory) -> {
			XMLHttpRequest request = opened(factory, "/hang");
			request.send();
			this.server.await("silent");
			request.abort();
		}, (entries) -> {
			assertThat(statuses(entries)).containsExactly(302, 0);
			assertFailed(entries.get(1), "abort", 0);
			assertThat(entries.get(1).timings().get("wait")).isPositive();
		});
	}

	@Test
	void aTimeoutEndsTheHopThatIsUnderWay() {
		record(2, (factory) -> {
			XMLHttpRequest request = opened(factory, "/hang");
			request.setTimeout(300);
			send(request);
		}, (entries) -> {
			assertThat(statuses(entries)).containsExactly(302, 0);
			assertFailed(entries.get(1), "timeout", 0);
			assertThat(entries.get(1).timings().get("wait")).isGreaterThan(50);
		});
	}

	@Test
	void whatNeverWentOverTheNetworkIsAnEntryToo() {
		record(2, (factory) -> {
			get(factory, "http://host.example:25/?key=s3cret");
			get(factory, "data:text/plain,hello");
		}, (entries) -> {
			assertFailed(entries.get(0), "blocked", 0);
			assertThat(entries.get(0).request().url()).isEqualTo("http://host.example:25/");
			assertThat(entries.get(1).response().status()).isEqualTo(200);
			assertThat(entries.get(1).response().content().size()).isEqualTo(5);
		}, "xhr.origin=" + PAGE.replace("https", "http"));
	}

	private void record(int count, Consumer<XhrFactory> requests, Consumer<List<Har.Entry>> check,
			String... properties) {
		this.runner.withPropertyValues(properties).run((context) -> {
			requests.accept(context.getBean(XhrFactory.class));
			XhrHarEndpoint endpoint = context.getBean(XhrHarEndpoint.class);
			Awaitility.await().until(() -> endpoint.archive().log().entries().size() >= count);
			assertThat(endpoint.archive().log().entries()).hasSize(count);
			assertThat(HarRules.violations(MAPPER.valueToTree(endpoint.archive()))).isEmpty();
			check.accept(endpoint.archive().log().entries());
		});
	}

	private static void assertFailed(Har.Entry entry, String kind, int status) {
		assertThat(entry.response().status()).isZero();
		assertThat(entry.response()._error()).isEqualTo(kind);
		assertThat(entry._xhr().failure().kind()).isEqualTo(kind);
		assertThat(entry._xhr().status()).isEqualTo(status);
	}

	private static List<String> urls(List<Har.Entry> entries) {
		return entries.stream().map((entry) -> entry.request().url()).toList();
	}

	private static List<Integer> statuses(List<Har.Entry> entries) {
		return entries.stream().map((entry) -> entry.response().status()).toList();
	}

	private String url(String path) {
		return this.server.url(path);
	}

	private void guarded(XhrFactory factory, String path) {
		XMLHttpRequest request = opened(factory, path);
		request.setRequestHeader("X-Own", "s3cret");
		send(request);
	}

	private void get(XhrFactory factory, String url) {
		send(opened(factory, url));
	}

	private XMLHttpRequest opened(XhrFactory factory, String url) {
		XMLHttpRequest request = factory.create();
		request.open("GET", url.startsWith("/") ? url(url) : url);
		return request;
	}

	private static void send(XMLHttpRequest request) {
		try {
			request.sendAsync(null).get(10, TimeUnit.SECONDS);
		}
		catch (ExecutionException ex) {
			assertThat(ex).hasCauseInstanceOf(XhrException.class);
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

}
