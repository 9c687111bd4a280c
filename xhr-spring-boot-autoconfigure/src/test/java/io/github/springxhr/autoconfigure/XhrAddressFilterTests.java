package io.github.springxhr.autoconfigure;

import io.github.springxhr.XhrFactory;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import io.github.springxhr.http.FetchFailure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Boot's {@link InetAddressFilter} is asked before a client connects.
 */
@ExtendWith(OutputCaptureExtension.class)
class XhrAddressFilterTests {

	private static final InetAddressFilter EXTERNAL = InetAddressFilter.externalAddresses();

	private static final InetAddressFilter LOOPBACK = InetAddressFilter.of("127.0.0.0/8");

	private static FaultServer server;

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(XhrAutoConfiguration.class, WebClientAutoConfiguration.class))
		.withPropertyValues("xhr.clients.orders.timeout=10s");

	private final ApplicationContextRunner runner = this.bare
		.withConfiguration(AutoConfigurations.of(HttpClientAutoConfiguration.class));

	@BeforeAll
	static void start() {
		server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("hello"))));
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "xhrFactory", "ordersXhrFactory" })
	void eachClientHonoursTheBean(String client) {
		this.runner.withBean(InetAddressFilter.class, () -> EXTERNAL)
			.run((context) -> assertThat(failure(context, client)).isEqualTo(FailureKind.BLOCKED));
		this.runner.withBean(InetAddressFilter.class, () -> LOOPBACK)
			.run((context) -> assertThat(failure(context, client)).isNull());
	}

	@Test
	void allAddressesAreAllowedWithoutOne() {
		this.runner.run((context) -> assertThat(failure(context, "xhrFactory")).isNull());
	}

	@Test
	void theBeanIsHonouredWithoutSpringBootsSettings() {
		this.bare.withBean(InetAddressFilter.class, () -> EXTERNAL)
			.run((context) -> assertThat(failure(context, "xhrFactory")).isEqualTo(FailureKind.BLOCKED));
	}

	@Test
	void theSettingsFilterIsHonoured() {
		this.runner
			.withBean(HttpClientSettings.class, () -> HttpClientSettings.defaults().withInetAddressFilter(EXTERNAL))
			.run((context) -> assertThat(failure(context, "xhrFactory")).isEqualTo(FailureKind.BLOCKED));
	}

	@Test
	void theSettingsFilterGoesBeforeTheBean() {
		this.runner
			.withBean(HttpClientSettings.class, () -> HttpClientSettings.defaults().withInetAddressFilter(LOOPBACK))
			.withBean(InetAddressFilter.class, () -> EXTERNAL)
			.run((context) -> assertThat(failure(context, "xhrFactory")).isNull());
	}

	@Test
	void theBeanIsNotLostIfTheApplicationsSettingsHaveNone() {
		this.runner.withBean(HttpClientSettings.class, HttpClientSettings::defaults)
			.withBean(InetAddressFilter.class, () -> EXTERNAL)
			.run((context) -> assertThat(failure(context, "xhrFactory")).isEqualTo(FailureKind.BLOCKED));
	}

	@Test
	void ofSeveralBeansOneHasToBePrimary() {
		ApplicationContextRunner two = this.bare.withBean("loopback", InetAddressFilter.class, () -> LOOPBACK);
		two.withBean("external", InetAddressFilter.class, () -> EXTERNAL)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(NoUniqueBeanDefinitionException.class));
		two.withBean("external", InetAddressFilter.class, () -> EXTERNAL, (definition) -> definition.setPrimary(true))
			.run((context) -> assertThat(failure(context, "xhrFactory")).isEqualTo(FailureKind.BLOCKED));
	}

	/**
	 * Otherwise the filter would be asked about the proxy alone.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "xhr", "xhr.clients.orders" })
	void thereIsNoProxyBesideIt(String prefix) {
		ApplicationContextRunner proxied = this.bare.withPropertyValues(prefix + ".proxy.host=proxy.example",
				prefix + ".proxy.port=3128");
		proxied.run((context) -> assertThat(context).hasNotFailed());
		proxied.withBean(InetAddressFilter.class, () -> EXTERNAL)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidXhrPropertyException.class)
				.hasMessageContaining("'" + prefix + ".proxy.host'"));
	}

	@Test
	void nothingIsReported(CapturedOutput output) {
		this.runner.withBean(InetAddressFilter.class, () -> EXTERNAL)
			.run((context) -> assertThat(output).doesNotContain("do not apply"));
	}

	private static @Nullable FailureKind failure(AssertableApplicationContext context, String client)
			throws InterruptedException {
		assertThat(context).hasNotFailed();
		FetchFailure failure = Requests.get(context.getBean(client, XhrFactory.class), server.url("/")).getFailure();
		return (failure != null) ? failure.kind() : null;
	}

}
