package io.github.springxhr.autoconfigure;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A property that there is not stops the start.
 */
class UnknownPropertiesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(XhrAutoConfiguration.class));

	@ParameterizedTest
	@CsvSource({ "xhr.timeuot, xhr.timeout", "xhr.nonsense,", "xhr.clients.orders.timeuot, xhr.clients.orders.timeout",
			"xhr.clients.orders.credential.bearer.token, xhr.clients.orders.credentials.bearer.token",
			"xhr.clients.orders.credentials.bearer.tokn, xhr.clients.orders.credentials.bearer.token",
			"xhr.client.orders.timeout, xhr.clients.orders.timeout",
			"xhr.pool.max-conections, xhr.pool.max-connections", "xhr.header.x-api-key, xhr.headers.x-api-key",
			"xhr.header[X-Api-Key], xhr.headers[X-Api-Key]", "xhr.clients.orders.enabld,", "xhr.timeout.seconds,",
			"xhr.event-execution.mode,", "xhr.clients.orders.clients.other.timeout,", "xhr.clas," })
	void stopsTheStartAndIsNamed(String property, @Nullable String nearest) {
		this.runner.withPropertyValues("xhr.base-url=http://127.0.0.1/", property + "=s3cret").run((context) -> {
			Throwable failure = Objects.requireNonNull(context.getStartupFailure());
			assertThat(NestedExceptionUtils.getMostSpecificCause(failure))
				.isInstanceOfSatisfying(InvalidXhrPropertyException.class, (ex) -> {
					assertThat(ex.getPropertyName()).isEqualTo(property);
					assertThat(ex.getRemedy()).isEqualTo(((nearest != null) ? "Did you mean '" + nearest + "'? " : "")
							+ "Correct the name, or remove the property.");
				});
			assertThat(stackTrace(failure)).doesNotContain("s3cret");
			FailureAnalysis analysis = new InvalidXhrPropertyFailureAnalyzer(new StandardEnvironment())
				.analyze(failure);
			assertThat(Objects.requireNonNull(analysis).getDescription())
				.contains("'" + property + "' cannot be used: there is no such property")
				.doesNotContain("s3cret");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "xhr.clients.orders", "xhr.clients" })
	void textInPlaceOfAGroupStopsTheStart(String property) {
		this.runner.withPropertyValues(property + "=https://me:s3cret@orders.example/").run((context) -> {
			Throwable failure = Objects.requireNonNull(context.getStartupFailure());
			assertThat(NestedExceptionUtils.getMostSpecificCause(failure))
				.isInstanceOfSatisfying(InvalidXhrPropertyException.class, (ex) -> {
					assertThat(ex.getPropertyName()).isEqualTo(property);
					assertThat(ex.getRemedy()).contains("'xhr.clients.orders.base-url'");
				});
			assertThat(stackTrace(failure)).doesNotContain("s3cret");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "xhr.baseUrl=http://127.0.0.1/", "xhr.MAX_REDIRECTS=1", "xhr.headers.X-Any.thing=1",
			"xhr.clients.orders.headers[X-Api-Key]=1", "xhr.clients.any-name.timeout=1s",
			"xhr.clients.orders.credentials.origins=", "xhr.enabled=true", "xhr.user-agent=${name:a}",
			"xhrx.timeuot=1s" })
	void knownOnesDoNot(String property) {
		this.runner
			.withPropertyValues("xhr.base-url=http://127.0.0.1/", "xhr.clients.orders.base-url=http://127.0.0.1/")
			.withPropertyValues(property)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void elementsOfAListAreKnown() {
		this.runner
			.withPropertyValues("xhr.clients.orders.base-url=http://127.0.0.1/",
					"xhr.clients.orders.credentials.bearer.token=t",
					"xhr.clients.orders.credentials.origins[0]=https://a.example")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void environmentVariablesAreExempt() {
		this.runner
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
						new SystemEnvironmentPropertySource(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
								Map.of("XHR_FOO", "1", "XHR_CLIENTS_ORDERS_TIMEUOT", "1"))))
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void systemPropertiesAreExempt() {
		this.runner.withSystemProperties("xhr.foo=1").run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void nothingIsCheckedWhenSwitchedOff() {
		this.runner.withPropertyValues("xhr.enabled=false", "xhr.timeuot=1s")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private static String stackTrace(Throwable failure) {
		StringWriter text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

}
