package io.github.springxhr;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.springxhr.SecretsLab.Ask;
import io.github.springxhr.http.FailureKind;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Secrets are planted wherever one can be. In whichever way a request ends, none is found
 * in a log, a metric or a text, nor at another origin, unless the author sends it there.
 */
class SecretsTests {

	private static final String QUERY = "?q=" + Secret.QUERY.value();

	private static final String REACTOR_NETTY = "log of reactor.netty.http.client.HttpClientConnect";

	private final SecretsLab lab = new SecretsLab();

	private final XhrFactory factory = this.lab.builder().build();

	@AfterEach
	void close() {
		this.factory.close();
		this.lab.close();
	}

	@ParameterizedTest
	@EnumSource
	void noSecretIsFoundWhereItDoesNotBelong(Way way) throws InterruptedException {
		this.lab.location = way.location(this.lab);
		XMLHttpRequest xhr = this.lab.exchange(way.settings.apply(withOrigin(way)), way.ask(this.lab));
		assertThat((xhr.getFailure() != null) ? xhr.getFailure().kind() : null).isEqualTo(way.failure);
		assertThat(withoutReactorNettysQuery(this.lab.leaks())).isEmpty();
		assertThat(SecretsLab.seenBy(this.lab.other)).isEqualTo(way.sentToOther);
		assertThat(this.lab.watched()).isGreaterThan(1);
	}

	/**
	 * Leave out what Reactor Netty's own log tells at DEBUG: the URL with its query.
	 */
	private static Map<String, Set<Secret>> withoutReactorNettysQuery(Map<String, Set<Secret>> leaks) {
		leaks.remove(REACTOR_NETTY, Set.of(Secret.QUERY));
		return leaks;
	}

	@Test
	void queryIsInTheLogOfReactorNettyAtDebug() throws InterruptedException {
		this.lab.exchange(this.lab.builder(), new Ask(this.lab.own.url("/ok") + QUERY, false, false));
		assertThat(this.lab.leaks()).containsExactly(Map.entry(REACTOR_NETTY, Set.of(Secret.QUERY)));
	}

	@Test
	void synchronousFailureHasNone() {
		for (String url : List.of("http://host.invalid/", this.lab.dead.url("/"), this.lab.untrusted.url("/"),
				this.lab.own.url("/garbled"), this.lab.own.url("/invalid"), this.lab.own.url("/cut"))) {
			try (XhrFactory factory = this.lab.builder().build()) {
				XMLHttpRequest xhr = factory.create();
				xhr.open("GET", Way.userinfo(url) + QUERY, false);
				xhr.setRequestHeader("X-Api-Key", Secret.AUTHOR_HEADER.value());
				XhrException thrown = catchThrowableOfType(XhrException.class, xhr::send);
				assertThat(thrown.getName()).as(url).isEqualTo("NetworkError");
				this.lab.look(thrown);
			}
		}
		assertThat(withoutReactorNettysQuery(this.lab.leaks())).isEmpty();
	}

	@TestFactory
	Stream<DynamicTest> refusedArgumentsHaveNone() {
		String secret = Secret.QUERY.value();
		XMLHttpRequest opened = open();
		Map<String, ThrowingCallable> calls = new LinkedHashMap<>();
		calls.put("URL", () -> open().open("GET", "http://u:" + secret + "@:x/?" + secret));
		calls.put("port", () -> open().open("GET", "http://u:" + secret + "@h:99999/?" + secret));
		calls.put("method", () -> open().open(secret + " ", "/"));
		calls.put("header value", () -> opened.setRequestHeader("X-A", secret + "\nx"));
		calls.put("base URL", () -> builder().baseUrl("http://u:" + secret + "@h:x/"));
		calls.put("userinfo of the base URL", () -> builder().baseUrl("http://u:" + secret + "@h/"));
		calls.put("query of the base URL", () -> builder().baseUrl("ftp://h/?" + secret));
		calls.put("origin", () -> builder().origin("http://u:" + secret + "@h/"));
		calls.put("referrer",
				() -> builder().origin("http://h").referrer("ftp://u:" + secret + "@h/?" + secret).build());
		calls.put("configured header", () -> builder().header("X-A", secret + "\nx"));
		calls.put("bearer token", () -> builder().bearerToken(secret + " "));
		calls.put("user name", () -> builder().basicCredentials(secret + ":", "x"));
		calls.put("password", () -> builder().basicCredentials("u", secret + "\n"));
		calls.put("credentials without a base URL", () -> builder().bearerToken(secret).build());
		calls.put("headers without a base URL", () -> builder().header("X-A", secret).build());
		calls.put("credentials twice", () -> builder().bearerToken(secret).bearerToken(secret));
		return calls.entrySet().stream().map((call) -> DynamicTest.dynamicTest(call.getKey(), () -> {
			Throwable thrown = catchThrowable(call.getValue());
			assertThat(thrown).isNotNull();
			this.lab.look(thrown);
			assertThat(this.lab.leaks()).isEmpty();
		}));
	}

