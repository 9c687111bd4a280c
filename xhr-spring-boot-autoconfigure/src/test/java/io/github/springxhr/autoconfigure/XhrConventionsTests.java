package io.github.springxhr.autoconfigure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.github.springxhr.XhrFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What Spring Boot expects of a starter.
 */
class XhrConventionsTests {

	private static final Path CLASSES = Path.of("target/classes");

	private static final String IMPORTS = "META-INF/spring/" + AutoConfiguration.class.getName() + ".imports";

	@Test
	void eachAutoConfigurationIsImportedInAlphabeticalOrder() throws Exception {
		List<String> imports = Files.readAllLines(CLASSES.resolve(IMPORTS));
		try (Stream<Path> files = Files.walk(CLASSES)) {
			List<String> found = files.map((file) -> CLASSES.relativize(file).toString())
				.filter((file) -> file.endsWith("AutoConfiguration.class"))
				.map((file) -> file.substring(0, file.length() - 6).replace('/', '.').replace('\\', '.'))
				.sorted()
				.toList();
			assertThat(imports).isEqualTo(found);
		}
		for (String name : imports) {
			assertThat(Class.forName(name)).hasAnnotation(AutoConfiguration.class);
		}
	}

	@Test
	void theAnnotationProcessorHasSeenThem() throws Exception {
		String metadata = Files.readString(CLASSES.resolve("META-INF/spring-autoconfigure-metadata.properties"));
		for (String name : Files.readAllLines(CLASSES.resolve(IMPORTS))) {
			assertThat(metadata).contains(name + "=");
		}
	}

	@Test
	void nothingIsThereIfClientsAreNotEnabledNotEvenOverAClientOfTheApplication() throws Exception {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(autoConfigurations()))
			.withUserConfiguration(Mine.class)
			.withPropertyValues("xhr.enabled=false", "xhr.clients.orders.timeout=1s",
					"management.endpoints.web.exposure.include=*", "management.endpoints.jmx.exposure.include=*")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBeanFactory().getBeanDefinitionNames())
					.filteredOn((name) -> name.toLowerCase(Locale.ROOT).contains("xhr"))
					.containsExactly("xhrConventionsTests.Mine");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "io.github.springxhr.XhrFactory", "io.github.springxhr.autoconfigure.XhrFactories",
			"io.github.springxhr.sample.OrderService", "io.github.springxhr.sample.BillingService" })
	void aBeanThatIsMissingIsExplainedIfClientsAreNotEnabled(String name) throws Exception {
		Class<?> type = Class.forName(name);
		FailureAnalysis analysis = analyze(new MockEnvironment().withProperty("xhr.enabled", "false"),
				new NoSuchBeanDefinitionException(type));
		assertThat(analysis.getDescription()).isEqualTo("A bean of type '" + type.getName()
				+ "' is needed, but 'xhr.enabled' is false, so that there is none.");
	}

	@Test
	void aBeanThatIsMissingIsNoneOfOursOtherwise() {
		assertThat(new XhrDisabledFailureAnalyzer(new MockEnvironment())
			.analyze(new NoSuchBeanDefinitionException(XhrFactory.class))).isNull();
		assertThat(new XhrDisabledFailureAnalyzer(new MockEnvironment().withProperty("xhr.enabled", "false"))
			.analyze(new NoSuchBeanDefinitionException(WebClient.class))).isNull();
	}

	private static FailureAnalysis analyze(Environment environment, Throwable failure) {
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, ArgumentResolver.of(Environment.class, environment), (type, name, ex) -> {
			})
			.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter((analysis) -> analysis != null)
			.findFirst()
			.orElseThrow();
	}

	private static Class<?>[] autoConfigurations() throws Exception {
		List<String> names = Files.readAllLines(CLASSES.resolve(IMPORTS));
		Class<?>[] classes = new Class<?>[names.size()];
		for (int i = 0; i < classes.length; i++) {
			classes[i] = Class.forName(names.get(i));
		}
		return classes;
	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage(basePackages = "io.github.springxhr.sample")
	static class Mine {

		@Bean
		XhrFactory mine() {
			return XhrFactory.builder(WebClient.builder()).name("mine").build();
		}

	}

}
