package io.github.springxhr.autoconfigure;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.github.springxhr.EventLog;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.XhrOptions;
import io.github.springxhr.autoconfigure.XhrEndpoint.ClientDescriptor;
import io.github.springxhr.autoconfigure.XhrEndpoint.RequestDescriptor;
import io.github.springxhr.autoconfigure.XhrEndpoint.SettingsDescriptor;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Script;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.jmx.JmxEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jmx.JmxAutoConfiguration;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link XhrEndpoint} and {@link XhrEndpointAutoConfiguration}.
 */
class XhrEndpointTests {

	private final ApplicationContextRunner bare = new ApplicationContextRunner()
		.withInitializer((context) -> context.getEnvironment().setConversionService(new ApplicationConversionService()))
		.withConfiguration(AutoConfigurations.of(XhrAutoConfiguration.class, XhrEndpointAutoConfiguration.class));

	private final ApplicationContextRunner runner = this.bare
		.withPropertyValues("management.endpoints.web.exposure.include=xhr");

	@Test
	void isThereOnlyIfItIsExposed() {
		this.bare.run((context) -> assertThat(context).doesNotHaveBean(XhrEndpoint.class));
		this.runner.run((context) -> assertThat(context).hasSingleBean(XhrEndpoint.class)
			.hasSingleBean(XhrEndpointWebExtension.class));
	}

	@Test
	void isNotThereWithoutAccess() {
		this.runner.withPropertyValues("management.endpoint.xhr.access=none")
			.run((context) -> assertThat(context).doesNotHaveBean(XhrEndpoint.class));
	}