	@Test
	void defaultsThatAreNotSentAreNotTold() {
		WebClient.Builder webClient = WebClient.builder()
			.defaultHeader("X-Default", Secret.DEFAULT_HEADER.value())
			.defaultHeader("Host", Secret.DEFAULT_HEADER.value())
			.defaultCookie("default", Secret.DEFAULT_COOKIE.value());
		XhrFactory.builder(webClient).build().close();
		assertThat(this.lab.log.lines()).anySatisfy((line) -> assertThat(line).contains("X-Default"));
		assertThat(this.lab.leaks()).isEmpty();
	}

	private XMLHttpRequest open() {
		XMLHttpRequest xhr = this.factory.create();
		xhr.open("GET", "/");
		return xhr;
	}

	private static XhrFactoryBuilder builder() {
		return XhrFactory.builder(WebClient.builder());
	}

	private XhrFactoryBuilder withOrigin(Way way) {
		return way.origin ? this.lab.builder().origin(this.lab.own.url("")) : this.lab.builder();
	}

	@Test
	void ownOriginSeesWhatItShould() throws InterruptedException {
		this.lab.exchange(this.lab.builder(), new Ask("/ok" + QUERY, false, false));
		assertThat(SecretsLab.seenBy(this.lab.own)).containsExactlyInAnyOrder(Secret.QUERY, Secret.AUTHOR_HEADER,
				Secret.CONFIGURED_HEADER, Secret.DEFAULT_HEADER, Secret.DEFAULT_COOKIE, Secret.FILTER, Secret.JAR,
				Secret.BODY);
		assertThat(this.lab.log.lines()).anySatisfy((line) -> assertThat(line).contains("ExchangeFunctions"))
			.anySatisfy((line) -> assertThat(line).startsWith("DEBUG reactor.netty"));
	}

	/**
	 * A way in which a request can end.
	 */
	private enum Way {

		OK(false, (lab) -> lab.own.url("/ok") + QUERY, null),

		OK_WITH_ORIGIN(true, (lab) -> lab.own.url("/ok") + QUERY, null),

		CHALLENGE(false, (lab) -> lab.own.url("/challenge") + QUERY, null),

		CHALLENGE_AND_USERINFO(false, (lab) -> userinfo(lab.own.url("/challenge")) + QUERY, null),

		CREDENTIALS_REFUSED(true, (lab) -> lab.own.url("/refused") + QUERY, null),

		REDIRECT_TO_ANOTHER_ORIGIN(false, (lab) -> lab.own.url("/redirect") + QUERY, null, Secret.BODY),

		REDIRECT_THAT_IS_NOT_SHARED(true, (lab) -> lab.own.url("/redirect") + QUERY, FailureKind.CORS),

		REDIRECT_THAT_IS_SHARED(true, (lab) -> lab.own.url("/redirect") + QUERY, null, Secret.AUTHOR_HEADER,
				Secret.BODY),

		REDIRECT_WITH_USERINFO(false, (lab) -> lab.own.url("/redirect") + QUERY, FailureKind.REDIRECT),

		REDIRECT_TO_ANOTHER_SCHEME(false, (lab) -> lab.own.url("/redirect") + QUERY, FailureKind.REDIRECT),

