package io.github.springxhr;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import io.github.springxhr.FakeTransport.FakeExchange;
import io.github.springxhr.http.CorsFailure.Step;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.HeaderList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What an origin brings: the headers that are added, forbidden and hidden, the preflight
 * cache, redirects across origins.
 */
class ClientOriginTests {

	private static final String ALLOW = "Access-Control-Allow-Origin";

	private static final String SHOP = "https://shop.test";

	private final FakeTransport transport = new FakeTransport();

	private final ManualExecutor executor = new ManualExecutor();

	private final VirtualTimers timers = new VirtualTimers();

	private XhrFactory factory = factory((builder) -> builder.origin(SHOP).referrer(SHOP + "/cart?id=7#top"));

	@AfterEach
	void close() {
		this.factory.close();
	}

	private XhrFactory factory(Consumer<XhrFactoryBuilder> settings) {
		XhrFactoryBuilder builder = XhrFactory.builder(WebClient.builder())
			.transport(this.transport)
			.eventExecutor(this.executor)
			.timers(this.timers);
		settings.accept(builder);
		return builder.build();
	}

	private XMLHttpRequest send(String method, String url, String... headers) {
		return send(this.factory.create(), method, url, headers);
	}

	private static XMLHttpRequest send(XMLHttpRequest xhr, String method, String url, String... headers) {
		xhr.open(method, url);
		for (int i = 0; i < headers.length; i += 2) {
			xhr.setRequestHeader(headers[i], headers[i + 1]);
		}
		xhr.send();
		return xhr;
	}

	private HeaderList sent() {
		return this.transport.last().request.headers();
	}

	private void answer(FakeExchange exchange, int status, String... headers) {
		exchange.head(status, headers).end();
		this.executor.run();
	}

	@Test
	void sameOriginGetTellsNoOrigin() {
		send("GET", SHOP + "/x");
		assertThat(sent().contains("Origin")).isFalse();
		assertThat(sent().get("Referer")).isEqualTo(SHOP + "/cart?id=7");
		assertThat(sent().get("Sec-Fetch-Site")).isEqualTo("same-origin");
		assertThat(sent().get("Sec-Fetch-Mode")).isEqualTo("cors");
		assertThat(sent().get("Sec-Fetch-Dest")).isEqualTo("empty");
	}

	@Test
	void sameOriginPostTellsTheOrigin() {
		send("POST", SHOP + "/x");
		assertThat(sent().get("Origin")).isEqualTo(SHOP);
	}

	@Test
	void crossOriginTellsTheOriginAlone() {
		send("GET", "https://api.test/x");
		assertThat(sent().get("Origin")).isEqualTo(SHOP);
		assertThat(sent().get("Referer")).isEqualTo(SHOP + "/");
		assertThat(sent().get("Sec-Fetch-Site")).isEqualTo("cross-site");
	}

	@Test
	void noOriginNoBrowserHeaders() {
		this.factory.close();
		this.factory = factory((builder) -> builder.baseUrl("http://h/"));
		send("POST", "x", "Origin", "mine", "Referer", "mine");
		assertThat(sent().getAll("Origin")).containsExactly("mine");
		assertThat(sent().getAll("Referer")).containsExactly("mine");
		assertThat(sent().contains("Sec-Fetch-Site")).isFalse();
	}

	@Test
	void opaqueOriginIsNobodysOwn() {
		this.factory.close();
		this.factory = factory((builder) -> builder.origin("null"));
		XMLHttpRequest xhr = send("GET", "https://api.test/x");
		assertThat(sent().get("Origin")).isEqualTo("null");
		answer(this.transport.last(), 200, ALLOW, "null");
		assertThat(xhr.getStatus()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Accept-Charset", "Accept-Encoding", "Access-Control-Request-Headers",
			"Access-Control-Request-Method", "Connection", "Content-Length", "Cookie", "Cookie2", "Date", "DNT",
			"Expect", "Host", "Keep-Alive", "Origin", "Referer", "Set-Cookie", "TE", "Trailer", "Transfer-Encoding",
			"Upgrade", "Via", "Proxy-Authorization", "proxy-x", "Sec-Fetch-Site", "sec-x" })
	void forbiddenHeaderIsIgnored(String name) {
		send("GET", SHOP + "/x", name, "mine");
		assertThat(sent().getAll(name)).doesNotContain("mine");
	}

