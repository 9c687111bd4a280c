package io.github.springxhr.autoconfigure;

import java.util.Objects;

import io.github.springxhr.XhrFactory;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said of an injection point that names a client there is not.
 */
class UnknownXhrFactoryTests {

	private @Nullable ConfigurableApplicationContext started;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withInitializer((context) -> this.started = context)
		.withConfiguration(AutoConfigurations.of(XhrAutoConfiguration.class))
		.withPropertyValues("xhr.clients.orders.timeout=1s", "xhr.clients.billing.timeout=1s");

	@ParameterizedTest
	@ValueSource(classes = { ByConstructor.class, ByField.class })
	void namesOfClientsAreListed(Class<?> type) {
		this.runner.withBean(type).run((context) -> {
			FailureAnalysis analysis = Objects.requireNonNull(analyze(context));
			assertThat(analysis.getDescription())
				.endsWith("needs the XHR client 'order', which there is not; the named clients are [orders, billing].");
			assertThat(analysis.getAction())
				.isEqualTo("Correct the name in the qualifier, or configure 'xhr.clients.order'.");
		});
	}

	@Test
	void beansOfOtherTypesAreLeftToSpringBoot() {
		this.runner.withBean(Other.class)
			.run((context) -> assertThat(Objects.requireNonNull(analyze(context)).getDescription())
				.contains("required a bean of type 'java.lang.String'")
				.doesNotContain("XHR"));
	}

	@Test
	void whereClientsAreSwitchedOffThatIsSaid() {
		this.runner.withPropertyValues("xhr.enabled=false")
			.withBean(ByConstructor.class)
			.run((context) -> assertThat(Objects.requireNonNull(analyze(context)).getDescription())
				.contains("'xhr.enabled' is false"));
	}

	/**
	 * Let the registered analyzers look at the failure, as Spring Boot does.
	 */
	private @Nullable FailureAnalysis analyze(AssertableApplicationContext context) {
		Throwable failure = Objects.requireNonNull(context.getStartupFailure());
		ConfigurableApplicationContext source = Objects.requireNonNull(this.started);
		ArgumentResolver arguments = ArgumentResolver.of(Environment.class, source.getEnvironment())
			.and(BeanFactory.class, source.getBeanFactory());
		return SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, arguments,
					FailureHandler.logging(LogFactory.getLog(UnknownXhrFactoryTests.class)))
			.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	static class ByConstructor {

		ByConstructor(@Qualifier("order") XhrFactory factory) {
		}

	}

	static class ByField {

		@Autowired
		@Qualifier("order")
		private XhrFactory factory;

	}

	static class Other {

		Other(@Qualifier("order") String text) {
		}

	}

}