		REDIRECT_MALFORMED(false, (lab) -> lab.own.url("/redirect") + QUERY, FailureKind.REDIRECT),

		ANOTHER_ORIGIN(false, (lab) -> userinfo(lab.otherUrl("/x")) + QUERY, null, Secret.QUERY, Secret.AUTHOR_HEADER,
				Secret.AUTHOR_AUTHORIZATION, Secret.BODY),

		PREFLIGHT_REFUSED(true, (lab) -> userinfo(lab.otherUrl("/x")) + QUERY, FailureKind.CORS, Secret.QUERY),

		PREFLIGHT_ALLOWED(true, (lab) -> userinfo(lab.otherUrl("/shared")) + QUERY, null, Secret.QUERY,
				Secret.AUTHOR_HEADER, Secret.AUTHOR_AUTHORIZATION, Secret.BODY),

		CONFINED(false, (lab) -> userinfo(lab.otherUrl("/x")) + QUERY, FailureKind.BLOCKED,
				(builder) -> builder.confineToBaseUrl(true)),

		BAD_PORT(true, (lab) -> userinfo("http://h.invalid:25/") + QUERY, FailureKind.BLOCKED),

		REFUSED_CONNECTION(false, (lab) -> userinfo(lab.dead.url("/")) + QUERY, FailureKind.CONNECT),

		UNKNOWN_HOST(false, (lab) -> userinfo("http://host.invalid/") + QUERY, FailureKind.RESOLVE),

		HOST_WITH_UNDERSCORE(false, (lab) -> userinfo("http://host_x.invalid/") + QUERY, FailureKind.RESOLVE),

		UNTRUSTED(false, (lab) -> userinfo(lab.untrusted.url("/")) + QUERY, FailureKind.TLS),

		OTHER_SCHEME(false, (lab) -> userinfo("ftp://host.invalid/") + QUERY, FailureKind.UNSUPPORTED_SCHEME),

		GARBLED_CODING(false, (lab) -> lab.own.url("/garbled") + QUERY, FailureKind.DECODE),

		INVALID_RESPONSE(false, (lab) -> lab.own.url("/invalid") + QUERY, FailureKind.PROTOCOL),

		CUT(false, (lab) -> lab.own.url("/cut") + QUERY, FailureKind.CONNECTION_CLOSED),

		TIMEOUT(false, (lab) -> lab.own.url("/silent") + QUERY, FailureKind.TIMEOUT);

		private final boolean origin;

		private final Function<SecretsLab, String> url;

		private final @Nullable FailureKind failure;

		private final UnaryOperator<XhrFactoryBuilder> settings;

		private final Set<Secret> sentToOther = EnumSet.noneOf(Secret.class);

		Way(boolean origin, Function<SecretsLab, String> url, @Nullable FailureKind failure, Secret... sentToOther) {
			this(origin, url, failure, UnaryOperator.identity());
			this.sentToOther.addAll(Set.of(sentToOther));
		}

		private String location(SecretsLab lab) {
			String userinfo = "u:" + Secret.LOCATION_PASSWORD.value();
			return switch (this) {
				case REDIRECT_WITH_USERINFO -> "http://" + userinfo + "@h.invalid/";
				case REDIRECT_TO_ANOTHER_SCHEME -> "ftp://" + userinfo + "@h.invalid/";
				case REDIRECT_MALFORMED -> "http://" + userinfo + "@h:x/";
				case REDIRECT_THAT_IS_SHARED -> lab.otherUrl("/shared");
				default -> lab.otherUrl("/x");
			};
		}

		Way(boolean origin, Function<SecretsLab, String> url, @Nullable FailureKind failure,
				UnaryOperator<XhrFactoryBuilder> settings) {
			this.origin = origin;
			this.url = url;
			this.failure = failure;
			this.settings = settings;
		}

		private Ask ask(SecretsLab lab) {
			boolean toOther = name().startsWith("ANOTHER_ORIGIN") || name().startsWith("PREFLIGHT");
			return new Ask(this.url.apply(lab), toOther, toOther);
		}

		private static String userinfo(String url) {
			return url.replace("://", "://" + Secret.USER + ":" + Secret.URL_PASSWORD.value() + "@");
		}

	}

}