	@Test
	void methodOverrideMayNotSmuggleAForbiddenMethod() {
		send("POST", SHOP + "/x", "X-HTTP-Method-Override", "GET, trace", "X-Method-Override", "PATCH");
		assertThat(sent().contains("X-HTTP-Method-Override")).isFalse();
		assertThat(sent().get("X-Method-Override")).isEqualTo("PATCH");
	}

	@Test
	void systemRequestIsTrusted() {
		XMLHttpRequest xhr = send(this.factory.create(XhrOptions.DEFAULTS.system()), "PUT", "https://api.test/x",
				"Referer", "mine", "X-Key", "k");
		assertThat(this.transport.exchanges).hasSize(1);
		assertThat(sent().get("Referer")).isEqualTo("mine");
		assertThat(sent().contains("Origin")).isFalse();
		answer(this.transport.last(), 200, "Set-Cookie", "a=b");
		assertThat(xhr.getStatus()).isEqualTo(200);
		assertThat(xhr.getResponseHeader("Set-Cookie")).isEqualTo("a=b");
	}

	@Test
	void sameOriginResponseHidesCookiesOnly() {
		XMLHttpRequest xhr = send("GET", SHOP + "/x");
		answer(this.transport.last(), 200, "Set-Cookie", "a=b", "set-cookie2", "a=b", "X-Any", "1");
		assertThat(xhr.getAllResponseHeaders()).isEqualTo("x-any: 1\r\n");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "'' | false | Content-Type,Expires", "X-A | false | Content-Type,Expires,X-A",
					"x-a , X-B | false | Content-Type,Expires,X-A,X-B", "* | false | Content-Type,Expires,X-A,X-B",
					"* | true | Content-Type,Expires", "Set-Cookie | false | Content-Type,Expires",
					"X-A (x) | false | Content-Type,Expires" })
	void crossOriginResponseShowsWhatIsExposed(String exposed, boolean withCredentials, String visible) {
		XMLHttpRequest xhr = this.factory.create();
		xhr.setWithCredentials(withCredentials);
		send(xhr, "GET", "https://api.test/x");
		answer(this.transport.last(), 200, ALLOW, SHOP, "Access-Control-Allow-Credentials", "true",
				"Access-Control-Expose-Headers", exposed, "Content-Type", "text/plain", "Expires", "0", "X-A", "1",
				"X-B", "2", "Set-Cookie", "a=b");
		for (String name : List.of("Content-Type", "Expires", "X-A", "X-B", "Set-Cookie")) {
			assertThat(xhr.getResponseHeader(name) != null).as(name)
				.isEqualTo(List.of(visible.split(",")).contains(name));
		}
	}

	@Test
	void badPortIsNotFetchedFrom() {
		XMLHttpRequest xhr = send("GET", "https://shop.test:6667/");
		this.executor.run();
		assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.BLOCKED);
		assertThat(xhr.getFailure().message()).contains("6667");
		assertThat(this.transport.exchanges).isEmpty();
	}

	@Test
	void mixedContentIsNotFetched() {
		XMLHttpRequest xhr = send("GET", "http://api.test/");
		this.executor.run();
		assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.BLOCKED);
		assertThat(this.transport.exchanges).isEmpty();
		send("GET", "http://localhost:8080/");
		assertThat(this.transport.exchanges).hasSize(1);
	}

	@Test
	void preflightCarriesNothingOfTheAuthorOrTheConfiguration() {
		this.factory.close();
		this.factory = factory((builder) -> builder.origin(SHOP)
			.baseUrl("https://api.test/")
			.header("X-Configured", "secret")
			.basicCredentials("user", "secret"));
		XMLHttpRequest xhr = this.factory.create();
		xhr.setWithCredentials(true);
		send(xhr, "PUT", "x", "X-Author", "secret");
		HeaderList preflight = this.transport.only().request.headers();
		assertThat(preflight.names()).containsExactly("Accept", "Access-Control-Request-Method",
				"Access-Control-Request-Headers", "Origin", "Sec-Fetch-Dest", "Sec-Fetch-Mode", "Sec-Fetch-Site",
				"User-Agent", "Accept-Encoding");
		assertThat(preflight.get("Access-Control-Request-Headers")).isEqualTo("x-author,x-configured");
		assertThat(this.transport.only().request.ownOrigin()).isFalse();
		answer(this.transport.only(), 204, ALLOW, SHOP, "Access-Control-Allow-Credentials", "true",
				"Access-Control-Allow-Methods", "PUT", "Access-Control-Allow-Headers", "x-author, x-configured");
		assertThat(sent().get("X-Author")).isEqualTo("secret");
		assertThat(sent().get("X-Configured")).isEqualTo("secret");
		assertThat(sent().get("Authorization")).startsWith("Basic ");
		assertThat(this.transport.last().request.ownOrigin()).isFalse();
	}

	@Test
	void configuredAuthorizationNeedsWithCredentialsAcrossOrigins() {
		this.factory.close();
		this.factory = factory((builder) -> builder.origin(SHOP).baseUrl("https://api.test/").bearerToken("secret"));
		send("GET", "x");
		assertThat(sent().contains("Authorization")).isFalse();
	}

	@Test
	void preflightIsRemembered() {
		put("https://api.test/x", "60");
		assertThat(this.transport.exchanges).hasSize(2);
		send("PUT", "https://api.test/x");
		assertThat(this.transport.exchanges).hasSize(3);
		assertThat(this.transport.last().request.method()).isEqualTo("PUT");
		send("PUT", "https://api.test/other");
		assertThat(this.transport.last().request.method()).isEqualTo("OPTIONS");
		this.timers.advance(Duration.ofSeconds(60));
		send("PUT", "https://api.test/x");
		assertThat(this.transport.last().request.method()).isEqualTo("OPTIONS");
	}

	@ParameterizedTest
	@CsvSource({ "0,0,OPTIONS", "99999999999999999999,599,PUT", "99999999999999999999,600,OPTIONS", "x,4,PUT",
			"x,5,OPTIONS", "-1,4,PUT", "10,9,PUT", "10,10,OPTIONS" })
	void preflightIsRememberedForItsMaxAge(String maxAge, int later, String next) {
		put("https://api.test/x", maxAge);
		this.timers.advance(Duration.ofSeconds(later));
		send("PUT", "https://api.test/x");
		assertThat(this.transport.last().request.method()).isEqualTo(next);
	}

	@Test
	void preflightWithoutCredentialsDoesNotCountForOneWithThem() {
		put("https://api.test/x", "60");
		XMLHttpRequest xhr = this.factory.create();
		xhr.setWithCredentials(true);
		send(xhr, "PUT", "https://api.test/x");
		assertThat(this.transport.last().request.method()).isEqualTo("OPTIONS");
	}

	@Test
	void preflightIsForgottenWhenTheRequestFails() {
		put("https://api.test/x", "60");
		XMLHttpRequest xhr = send("PUT", "https://api.test/x");
		answer(this.transport.last(), 200);
		assertThat(xhr.getFailure().cors().step()).isEqualTo(Step.ALLOW_ORIGIN);
		send("PUT", "https://api.test/x");
		assertThat(this.transport.last().request.method()).isEqualTo("OPTIONS");
	}

	@Test
	void preflightsAreRememberedForTheLast256Urls() {
		put("https://api.test/first", "600");
		for (int i = 0; i < 256; i++) {
			put("https://api.test/" + i, "600");
		}
		send("PUT", "https://api.test/first");
		assertThat(this.transport.last().request.method()).isEqualTo("OPTIONS");
		send("PUT", "https://api.test/255");
		assertThat(this.transport.last().request.method()).isEqualTo("PUT");
	}

	private void put(String url, String maxAge) {
		send("PUT", url);
		answer(this.transport.last(), 204, ALLOW, SHOP, "Access-Control-Allow-Methods", "PUT", "Access-Control-Max-Age",
				maxAge);
		answer(this.transport.last(), 200, ALLOW, SHOP);
	}

	@Test
	void abortDuringThePreflightSendsNothingMore() {
		XMLHttpRequest xhr = send("PUT", "https://api.test/x");
		xhr.abort();
		assertThat(this.transport.only().cancelled).isTrue();
		answer(this.transport.only(), 204, ALLOW, SHOP, "Access-Control-Allow-Methods", "PUT");
		assertThat(this.transport.exchanges).hasSize(1);
	}

	@Test
	void failureOfThePreflightSaysSo() {
		XMLHttpRequest xhr = send("PUT", "https://api.test/x");
		this.transport.only().fail();
		this.executor.run();
		assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.CONNECTION_CLOSED);
		assertThat(xhr.getFailure().message()).contains("preflight");
	}

	@Test
	void timeoutCountsThePreflight() {
		XMLHttpRequest xhr = this.factory.create();
		xhr.setTimeout(1000);
		send(xhr, "PUT", "https://api.test/x");
		this.timers.advance(Duration.ofMillis(1000));
		this.executor.run();
		assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.TIMEOUT);
		assertThat(this.transport.only().cancelled).isTrue();
	}

	@Test
	void redirectToAnotherOriginNeedsItsPermission() {
		XMLHttpRequest xhr = send("GET", SHOP + "/x");
		answer(this.transport.last(), 302, "Location", "https://api.test/y");
		assertThat(sent().get("Origin")).isEqualTo(SHOP);
		answer(this.transport.last(), 200);
		assertThat(xhr.getFailure().cors().step()).isEqualTo(Step.ALLOW_ORIGIN);
	}

	@Test
	void redirectFromAnotherOriginToAThirdTellsNull() {
		XMLHttpRequest xhr = send("GET", "https://api.test/x");
		answer(this.transport.last(), 302, "Location", "https://third.test/y", ALLOW, SHOP);
		assertThat(sent().get("Origin")).isEqualTo("null");
		answer(this.transport.last(), 200, ALLOW, SHOP);
		assertThat(xhr.getFailure().cors().expected()).contains("'null'");
	}

	@Test
	void wayBackHomeIsStillCors() {
		XMLHttpRequest xhr = send("GET", "https://api.test/x");
		answer(this.transport.last(), 302, "Location", SHOP + "/y", ALLOW, SHOP);
		assertThat(sent().get("Origin")).isEqualTo("null");
		answer(this.transport.last(), 200);
		assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.CORS);
	}

	@Test
	void redirectThatIsNotSharedIsNotFollowed() {
		XMLHttpRequest xhr = send("GET", "https://api.test/x");
		answer(this.transport.last(), 302, "Location", "https://api.test/y");
		assertThat(xhr.getFailure().cors().step()).isEqualTo(Step.ALLOW_ORIGIN);
		assertThat(this.transport.exchanges).hasSize(1);
	}

	@Test
	void redirectedRequestIsPreflightedAnew() {
		send("PUT", "https://api.test/x");
		answer(this.transport.last(), 204, ALLOW, "*", "Access-Control-Allow-Methods", "PUT");
		answer(this.transport.last(), 307, "Location", "https://third.test/y", ALLOW, "*");
		assertThat(this.transport.last().request.method()).isEqualTo("OPTIONS");
		assertThat(this.transport.last().request.url().serialize(true)).isEqualTo("https://third.test/y");
		assertThat(sent().get("Origin")).isEqualTo("null");
	}

	@Test
	void authorizationOfTheAuthorStaysBehindAndOtherHeadersAreAskedFor() {
		send("GET", SHOP + "/x", "Authorization", "secret", "X-Key", "k");
		answer(this.transport.last(), 302, "Location", "https://api.test/y");
		assertThat(this.transport.last().request.method()).isEqualTo("OPTIONS");
		assertThat(sent().get("Access-Control-Request-Headers")).isEqualTo("x-key");
		answer(this.transport.last(), 204, ALLOW, SHOP, "Access-Control-Allow-Headers", "x-key");
		assertThat(sent().contains("Authorization")).isFalse();
		assertThat(sent().get("X-Key")).isEqualTo("k");
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://user@api.test/", "https://u:p@third.test/", "https://:p@shop.test/" })
	void redirectOfACorsRequestToAUrlWithCredentialsIsRefused(String location) {
		XMLHttpRequest xhr = send("GET", "https://api.test/x");
		answer(this.transport.last(), 302, "Location", location, ALLOW, SHOP);
		assertThat(xhr.getFailure().kind()).isEqualTo(FailureKind.REDIRECT);
		assertThat(this.transport.exchanges).hasSize(1);
	}

	@Test
	void referrerPolicyOfARedirectCounts() {
		send("GET", SHOP + "/x");
		answer(this.transport.last(), 302, "Location", "/y", "Referrer-Policy", "no-referrer");
		assertThat(sent().contains("Referer")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "shop.example", "https://shop.example/", "https://shop.example/x", "ftp://x", "*", "",
			"NULL", "https://u@shop.example" })
	void originIsSchemeHostAndPort(String origin) {
		assertThatIllegalArgumentException().isThrownBy(() -> XhrFactory.builder(WebClient.builder()).origin(origin))
			.withMessageStartingWith("origin ");
	}

	@Test
	void referrerNeedsAnOriginAndHeadersMustBeAllowed() {
		assertThatIllegalStateException().isThrownBy(() -> factory((builder) -> builder.referrer(SHOP)))
			.withMessageStartingWith("referrer ");
		assertThatIllegalStateException()
			.isThrownBy(() -> factory((builder) -> builder.origin(SHOP).baseUrl(SHOP).header("Sec-Fetch-Site", "none")))
			.withMessageStartingWith("headers.Sec-Fetch-Site ");
	}

}
