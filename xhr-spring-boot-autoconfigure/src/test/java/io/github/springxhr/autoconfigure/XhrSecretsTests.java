package io.github.springxhr.autoconfigure;

import java.util.List;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import org.junit.jupiter.api.Test;
import org.wiremock.spring.ConfigureWireMock;
import org.wiremock.spring.EnableWireMock;
import org.wiremock.spring.InjectWireMock;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Configured credentials and headers are sent to the base URL's origin and to nobody
 * else, be it another host, the target of a redirect, or another client's server.
 */
@SpringBootTest(
		properties = { "xhr.timeout=10s", "xhr.headers.X-Api-Key=key-of-default", "xhr.credentials.basic.username=me",
				"xhr.credentials.basic.password=pw", "xhr.clients.orders.headers.X-Api-Key=key-of-orders",
				"xhr.clients.orders.credentials.bearer.token=orders-token", "xhr.clients.plain.timeout=2s" })
@EnableWireMock({
		@ConfigureWireMock(name = "api", baseUrlProperties = { "xhr.base-url", "xhr.clients.plain.base-url" }),
		@ConfigureWireMock(name = "orders", baseUrlProperties = "xhr.clients.orders.base-url") })
class XhrSecretsTests {

	private static final String BASIC = "Basic bWU6cHc=";

	private static final String BEARER = "Bearer orders-token";

	@InjectWireMock("api")
	private WireMockServer api;

	@InjectWireMock("orders")
	private WireMockServer ordersApi;

	@Autowired
	private XhrFactory factory;

	@Autowired
	@Qualifier("orders")
	private XhrFactory orders;

	@Autowired
	@Qualifier("plain")
	private XhrFactory plain;

	@Test
	void basicCredentialsAndHeadersAreSentToTheBaseUrl() throws InterruptedException {
		this.api.stubFor(get("/a").willReturn(ok()));
		load(this.factory, "/a");
		LoggedRequest request = only(this.api, "/a");
		assertThat(request.getHeader("Authorization")).isEqualTo(BASIC);
		assertThat(request.getHeader("X-Api-Key")).isEqualTo("key-of-default");
		assertThat(request.getHeader("X-Customized")).isEqualTo("by the application");
	}

	@Test
	void bearerCredentialsAndHeadersOfANamedClientAreSentToItsBaseUrl() throws InterruptedException {
		this.ordersApi.stubFor(get("/a").willReturn(ok()));
		load(this.orders, "/a");
		LoggedRequest request = only(this.ordersApi, "/a");
		assertThat(request.getHeader("Authorization")).isEqualTo(BEARER);
		assertThat(request.getHeader("X-Api-Key")).isEqualTo("key-of-orders");
	}

	@Test
	void anAbsoluteUrlOfTheBaseUrlsOriginIsSentThemToo() throws InterruptedException {
		this.api.stubFor(get("/a").willReturn(ok()));
		load(this.factory, this.api.baseUrl() + "/a");
		assertThat(only(this.api, "/a").getHeader("Authorization")).isEqualTo(BASIC);
	}

	@Test
	void anotherHostIsSentNothing() throws InterruptedException {
		this.ordersApi.stubFor(any(anyUrl()).willReturn(ok()));
		load(this.factory, this.ordersApi.baseUrl() + "/a");
		assertNothingSecret(only(this.ordersApi, "/a"));
	}

	@Test
	void anotherClientsServerIsSentNothing() throws InterruptedException {
		this.api.stubFor(any(anyUrl()).willReturn(ok()));
		load(this.orders, this.api.baseUrl() + "/a");
		assertNothingSecret(only(this.api, "/a"));
	}

	@Test
	void aClientWithTheSameBaseUrlInheritsNothing() throws InterruptedException {
		this.api.stubFor(get("/a").willReturn(ok()));
		load(this.plain, "/a");
		LoggedRequest request = only(this.api, "/a");
		assertThat(request.containsHeader("Authorization")).isFalse();
		assertThat(request.containsHeader("X-Api-Key")).isFalse();
		assertThat(this.plain.create().getTimeout()).isEqualTo(2000);
		assertThat(this.orders.create().getTimeout()).isEqualTo(10_000);
	}

	@Test
	void aRedirectWithinTheOriginKeepsThem() throws InterruptedException {
		this.api.stubFor(get("/a").willReturn(temporaryRedirect("/b")));
		this.api.stubFor(get("/b").willReturn(ok()));
		load(this.factory, "/a");
		LoggedRequest request = only(this.api, "/b");
		assertThat(request.getHeader("Authorization")).isEqualTo(BASIC);
		assertThat(request.getHeader("X-Api-Key")).isEqualTo("key-of-default");
	}

	@Test
	void aRedirectToAnotherOriginDropsThemAndTheWayBackDoesNotRestoreThem() throws InterruptedException {
		this.api.stubFor(get("/a").willReturn(temporaryRedirect(this.ordersApi.baseUrl() + "/b")));
		this.ordersApi.stubFor(get("/b").willReturn(temporaryRedirect(this.api.baseUrl() + "/c")));
		this.api.stubFor(get("/c").willReturn(ok("back")));
		assertThat(load(this.factory, "/a").getResponseText()).isEqualTo("back");
		assertThat(only(this.api, "/a").getHeader("Authorization")).isEqualTo(BASIC);
		assertNothingSecret(only(this.ordersApi, "/b"));
		assertNothingSecret(only(this.api, "/c"));
	}

	@Test
	void theAuthorsHeadersAreNotSentToTheTargetOfARedirect() throws InterruptedException {
		this.api.stubFor(get("/a").willReturn(temporaryRedirect(this.ordersApi.baseUrl() + "/b")));
		this.ordersApi.stubFor(get("/b").willReturn(ok()));
		XMLHttpRequest request = this.factory.create();
		request.open("GET", "/a");
		request.setRequestHeader("Authorization", "of the author");
		request.setRequestHeader("X-Api-Key", "of the author");
		Requests.send(request);
		assertThat(only(this.api, "/a").getHeader("Authorization")).isEqualTo("of the author");
		assertNothingSecret(only(this.ordersApi, "/b"));
	}

	private static XMLHttpRequest load(XhrFactory factory, String url) throws InterruptedException {
		XMLHttpRequest request = Requests.get(factory, url);
		assertThat(request.getStatus()).isEqualTo(200);
		return request;
	}

	private static LoggedRequest only(WireMockServer server, String url) {
		List<LoggedRequest> requests = server.findAll(anyRequestedFor(urlEqualTo(url)));
		assertThat(requests).hasSize(1);
		return requests.get(0);
	}

	private static void assertNothingSecret(LoggedRequest request) {
		assertThat(request.containsHeader("Authorization")).isFalse();
		assertThat(request.containsHeader("X-Api-Key")).isFalse();
		assertThat(request.containsHeader("X-Customized")).isFalse();
		assertThat(request.containsHeader("Cookie")).isFalse();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		WebClientCustomizer customizer() {
			return (builder) -> builder.defaultHeader("X-Customized", "by the application")
				.defaultCookie("session", "of the application");
		}

	}

}
