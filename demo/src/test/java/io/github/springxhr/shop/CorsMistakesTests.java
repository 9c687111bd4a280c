package io.github.springxhr.shop;

import java.util.stream.Stream;

import io.github.springxhr.XhrException;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The example of {@code docs/cors-testing.md} finds each mistake, and says the same as
 * the document.
 */
@ExtendWith(OutputCaptureExtension.class)
class CorsMistakesTests {

	@ParameterizedTest
	@EnumSource
	void mistakeIsNamed(Mistake mistake, CapturedOutput output) {
		assertThatExceptionOfType(XhrException.class).isThrownBy(() -> runExample(mistake.configuration))
			.withMessage(mistake.message());
		assertThat(output.getOut().lines().filter((line) -> line.contains("Reject: ")))
			.allSatisfy((line) -> assertThat(line).endsWith(mistake.rejection))
			.hasSize((mistake.rejection != null) ? 1 : 0);
	}

	@Test
	void headerThatIsNotExposedIsNotThere() {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> runExample(CorsMistakes.NotExposed.class))
			.withMessageContaining("expected: \"\"8\"\"")
			.withMessageContaining("but was: null");
	}

	@ParameterizedTest
	@ValueSource(classes = { ShopApplication.Cors.class, CorsMistakes.SecurityThatKnowsCors.class })
	void nothingIsWrongWithoutAMistake(Class<?> configuration) {
		runExample(configuration);
	}

	private static void runExample(Class<?> configuration) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ShopService.class, configuration)
			.run("--server.port=0", "--logging.level.org.springframework.web.cors=debug")) {
			int port = ((WebServerApplicationContext) context).getWebServer().getPort();
			new OrdersCorsTests().pagesOfTheShopMayChangeAnOrder(port);
		}
	}

	static Stream<String> messages() {
		return Stream.of(Mistake.values()).map(Mistake::message);
	}

	static Stream<String> rejections() {
		return Stream.of(Mistake.values())
			.filter((mistake) -> mistake.rejection != null)
			.map((mistake) -> mistake.rejection);
	}

	/**
	 * A mistake, what the client says of it, and what Spring's log does.
	 */
	private enum Mistake {

		ANOTHER_ORIGIN(CorsMistakes.AnotherOrigin.class,
				"Access-Control-Allow-Origin is missing, expected 'https://shop.example' (no wildcard, as the request has credentials) (the status is 403)",
				"Reject: 'https://shop.example' origin is not allowed"),

		METHOD_MISSING(CorsMistakes.MethodMissing.class,
				"Access-Control-Allow-Origin is missing, expected 'https://shop.example' (no wildcard, as the request has credentials) (the status is 403)",
				"Reject: HTTP 'PUT' is not allowed"),

		HEADER_MISSING(CorsMistakes.HeaderMissing.class,
				"Access-Control-Allow-Headers is 'content-type', expected a list with 'x-request-id' (the status is 200)",
				null),

		CREDENTIALS_MISSING(CorsMistakes.CredentialsMissing.class,
				"Access-Control-Allow-Credentials is missing, expected 'true' (the status is 200)", null),

		ANY_ORIGIN(CorsMistakes.AnyOrigin.class,
				"Access-Control-Allow-Origin is '*', expected 'https://shop.example' (no wildcard, as the request has credentials) (the status is 200)",
				null),

		HEADER_TWICE(CorsMistakes.HeaderTwice.class,
				"Access-Control-Allow-Origin is 'https://shop.example, https://shop.example', expected 'https://shop.example' (no wildcard, as the request has credentials) (the status is 200)",
				null),

		SECURITY_FIRST(CorsMistakes.SecurityFirst.class,
				"Access-Control-Allow-Origin is missing, expected 'https://shop.example' (no wildcard, as the request has credentials) (the status is 401)",
				null);

		private final Class<?> configuration;

		private final String failure;

		private final @Nullable String rejection;

		Mistake(Class<?> configuration, String failure, @Nullable String rejection) {
			this.configuration = configuration;
			this.failure = failure;
			this.rejection = rejection;
		}

		private String message() {
			return "NetworkError: cors while waiting for the response: the CORS preflight failed: " + this.failure;
		}

	}

}
