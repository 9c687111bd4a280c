package io.github.springxhr.autoconfigure;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.OriginTrackedValue;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * A property that cannot be used stops the start with a failure that names it, says what
 * to do, and shows no secret.
 */
class InvalidXhrPropertyTests {

	private static final String BASE = "base-url=http://127.0.0.1/";

	private static final String PROXY = "proxy.host=proxy.example";

	private static final String ORIGIN = "origin=https://shop.example";

	private final ApplicationContextRunner runner = new ApplicationContextRunner().withConfiguration(AutoConfigurations
		.of(XhrAutoConfiguration.class, WebClientAutoConfiguration.class, HttpClientAutoConfiguration.class));

	/**
	 * The setting that is wrong, the rest of the description, and the settings.
	 */
	static Stream<Arguments> settings() {
		return Stream.of(arguments("base-url", "base-url must be an absolute", settings("base-url=")),
				arguments("base-url", "\"/api/\"", settings("base-url=/api/")),
				arguments("base-url", "\"localhost:8080/\"", settings("base-url=localhost:8080/?token=s3cret")),
				arguments("base-url", "\"ftp://127.0.0.1/\"", settings("base-url=ftp://127.0.0.1/#s3cret")),
				arguments("base-url", "absolute", settings("base-url=ftp://me:s3cret@127.0.0.1/")),
				arguments("base-url", "\"http://127.0.0.1/a\"", settings("base-url=http://me:s3cret@127.0.0.1/a")),
				arguments("base-url", "user name", settings("base-url=http://s3cret@127.0.0.1/")),
				arguments("base-url", "fragment", settings("base-url=http://127.0.0.1/?s3cret#s3cret")),
				arguments("base-url", "absolute", settings("base-url=http://me:s3cret@127.0.0.1:99999/")),
				arguments("timeout", "\"-2000ms\"", settings("timeout=-2s")),
				arguments("timeout", "at most", settings("timeout=25d")),
				arguments("connect-timeout", "must be positive", settings("connect-timeout=0")),
				arguments("connect-timeout", "must not be negative", settings("connect-timeout=-1ms")),
				arguments("connect-timeout", "at most", settings("connect-timeout=25d")),
				arguments("max-response-size", "\"0B\"", settings("max-response-size=0")),
				arguments("max-response-size", "at least 1 byte", settings("max-response-size=-1MB")),
				arguments("max-response-size", "less than 2 GiB", settings("max-response-size=2GB")),
				arguments("max-redirects", "\"-1\"", settings("max-redirects=-1")),
				arguments("max-redirects", "0 to 20", settings("max-redirects=21")),
				arguments("origin", "scheme, host and port", settings("origin=")),
				arguments("origin", "\"shop.example\"", settings("origin=shop.example")),
				arguments("origin", "\"https://shop.example/a\"",
						settings("origin=https://shop.example/a?s3cret#s3cret")),
				arguments("origin", "scheme, host and port", settings("origin=https://me:s3cret@shop.example")),
				arguments("referrer", "\"/basket\"", settings(ORIGIN, "referrer=/basket?s3cret")),
				arguments("referrer", "absolute", settings(ORIGIN, "referrer=ftp://me:s3cret@shop.example/")),
				arguments("referrer", "needs an origin", settings("referrer=https://shop.example/s3cret")),
				arguments("confine-to-base-url", "base URL", settings("confine-to-base-url=true")),
				arguments("headers.Accept-Encoding", "origin",
						settings(BASE, ORIGIN, "headers.Accept-Encoding=s3cret")),
				arguments("headers.sec-fetch-site", "origin", settings(BASE, ORIGIN, "headers.sec-fetch-site=s3cret")),
				arguments("headers.X-HTTP-Method", "origin",
						settings(BASE, ORIGIN, "headers.X-HTTP-Method=s3cret, TRACE")),
				arguments("cookies", "no value of its own", settings("cookies=true")),
				arguments("read-timeout", "\"-1ms\"", settings("read-timeout=-1ms")),
				arguments("pool.max-connections", "\"0\"", settings("pool.max-connections=0")),
				arguments("pool.pending-limit", "\"-1\"", settings("pool.pending-limit=-1")),
				arguments("pool.pending-timeout", "\"-2ms\"", settings("pool.pending-timeout=-2ms")),
				arguments("pool.max-idle-time", "at most", settings("pool.max-idle-time=25d")),
				arguments("pool.max-life-time", "\"-2ms\"", settings("pool.max-life-time=-2ms")),
				arguments("pool.eviction-interval", "\"-2ms\"", settings("pool.eviction-interval=-2ms")),
				arguments("pool", "no value of its own", settings("pool=5")),
				arguments("proxy", "no value of its own", settings("proxy=http://me:s3cret@proxy:3128")),
				arguments("ssl", "no value of its own", settings("ssl=mine")),
				arguments("ssl.bundle", "the bundles are []", settings("ssl.bundle=mine")),
				arguments("proxy.host", "a host and a port", settings("proxy.port=3128")),
				arguments("proxy.host", "a host and a port", settings("proxy.type=socks5")),
				arguments("proxy.host", "a host and a port", settings("proxy.non-proxy-hosts=localhost")),
				arguments("proxy.host", "must not be empty", settings("proxy.host=", "proxy.port=3128")),
				arguments("proxy.host", "alone",
						settings("proxy.host=http://me:s3cret@proxy.example", "proxy.port=3128")),
				arguments("proxy.host", "alone", settings("proxy.host=proxy.example:3128", "proxy.port=3128")),
				arguments("proxy.host", "alone", settings("proxy.host=proxy example", "proxy.port=3128")),
				arguments("proxy.port", "a host and a port", settings("proxy.host=proxy.example")),
				arguments("proxy.port", "1 to 65535", settings(PROXY, "proxy.port=65536")),
				arguments("proxy.non-proxy-hosts", "asterisk",
						settings(PROXY, "proxy.port=1", "proxy.non-proxy-hosts=a*b")),
				arguments("proxy.username", "no proxy", settings("proxy.username=s3cret")),
				arguments("proxy.password", "no proxy", settings("proxy.password=s3cret")),
				arguments("proxy.username", "no proxy", settings("proxy.host=", "proxy.username=s3cret")),
				arguments("proxy.username", "set together", settings(PROXY, "proxy.port=1", "proxy.username=s3cret")),
				arguments("proxy.username", "set together", settings(PROXY, "proxy.port=1", "proxy.password=s3cret")),
				arguments("proxy.password", "SOCKS 4",
						settings(PROXY, "proxy.port=1", "proxy.type=socks4", "proxy.username=s3cret",
								"proxy.password=s3cret")),
				arguments("proxy.username", "colon",
						settings(PROXY, "proxy.port=1", "proxy.username=s3cret:", "proxy.password=s3cret")),
				arguments("user-agent", "control character", settings("user-agent=s3cret\u0000s3cret")),
				arguments("user-agent", "empty", settings("user-agent=")),
				arguments("progress-interval", "\"-1ms\"", settings("progress-interval=-1ms")),
				arguments("credentials.origins", "scheme, host and port",
						settings("credentials.bearer.token=s3cret",
								"credentials.origins=https://me:s3cret@shop.example")),
				arguments("credentials.origins", "need credentials", settings("credentials.origins=https://a.example")),
				arguments("credentials.oauth2", "no value of its own", settings("credentials.oauth2=s3cret")),
				arguments("credentials.oauth2.registration-id", "class path",
						settings(BASE, "credentials.oauth2.registration-id=shop")),
				arguments("credentials", "base URL", settings("credentials.oauth2.registration-id=shop")),
				arguments("credentials", "either bearer or oauth2",
						settings(BASE, "credentials.bearer.token=s3cret", "credentials.oauth2.registration-id=shop")),
				arguments("credentials", "either basic or oauth2",
						settings(BASE, "credentials.basic.username=s3cret", "credentials.oauth2.registration-id=shop")),
				arguments("load-balanced", "base URL", settings("load-balanced=true")),
				arguments("load-balanced", "no load balancer", settings(BASE, "load-balanced=true")),
				arguments("headers", "base URL", settings("headers.X-A=s3cret")),
				arguments("headers.X A", "not an HTTP token", settings(BASE, "headers[X A]=s3cret")),
				arguments("headers.X-A", "control character", settings(BASE, "headers.X-A=s3cret\u0000s3cret")),
				arguments("headers.X-A", "control character", settings(BASE, "headers.X-A=s3cret\r\nX-B: 1")),
				arguments("headers.X-A", "above U+00FF", settings(BASE, "headers.X-A=s3cret\u20AC")),
				arguments("headers.Content-Length", "cannot be set", settings(BASE, "headers.Content-Length=7")),
				arguments("headers.transfer-encoding", "cannot be set", settings(BASE, "headers.transfer-encoding=x")),
				arguments("headers.Authorization", "credentials are set",
						settings(BASE, "headers.authorization=s3cret", "credentials.bearer.token=s3cret")),
				arguments("credentials", "base URL", settings("credentials.bearer.token=s3cret")),
				arguments("credentials", "base URL",
						settings("credentials.basic.username=me", "credentials.basic.password=s3cret")),
				arguments("credentials.basic.password", "it is not set",
						settings(BASE, "credentials.basic.username=s3cret")),
				arguments("credentials.basic.username", "it is not set",
						settings(BASE, "credentials.basic.password=s3cret")),
				arguments("credentials.basic.username", "colon",
						settings(BASE, "credentials.basic.username=s3cret:", "credentials.basic.password=s3cret")),
				arguments("credentials.basic", "control character",
						settings(BASE, "credentials.basic.username=me", "credentials.basic.password=s3cret\nx")),
				arguments("credentials", "either basic or bearer",
						settings(BASE, "credentials.basic.username=me", "credentials.basic.password=s3cret",
								"credentials.bearer.token=s3cret")),
				arguments("credentials.bearer.token", "visible ASCII", settings(BASE, "credentials.bearer.token=")),
				arguments("credentials.bearer.token", "visible ASCII",
						settings(BASE, "credentials.bearer.token=Bearer s3cret")),
				arguments("credentials.bearer", "no value of its own", settings(BASE, "credentials.bearer=s3cret")),
				arguments("credentials.basic", "no value of its own", settings(BASE, "credentials.basic=me:s3cret")),
				arguments("credentials", "no value of its own", settings(BASE, "credentials=s3cret")),
				arguments("headers", "no value of its own", settings(BASE, "headers=s3cret")));
	}