	@Test
	void isNotThereWithoutTheActuator() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(XhrFactory.class)
				.doesNotHaveBean(XhrEndpointAutoConfiguration.class));
	}

	@Test
	void isNotThereWithoutClients() {
		this.runner.withPropertyValues("xhr.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(XhrEndpoint.class)
				.doesNotHaveBean(XhrEndpointWebExtension.class));
	}

	@Test
	void showsEachClientWithTheSettingsInForce() {
		this.runner
			.withPropertyValues("xhr.timeout=3s", "xhr.shutdown-timeout=4s",
					"xhr.clients.orders.base-url=https://orders.test/api/", "xhr.clients.orders.connect-timeout=2s")
			.run((context) -> {
				Map<String, ClientDescriptor> clients = context.getBean(XhrEndpoint.class).clients().clients();
				assertThat(clients.keySet()).containsExactly("default", "orders");
				assertThat(clients.get("default").bean()).isEqualTo("xhrFactory");
				SettingsDescriptor orders = clients.get("orders").settings();
				assertThat(clients.get("orders").bean()).isEqualTo("ordersXhrFactory");
				assertThat(orders.baseUrl()).isEqualTo("https://orders.test/api/");
				assertThat(orders.timeout()).isEqualTo(Duration.ofSeconds(3));
				assertThat(orders.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
				assertThat(orders.shutdownTimeout()).isEqualTo(Duration.ofSeconds(4));
			});
	}

	@Test
	void describesConnections() {
		this.runner
			.withPropertyValues("xhr.read-timeout=7s", "xhr.pool.max-connections=8", "xhr.proxy.type=socks5",
					"xhr.proxy.host=proxy.test", "xhr.proxy.port=1080", "xhr.proxy.username=s3cretary",
					"xhr.proxy.password=s3cret", "xhr.user-agent=shop/1", "xhr.with-credentials=true",
					"xhr.progress-interval=2s", "xhr.clients.orders.proxy.host=")
			.run((context) -> {
				XhrEndpoint endpoint = context.getBean(XhrEndpoint.class);
				SettingsDescriptor settings = endpoint.client("default").settings();
				assertThat(settings.readTimeout()).isEqualTo(Duration.ofSeconds(7));
				assertThat(settings.pool().maxConnections()).isEqualTo(8);
				assertThat(settings.proxy()).isEqualTo(new XhrEndpoint.ProxyDescriptor("socks5", "proxy.test", 1080));
				assertThat(settings.tls()).isEqualTo("default");
				assertThat(settings.userAgent()).isEqualTo("shop/1");
				assertThat(settings.withCredentials()).isTrue();
				assertThat(settings.progressInterval()).isEqualTo(Duration.ofSeconds(2));
				assertThat(settings.toString()).doesNotContain("s3cret");
				assertThat(endpoint.client("orders").settings().proxy()).isNull();
			});
	}

	@Test
	void masksTheHostOfTheProxyIfUrlsAreNotToBeShown() {
		this.runner
			.withPropertyValues("management.endpoint.xhr.show-values=never", "xhr.proxy.host=proxy.test",
					"xhr.proxy.port=1080")
			.run((context) -> assertThat(context.getBean(XhrEndpoint.class).client("default").settings().proxy())
				.isEqualTo(new XhrEndpoint.ProxyDescriptor("http", "******", 1080)));
	}

	@Test
	void masksSecretsWhateverIsToBeShown() {
		this.runner
			.withPropertyValues("management.endpoint.xhr.show-values=always",
					"xhr.base-url=https://orders.test/?key=s3cret", "xhr.headers.X-Key=s3cret",
					"xhr.credentials.basic.username=s3cretary", "xhr.credentials.basic.password=s3cret")
			.run((context) -> {
				ClientDescriptor client = context.getBean(XhrEndpoint.class).client("default");
				assertThat(client.settings().headers()).containsExactly(Map.entry("x-key", "******"));
				assertThat(client.settings().credentials()).isEqualTo("basic");
				assertThat(client.toString()).doesNotContain("s3cret");
			});
	}

	@Test
	void masksUrlsIfTheyAreNotToBeShown() throws Exception {
		try (FaultServer server = neverAnswers()) {
			this.runner
				.withPropertyValues("management.endpoint.xhr.show-values=never", "xhr.base-url=" + server.url("/"))
				.run((context) -> {
					send(context.getBean(XhrFactory.class), "a");
					ClientDescriptor client = context.getBean(XhrEndpoint.class).client("default");
					assertThat(client.settings().baseUrl()).isEqualTo("******");
					assertThat(client.settings().origin()).isNull();
					assertThat(client.inFlight()).extracting(RequestDescriptor::uri).containsExactly("******");
				});
		}
	}

	@Test
	void sanitizingFunctionsOfTheApplicationApply() {
		this.runner.withUserConfiguration(SanitizingConfiguration.class)
			.withPropertyValues("xhr.base-url=https://a.test/", "xhr.clients.orders.base-url=https://orders.test/")
			.run((context) -> {
				XhrEndpoint endpoint = context.getBean(XhrEndpoint.class);
				assertThat(endpoint.client("orders").settings().baseUrl()).isEqualTo("******");
				assertThat(endpoint.client("default").settings().baseUrl()).isEqualTo("https://a.test/");
			});
	}

	@Test
	void showsWhatIsInFlightAndAbortsIt() throws Exception {
		try (FaultServer server = neverAnswers()) {
			this.runner.withPropertyValues("xhr.clients.orders.base-url=" + server.url("/api/")).run((context) -> {
				XhrEndpoint endpoint = context.getBean(XhrEndpoint.class);
				EventLog log = send(context.getBean(XhrFactories.class).get("orders"), "7?key=s3cret");
				RequestDescriptor request = endpoint.client("orders").inFlight().get(0);
				assertThat(request.method()).isEqualTo("GET");
				assertThat(request.uri()).isEqualTo(server.url("/api/7"));
				assertThat(request.state()).isEqualTo("OPENED");
				assertThat(request.readyState()).isOne();
				assertThat(request.age()).isPositive();
				assertThat(endpoint.client("default").inFlight()).isEmpty();
				assertThat(endpoint.abort("default", request.id())).isFalse();
				assertThat(endpoint.abort("unknown", request.id())).isFalse();
				assertThat(endpoint.abort("orders", request.id())).isTrue();
				assertThat(log.awaitEnd().entries()).contains("abort(0,0,false)");
				assertThat(endpoint.abort("orders", request.id())).isFalse();
				assertThat(endpoint.client("orders").inFlight()).isEmpty();
			});
		}
	}

	@Test
	void unknownClientIsNull() {
		this.runner.run((context) -> assertThat(context.getBean(XhrEndpoint.class).client("unknown")).isNull());
	}

	@Test
	void clientsThatTheApplicationBuildsAreDescribedAsWell() {
		this.runner.withUserConfiguration(BuiltConfiguration.class).run((context) -> {
			Map<String, ClientDescriptor> clients = context.getBean(XhrEndpoint.class).clients().clients();
			assertThat(clients.keySet()).containsExactlyInAnyOrder("twinOne", "twinTwo", "own");
			assertThat(clients.get("own").settings().timeout()).isEqualTo(Duration.ofSeconds(9));
			assertThat(clients.get("twinOne").bean()).isEqualTo("twinOne");
		});
	}

	@Test
	void clientsThatTheApplicationImplementsHaveNoSettings() {
		this.runner.withBean("foreign", XhrFactory.class, ForeignFactory::new).run((context) -> {
			ClientDescriptor client = context.getBean(XhrEndpoint.class).client("foreign");
			assertThat(client.settings()).isNull();
			assertThat(client.inFlight()).isEmpty();
			assertThat(context.getBean(XhrEndpoint.class).abort("foreign", 1)).isFalse();
		});
	}

	@Test
	void overJmxAbortNeedsUnrestrictedAccess() {
		ApplicationContextRunner jmx = this.bare
			.withConfiguration(AutoConfigurations.of(JmxAutoConfiguration.class, EndpointAutoConfiguration.class,
					JmxEndpointAutoConfiguration.class))
			.withPropertyValues("spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=xhr",
					"spring.jmx.unique-names=true");
		jmx.run((context) -> assertThat(operations(context.getBean(MBeanServer.class))).containsOnly("clients",
				"client"));
		jmx.withPropertyValues("management.endpoint.xhr.access=unrestricted")
			.run((context) -> assertThat(operations(context.getBean(MBeanServer.class))).contains("clients", "client",
					"abort"));
	}

	private static String[] operations(MBeanServer server) throws Exception {
		assertThat(server).isSameAs(ManagementFactory.getPlatformMBeanServer());
		ObjectName name = server.queryNames(new ObjectName("org.springframework.boot:type=Endpoint,name=Xhr,*"), null)
			.iterator()
			.next();
		assertThat(server.invoke(name, "clients", new Object[0], new String[0]).toString()).contains("xhrFactory");
		return Arrays.stream(server.getMBeanInfo(name).getOperations())
			.map(MBeanOperationInfo::getName)
			.distinct()
			.toArray(String[]::new);
	}

	private static FaultServer neverAnswers() {
		return FaultServer.start(Script.keepAlive((connection) -> connection.readRequest().awaitPeerClosed()));
	}

	private static EventLog send(XhrFactory factory, String url) {
		XMLHttpRequest request = factory.create();
		EventLog log = EventLog.ofRequest(request);
		request.open("GET", url);
		request.send();
		return log;
	}

	@Configuration(proxyBeanMethods = false)
	static class SanitizingConfiguration {

		@Bean
		SanitizingFunction sanitizingFunction() {
			return (data) -> data.getKey().equals("xhr.clients.orders.base-url") ? data.withSanitizedValue() : data;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BuiltConfiguration {

		@Bean
		XhrFactory twinOne() {
			return XhrFactory.builder(WebClient.builder()).name("twin").build();
		}

		@Bean
		XhrFactory twinTwo() {
			return XhrFactory.builder(WebClient.builder()).name("twin").build();
		}

		@Bean
		XhrFactory other() {
			return XhrFactory.builder(WebClient.builder()).name("own").timeout(Duration.ofSeconds(9)).build();
		}

	}

	static class ForeignFactory implements XhrFactory {

		@Override
		public XMLHttpRequest create() {
			throw new UnsupportedOperationException();
		}

		@Override
		public XMLHttpRequest create(XhrOptions options) {
			throw new UnsupportedOperationException();
		}

		@Override
		public String getName() {
			return "foreign";
		}

		@Override
		public void close() {
		}

	}

}
