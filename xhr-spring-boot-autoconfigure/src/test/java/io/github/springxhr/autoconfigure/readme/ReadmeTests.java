package io.github.springxhr.autoconfigure.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.autoconfigure.XhrAutoConfiguration;
import io.github.springxhr.autoconfigure.XhrFactories;
import io.github.springxhr.fixture.FaultServer;
import io.github.springxhr.fixture.Responses;
import io.github.springxhr.fixture.Script;
import io.github.springxhr.http.FailureKind;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.FileSystemResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README and the pages it leads to tell the truth.
 */
class ReadmeTests {

	private static final Path ROOT = Path.of("..");

	private static final Path SOURCES = Path.of("src/test/java/io/github/springxhr/autoconfigure/readme");

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(WebClientAutoConfiguration.class, XhrAutoConfiguration.class));

	@Test
	void javaIsCodeThatIsCompiledAndRun() throws IOException {
		String source = normalize(Files.readString(SOURCES.resolve("OrderClient.java"))
				+ Files.readString(SOURCES.resolve("WithoutSpringBoot.java")));
		List<String> blocks = blocks("README.md", "java");
		assertThat(blocks).hasSize(2).allSatisfy((block) -> assertThat(source).contains(normalize(block)));
	}

	@Test
	void propertiesAndJavaWorkTogether() throws IOException {
		try (FaultServer server = FaultServer
			.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("an order"))))) {
			this.contextRunner
				.withInitializer((context) -> yaml("README.md")
					.forEach((source) -> context.getEnvironment().getPropertySources().addLast(source)))
				.withPropertyValues("ORDERS_TOKEN=t0ken", "xhr.clients.orders.base-url=" + server.url("/api/"))
				.withUserConfiguration(OrderClient.class)
				.run((context) -> {
					CompletableFuture<String> done = new CompletableFuture<>();
					context.getBean(OrderClient.class).fetch("7 / 8", done::complete);
					assertThat(done.get(10, TimeUnit.SECONDS)).isEqualTo("200 an order");
					assertThat(server.requests().get(0).requestLine())
						.isEqualTo("GET /api/orders/7%20%2F%208 HTTP/1.1");
					assertThat(server.requests().get(0).header("Authorization")).isEqualTo("Bearer t0ken");
					assertThat(server.requests().get(0).header("X-Team")).isEqualTo("checkout");
				});
		}
	}

	@Test
	void factoryWithoutSpringBootIsBuilt() {
		try (XhrFactory factory = new WithoutSpringBoot().create()) {
			assertThat(factory.create().getTimeout()).isEqualTo(5000);
		}
	}

	@Test
	void examplesOfThePropertiesPageAreAccepted() {
		this.contextRunner
			.withInitializer((context) -> yaml("docs/properties.md")
				.forEach((source) -> context.getEnvironment().getPropertySources().addLast(source)))
			.withPropertyValues("ORDERS_PASSWORD=secret")
			.run((context) -> assertThat(context).hasNotFailed().hasBean("ordersXhrFactory"));
	}

	@Test
	void executorsOfThePropertiesPageAreFound() {
		this.contextRunner.withBean("applicationTaskExecutor", Executor.class, () -> Runnable::run)
			.withInitializer((context) -> yaml("docs/properties.md", 1)
				.forEach((source) -> context.getEnvironment().getPropertySources().addLast(source)))
			.run((context) -> assertThat(context).hasNotFailed().hasBean("tickerXhrFactory"));
	}

	@Test
	void beansOfThePropertiesPageAreCompiledAndRun() throws IOException {
		String source = normalize(Files.readString(SOURCES.resolve("ClientBeans.java")));
		List<String> blocks = blocks("docs/properties.md", "java");
		assertThat(blocks).hasSize(4).allSatisfy((block) -> assertThat(source).contains(normalize(block)));
		this.contextRunner.withUserConfiguration(ClientBeans.class)
			.withBean(ClientBeans.OrdersContainer.class,
					() -> new ClientBeans.OrdersContainer("http://127.0.0.1:1/api/"))
			.withPropertyValues("xhr.clients.orders.base-url=https://orders.example/",
					"xhr.clients.orders.cookies.enabled=true", "xhr.clients.reports.timeout=1s",
					"xhr.clients.order-service.timeout=1m")
			.run((context) -> {
				XhrFactories clients = context.getBean(XhrFactories.class);
				assertThat(clients.get("reports").create().getTimeout()).isEqualTo(3_600_000);
				assertThat(exchange(clients.get("order-service"), "http://127.0.0.1:1/").getStatus()).isEqualTo(299);
				assertThat(exchange(clients.get("orders"), "7").getFailure().kind()).isEqualTo(FailureKind.BLOCKED);
			});
	}

	private static XMLHttpRequest exchange(XhrFactory factory, String url) {
		XMLHttpRequest request = factory.create();
		request.open("GET", url);
		return request.sendAsync(null).exceptionally((ex) -> request).join();
	}

	@Test
	void oauth2AndLoadBalancingWorkTogetherAsThePageSays() throws IOException {
		try (FaultServer tokens = FaultServer.start(Script.keepAlive((connection) -> connection.readRequest()
			.send(Responses.ok("{\"access_token\":\"t0ken\",\"token_type\":\"Bearer\"}",
					"Content-Type: application/json"))));
				FaultServer instance = FaultServer
					.start(Script.keepAlive((connection) -> connection.readRequest().send(Responses.ok("an order"))))) {
			new ApplicationContextRunner().withUserConfiguration(EnabledAutoConfiguration.class)
				.withInitializer((context) -> yaml("docs/oauth2-and-load-balancing.md")
					.forEach((source) -> context.getEnvironment().getPropertySources().addLast(source)))
				.withPropertyValues("SHOP_SECRET=secret",
						"spring.security.oauth2.client.provider.shop.token-uri=" + tokens.url("/token"),
						"spring.cloud.discovery.client.simple.instances.orders[0].uri=" + instance.url("/"))
				.run((context) -> {
					XMLHttpRequest request = context.getBean(XhrFactories.class).get("orders").create();
					request.open("GET", "7");
					request.sendAsync(null).get(10, TimeUnit.SECONDS);
					assertThat(request.getResponseText()).isEqualTo("an order");
				});
			assertThat(instance.requests()).singleElement().satisfies((request) -> {
				assertThat(request.target()).isEqualTo("/api/7");
				assertThat(request.header("Authorization")).isEqualTo("Bearer t0ken");
			});
		}
	}

	@Test
	void propertiesPageNamesEveryProperty() throws IOException {
		String page = Files.readString(ROOT.resolve("docs/properties.md"));
		String metadata = Files.readString(Path.of("target/classes/META-INF/spring-configuration-metadata.json"));
		Matcher matcher = Pattern.compile("\"name\": \"(xhr\\.[a-z.-]+)\",\\s+\"type\"").matcher(metadata);
		List<String> names = matcher.results().map((result) -> result.group(1)).toList();
		assertThat(names).contains("xhr.base-url", "xhr.timeout");
		for (String name : names) {
			if (name.startsWith("xhr.credentials.basic.") || name.equals("xhr.clients") || isGroup(name, names)) {
				continue;
			}
			assertThat(page).as(name).contains("`" + name);
		}
		assertThat(page).contains("xhr.credentials.basic.username", "`.password`");
	}

	@Test
	void ciRunsTheTestCommandOfTheReadme() throws IOException {
		String ci = Files.readString(ROOT.resolve(".ci/run"));
		List<String> commands = blocks("README.md", "sh");
		assertThat(commands).hasSize(2);
		assertThat(ci).contains(commands.get(1).strip());
	}

	@Test
	void linksLeadSomewhere() throws IOException {
		for (String page : List.of("README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/properties.md",
				"docs/metrics.md", "docs/actuator.md", "docs/cors-testing.md", "docs/comparison-webclient.md",
				"docs/comparison-faults.md", "docs/reliability.md", "docs/http-service-clients.md",
				"docs/oauth2-and-load-balancing.md", "docs/decisions/README.md")) {
			Path file = ROOT.resolve(page);
			Matcher matcher = Pattern.compile("\\]\\(([^)#]+)[^)]*\\)").matcher(Files.readString(file));
			while (matcher.find()) {
				String target = matcher.group(1);
				if (!target.contains("://")) {
					assertThat(file.resolveSibling(target)).as(page + " links to " + target).exists();
				}
			}
		}
	}

	private static boolean isGroup(String name, List<String> names) {
		return names.stream().anyMatch((other) -> other.startsWith(name + "."));
	}

	private static List<PropertySource<?>> yaml(String page) {
		return yaml(page, 0);
	}

	private static List<PropertySource<?>> yaml(String page, int index) {
		try {
			String yaml = blocks(page, "yaml").get(index);
			return new YamlPropertySourceLoader().load(page,
					new ByteArrayResource(yaml.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

	private static List<String> blocks(String page, String language) throws IOException {
		String text = new FileSystemResource(ROOT.resolve(page))
			.getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
		Matcher matcher = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL).matcher(text);
		List<String> blocks = new ArrayList<>();
		while (matcher.find()) {
			blocks.add(matcher.group(1));
		}
		return blocks;
	}

	private static String normalize(String code) {
		return code.replaceAll("\\s+", " ").strip();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class EnabledAutoConfiguration {

	}

}
