package io.github.springxhr.observation;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link DefaultXhrObservationConvention}.
 */
class DefaultXhrObservationConventionTests {

	private final DefaultXhrObservationConvention convention = new DefaultXhrObservationConvention();

	@ParameterizedTest
	@CsvSource({ "/orders/{id},/orders/{id}", "orders/{id},orders/{id}", "/search?q={q},/search",
			"/search?token=secret#x,/search", "https://user:secret@host/orders/{id},none",
			"https:user:secret@host/orders/{id},none", "HTTP://host:8080,/", "//host/orders,/orders",
			"https:\\\\user:secret@host\\orders,none", "/redirect?to=http://host/,/redirect",
			"{base}/orders,{base}/orders" })
	void theUriHasNeitherSchemeNorHostNorPasswordNorQuery(String template, String uri) {
		assertThat(value("GET", template, 0, "uri")).isEqualTo(uri);
	}

	@ParameterizedTest
	@CsvSource({ "0,none", "200,200", "404,404", "503,503", "299,other", "699,other", "999,other" })
	void theStatusIsARegisteredOne(int status, String tag) {
		assertThat(value("GET", null, status, "status")).isEqualTo(tag);
	}

	@Test
	void backgroundIsAKeyOfTheSpanOnly() {
		XhrObservationContext context = new XhrObservationContext("orders", ObservedClient.sending("GET", null, true));
		assertThat(this.convention.getHighCardinalityKeyValues(context))
			.containsExactly(io.micrometer.common.KeyValue.of("background", "true"));
		assertThat(this.convention.getLowCardinalityKeyValues(context))
			.noneMatch((keyValue) -> keyValue.getKey().equals("background"));
	}

	@Test
	void aRequestInFlightHasAllKeys() {
		assertThat(this.convention
			.getLowCardinalityKeyValues(new XhrObservationContext("orders", ObservedClient.sending("GET", null, true))))
			.extracting((keyValue) -> keyValue.getKey() + "=" + keyValue.getValue())
			.containsExactlyInAnyOrder("client=orders", "method=GET", "uri=none", "status=none", "outcome=none",
					"exception=none");
	}

	private String value(String method, @Nullable String template, int status, String key) {
		XhrObservationContext context = new XhrObservationContext("orders",
				ObservedClient.sending(method, template, false));
		context.setStatus(status);
		return this.convention.getLowCardinalityKeyValues(context)
			.stream()
			.filter((keyValue) -> keyValue.getKey().equals(key))
			.findFirst()
			.orElseThrow()
			.getValue();
	}

}
