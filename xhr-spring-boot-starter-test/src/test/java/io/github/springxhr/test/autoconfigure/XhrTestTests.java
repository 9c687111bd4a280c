package io.github.springxhr.test.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.WireMockServer;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestResponseType;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.autoconfigure.XhrFactories;
import io.github.springxhr.test.XhrEventRecorder;
import io.github.springxhr.test.autoconfigure.application.Application;
import io.github.springxhr.test.autoconfigure.application.Catalog;
import io.github.springxhr.test.autoconfigure.application.Page;
import io.github.springxhr.test.autoconfigure.application.Price;
import io.github.springxhr.test.autoconfigure.application.Scanned;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wiremock.spring.ConfigureWireMock;
import org.wiremock.spring.EnableWireMock;
import org.wiremock.spring.InjectWireMock;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.UrlResource;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.util.ClassUtils;
import org.springframework.web.servlet.DispatcherServlet;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.github.springxhr.test.XhrAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application context of {@link XhrTest @XhrTest} has and what not.
 */
@XhrTest(components = Catalog.class,
		properties = { "xhr.clients.catalog.base-url=${wiremock.server.baseUrl}", "xhr.timeout=7s",
				"spring.http.clients.connect-timeout=3s" })
@EnableWireMock
@ContextConfiguration(classes = Application.class)
class XhrTestTests {

	@InjectWireMock
	private WireMockServer server;

	@Autowired
	private ApplicationContext context;

	@Autowired
	private Catalog catalog;

	@Test
	void clientsAreConfiguredByProperties() {
		assertThat(this.context.getBean(XhrFactories.class).names()).containsExactly("catalog");
		assertThat(this.context.getBean(XhrFactory.class).create().getTimeout()).isEqualTo(7000);
		assertThat(this.context.getBean(HttpClientSettings.class).connectTimeout()).isEqualTo(Duration.ofSeconds(3));
		assertThat(this.context.getBeanProvider(SslBundles.class).getIfAvailable()).isNotNull();
	}

	@Test
	void theNamedComponentWorksWithTheApplicationsJsonAndCustomizers() {
		this.server.stubFor(get("/price").willReturn(okJson("\"1.50\"")));
		XMLHttpRequest request = this.catalog.request();
		request.open("GET", "price");
		request.setResponseType(XMLHttpRequestResponseType.JSON);
		XhrEventRecorder recorder = XhrEventRecorder.of(request);
		request.send();
		assertThat(recorder.awaitEnd(Duration.ofSeconds(10))).request().hasStatus(200).succeeded();
		assertThat(request.getResponse(Price.class)).isEqualTo(new Price(150));
		this.server.verify(getRequestedFor(urlEqualTo("/price")).withHeader("X-Team", equalTo("checkout")));
	}

	@ParameterizedTest
	@MethodSource
	void nothingElseIsThere(Class<?> type) {
		assertThat(this.context.getBeanNamesForType(type)).isEmpty();
	}

	static List<Class<?>> nothingElseIsThere() {
		return List.of(Page.class, Scanned.class, DispatcherServlet.class, MeterRegistry.class);
	}

	@Test
	void autoConfigurationsAreThoseOfTheSliceOnly() {
		assertThat(this.context.getBeansOfType(Object.class).values()).extracting((bean) -> bean.getClass().getName())
			.filteredOn((name) -> name.matches("org\\.springframework\\.boot\\..*AutoConfiguration"))
			.isNotEmpty()
			.allMatch((name) -> imported().contains(name)
					|| name.equals("org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration"));
	}

	@ParameterizedTest
	@MethodSource("imported")
	void whatIsImportedExists(String name) {
		assertThat(ClassUtils.isPresent(name, getClass().getClassLoader())).isTrue();
	}

	@Test
	void eachAutoConfigurationOfXhrIsImportedOrLeftOutOnPurpose() {
		assertThat(lines("org.springframework.boot.autoconfigure.AutoConfiguration.imports")
			.filter((name) -> name.startsWith("io.github.springxhr."))
			.filter((name) -> !imported().contains(name)))
			.containsExactlyInAnyOrder("io.github.springxhr.autoconfigure.XhrEndpointAutoConfiguration",
					"io.github.springxhr.autoconfigure.XhrObservationAutoConfiguration",
					"io.github.springxhr.autoconfigure.har.XhrHarAutoConfiguration");
	}

	static List<String> imported() {
		return lines(AutoConfigureXhr.class.getName() + ".imports").map((name) -> name.replaceFirst("^optional:", ""))
			.toList();
	}

	private static Stream<String> lines(String file) {
		try {
			List<String> lines = new ArrayList<>();
			for (URL url : Collections
				.list(XhrTestTests.class.getClassLoader().getResources("META-INF/spring/" + file))) {
				lines.addAll(new UrlResource(url).getContentAsString(StandardCharsets.UTF_8).lines().toList());
			}
			return lines.stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