	private static List<String> settings(String... settings) {
		return List.of(settings);
	}

	@ParameterizedTest
	@MethodSource("settings")
	void ofTheDefaultClient(String setting, String description, List<String> settings) {
		assertStartFails("xhr.", setting, description, settings);
	}

	@ParameterizedTest
	@MethodSource("settings")
	void ofANamedClient(String setting, String description, List<String> settings) {
		assertStartFails("xhr.clients.orders.", setting, description, settings);
	}

	private void assertStartFails(String prefix, String setting, String description, List<String> settings) {
		this.runner.withPropertyValues(settings.stream().map((pair) -> prefix + pair).toArray(String[]::new))
			.run((context) -> {
				Throwable failure = context.getStartupFailure();
				assertThat(failure).isNotNull();
				assertThat(rootCause(failure)).isInstanceOfSatisfying(InvalidXhrPropertyException.class,
						(ex) -> assertThat(ex.getPropertyName()).isEqualTo(prefix + setting));
				assertThat(stackTrace(failure)).doesNotContain("s3cret");
				FailureAnalysis analysis = analyze(failure, new StandardEnvironment());
				assertThat(analysis).isNotNull();
				assertThat(analysis.getDescription()).contains("'" + prefix + setting + "'")
					.contains(description)
					.doesNotContain("s3cret");
				assertThat(analysis.getAction()).isNotBlank().doesNotContain("s3cret");
			});
	}

