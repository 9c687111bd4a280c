package io.github.springxhr.autoconfigure;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where a bean, and not a property, says where the server is.
 */
class XhrClientConnectionDetailsTests {

	private final WireMockServer server = new WireMockServer(
			WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

	private final WireMockServer other = new WireMockServer(
			WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebClientAutoConfiguration.class, XhrAutoConfiguration.class))
		.withPropertyValues("xhr.base-url=http://default.invalid/",
				"xhr.clients.orders.base-url=http://orders.invalid/", "xhr.clients.orders.headers.X-Team=checkout",
				"xhr.clients.orders.credentials.bearer.token=t0ken");

	@BeforeEach
	void start() {
		this.server.start();
		this.other.start();
		this.server.stubFor(any(anyUrl()).willReturn(ok("overridden")));
		this.other.stubFor(any(anyUrl()).willReturn(ok("other")));
	}

	@AfterEach
	void stop() {
		this.server.stop();
		this.other.stop();
	}

	@Test
	void takesThePlaceOfTheClientsBaseUrlAndHasItsSecrets() {
		override("orders", url(this.server) + "/api/").run((context) -> {
			XMLHttpRequest request = Requests.get(context.getBean(XhrFactories.class).get("orders"), "7");
			assertThat(request.getResponseText()).isEqualTo("overridden");
			this.server.verify(getRequestedFor(urlEqualTo("/api/7")).withHeader("X-Team", equalTo("checkout"))
				.withHeader("Authorization", equalTo("Bearer t0ken")));
		});
	}

	@Test
	void theSecretsStayWithTheOriginOfTheOverride() {
		override("orders", url(this.server) + "/").withPropertyValues("xhr.clients.orders.base-url=" + url(this.other))
			.run((context) -> {
				XhrFactory orders = context.getBean(XhrFactories.class).get("orders");
				assertThat(Requests.get(orders, url(this.other) + "/").getResponseText()).isEqualTo("other");
				this.other.verify(getRequestedFor(urlEqualTo("/")).withHeader("X-Team", absent())
					.withHeader("Authorization", absent()));
			});
	}

	@Test
	void isAboutOneClientOnly() {
		override("default", url(this.server) + "/").withPropertyValues("xhr.clients.orders.base-url=" + url(this.other))
			.run((context) -> {
				assertThat(Requests.get(context.getBean(XhrFactory.class), "/").getResponseText())
					.isEqualTo("overridden");
				assertThat(Requests.get(context.getBean(XhrFactories.class).get("orders"), "/").getResponseText())
					.isEqualTo("other");
			});
	}

	@Test
	void givesABaseUrlToAClientWithoutOne() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(WebClientAutoConfiguration.class, XhrAutoConfiguration.class))
			.withPropertyValues("xhr.clients.orders.credentials.bearer.token=t0ken")
			.withBean(XhrClientConnectionDetails.class, () -> XhrClientConnectionDetails.of("orders", url(this.server)))
			.run((context) -> {
				Requests.get(context.getBean(XhrFactories.class).get("orders"), "/");
				this.server
					.verify(getRequestedFor(urlEqualTo("/")).withHeader("Authorization", equalTo("Bearer t0ken")));
			});
	}

	@ParameterizedTest
	@CsvSource({ "lb://orders/, false", "http://orders/, true" })
	void isNoLogicalAddressEvenIfThePropertyIs(String baseUrl, boolean loadBalanced) {
		override("orders", url(this.server) + "/")
			.withPropertyValues("xhr.clients.orders.base-url=" + baseUrl,
					"xhr.clients.orders.load-balanced=" + loadBalanced)
			.run((context) -> assertThat(
					Requests.get(context.getBean(XhrFactories.class).get("orders"), "/").getResponseText())
				.isEqualTo("overridden"));
	}

	@Test
	void aWrongOneStopsTheStart() {
		override("orders", "http://user:secret@127.0.0.1/").run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessage("The base URL that a bean of type XhrClientConnectionDetails has for the XHR client 'orders' "
					+ "cannot be used: base-url must not contain a user name or password; set credentials instead"));
	}

	@Test
	void oneOfAnUnknownClientStopsTheStart() {
		override("oders", "http://127.0.0.1/").run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessage("A bean of type XhrClientConnectionDetails is about the XHR client 'oders', "
					+ "which there is not; the named clients are [orders]"));
	}

	@Test
	void twoOfOneClientStopTheStart() {
		override("orders", url(this.server))
			.withBean("second", XhrClientConnectionDetails.class,
					() -> XhrClientConnectionDetails.of("orders", url(this.other)))
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessage("Two beans of type XhrClientConnectionDetails are about the XHR client 'orders'"));
	}

	@Test
	void thePropertiesAreDetailsTooButNoBean() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ConnectionDetails.class));
	}

	private ApplicationContextRunner override(String client, String baseUrl) {
		return this.runner.withBean(XhrClientConnectionDetails.class,
				() -> XhrClientConnectionDetails.of(client, baseUrl));
	}

	private static String url(WireMockServer server) {
		return "http://127.0.0.1:" + server.port();
	}

}