	@Test
	void aFailureReadsWell() {
		this.runner.withPropertyValues("xhr.clients.orders.timeout=-5s")
			.run((context) -> assertThat(analyze(context.getStartupFailure(), new StandardEnvironment()))
				.satisfies((analysis) -> {
					assertThat(analysis.getDescription().lines())
						.containsExactly("The configuration property 'xhr.clients.orders.timeout' cannot be used: "
								+ "timeout must not be negative.", "", "    Value: \"-5000ms\"");
					assertThat(analysis.getAction())
						.isEqualTo("Set a duration such as 5s, or 0 if there is to be no limit.");
				}));
	}

	@Test
	void aFailureSaysWhereThePropertyIsSet() {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new OriginTrackedMapPropertySource("test", Map.of("xhr.clients.orders.headers.X-Api-Key",
					OriginTrackedValue.of("s3cret", new FileOrigin("application.yml - 7:9")))));
		FailureAnalysis analysis = analyze(
				new InvalidXhrPropertyException("xhr.clients.orders.headers.X-Api-Key", "a reason", null, "Do this."),
				environment);
		assertThat(analysis).isNotNull();
		assertThat(analysis.getDescription()).endsWith("    Origin: application.yml - 7:9").doesNotContain("s3cret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Cookie=a=1", "X-HTTP-Method=PATCH", "Authorization=Bearer t", "X-Api-Key=1" })
	void anOriginLeavesOtherHeadersAlone(String header) {
		this.runner.withPropertyValues("xhr." + BASE, "xhr." + ORIGIN, "xhr.headers." + header)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	/**
	 * What is needed is needed of the client itself, as it is not inherited.
	 */
	@ParameterizedTest
	@CsvSource({ "referrer, https://shop.example/", "confine-to-base-url, true" })
	void theDefaultClientsOriginAndBaseUrlDoNotHelpANamedOne(String setting, String value) {
		this.runner
			.withPropertyValues("xhr." + BASE, "xhr." + ORIGIN, "xhr." + setting + "=" + value,
					"xhr.clients.orders." + setting + "=" + value)
			.run((context) -> assertThat(rootCause(context.getStartupFailure()))
				.isInstanceOf(InvalidXhrPropertyException.class)
				.hasMessageContaining("'xhr.clients.orders." + setting + "'"));
	}

	@Test
	void anInheritedValueIsBlamedOnThePropertyItComesFrom() {
		this.runner.withPropertyValues("xhr.timeout=-1s", "xhr.clients.orders.connect-timeout=1s")
			.run((context) -> assertThat(rootCause(context.getStartupFailure()))
				.isInstanceOf(InvalidXhrPropertyException.class)
				.hasMessageContaining("'xhr.timeout'"));
	}

	@Test
	void springsConnectTimeoutIsNamed() {
		this.runner.withPropertyValues("spring.http.clients.connect-timeout=0")
			.run((context) -> assertThat(analyze(context.getStartupFailure(), new StandardEnvironment()))
				.satisfies((analysis) -> {
					assertThat(analysis.getDescription()).contains("'spring.http.clients.connect-timeout'");
					assertThat(analysis.getAction()).contains("'xhr.connect-timeout'");
				}));
	}

	@Test
	void springsReadTimeoutIsNamed() {
		this.runner.withPropertyValues("spring.http.clients.read-timeout=-1s")
			.run((context) -> assertThat(analyze(context.getStartupFailure(), new StandardEnvironment()))
				.satisfies((analysis) -> {
					assertThat(analysis.getDescription()).contains("'spring.http.clients.read-timeout'");
					assertThat(analysis.getAction()).contains("'xhr.read-timeout'");
				}));
	}

	@Test
	void halfOfTheDefaultClientsProxyDoesNotHelpANamedOne() {
		this.runner
			.withPropertyValues("xhr." + PROXY, "xhr.proxy.port=3128", "xhr.clients.orders.proxy.host=other.example")
			.run((context) -> assertThat(rootCause(context.getStartupFailure()))
				.isInstanceOf(InvalidXhrPropertyException.class)
				.hasMessageContaining("'xhr.clients.orders.proxy.port'"));
	}

	@Test
	void springsConnectTimeoutDoesNotMatterIfAnotherIsSet() {
		this.runner.withPropertyValues("spring.http.clients.connect-timeout=0", "xhr.connect-timeout=1s")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "xhr.timeout", "xhr.connect-timeout", "xhr.max-response-size", "xhr.max-redirects",
			"xhr.http2", "xhr.cookies.enabled", "xhr.read-timeout", "xhr.pool.max-connections", "xhr.proxy.type",
			"xhr.clients.orders.proxy.port", "xhr.clients.orders.confine-to-base-url", "xhr.clients.orders.timeout",
			"xhr.clients.orders.max-response-size", "xhr.clients.orders" })
	void whatSpringBootCannotConvertIsNamedByIt(String property) {
		this.runner.withPropertyValues(property + "=soon")
			.run((context) -> assertThat(analyze(context.getStartupFailure(), new StandardEnvironment()))
				.satisfies((analysis) -> assertThat(analysis.getDescription()).contains(property)));
	}

	@Test
	void nameOfAClientIsChecked() {
		this.runner.withPropertyValues("xhr.clients.default.timeout=1s")
			.run((context) -> assertThat(rootCause(context.getStartupFailure()))
				.isInstanceOf(InvalidXhrPropertyException.class)
				.hasMessageContaining("xhr.clients[default]"));
	}

	@Test
	void propertiesAreCheckedEvenIfBeansAreLazy() {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.withPropertyValues("xhr.clients.orders.timeout=-1s")
			.run((context) -> assertThat(rootCause(context.getStartupFailure()))
				.isInstanceOf(InvalidXhrPropertyException.class));
	}

	@Test
	void nothingIsCheckedWhenSwitchedOff() {
		this.runner.withPropertyValues("xhr.enabled=false", "xhr.timeout=-1s")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	/**
	 * Let the registered analyzers look at the failure, as Spring Boot does.
	 */
	private static @Nullable FailureAnalysis analyze(@Nullable Throwable failure, Environment environment) {
		ArgumentResolver arguments = ArgumentResolver.of(Environment.class, environment)
			.and(BeanFactory.class, new DefaultListableBeanFactory());
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, arguments,
					FailureHandler.logging(LogFactory.getLog(InvalidXhrPropertyTests.class)))
			.stream()
			.map((analyzer) -> analyzer.analyze(Objects.requireNonNull(failure)))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	private static Throwable rootCause(@Nullable Throwable failure) {
		return NestedExceptionUtils.getMostSpecificCause(Objects.requireNonNull(failure));
	}

	private static String stackTrace(Throwable failure) {
		StringWriter text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

	/**
	 * A place in a file.
	 *
	 * @param text the place
	 */
	private record FileOrigin(String text) implements Origin {

		@Override
		public String toString() {
			return this.text;
		}

	}

}
