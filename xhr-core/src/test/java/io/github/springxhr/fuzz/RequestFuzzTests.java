package io.github.springxhr.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.HttpRules;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What passes for a method, a header name or a header value is one line on the wire.
 */
class RequestFuzzTests {

	@FuzzTest(maxDuration = "60s")
	void methodAndHeaders(FuzzedDataProvider data) {
		String method = data.consumeString(50);
		if (HttpRules.isMethod(method)) {
			assertThat(method).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
			String normalized = HttpRules.normalizeMethod(method);
			assertThat(normalized).isEqualToIgnoringCase(method);
			assertThat(HttpRules.normalizeMethod(normalized)).isEqualTo(normalized);
		}
		String name = data.consumeString(50);
		String value = HttpRules.normalizeHeaderValue(data.consumeRemainingAsString());
		assertThat(HttpRules.normalizeHeaderValue(value)).isEqualTo(value);
		if (HttpRules.isHeaderName(name) && HttpRules.isHeaderValue(value)) {
			assertThat(name).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
			assertThat(value.chars()).noneMatch((c) -> c == '\r' || c == '\n' || c == 0 || c > 0xFF);
			HeaderList headers = new HeaderList();
			headers.add(name, value);
			headers.combine(name, "x");
			assertThat(headers.get(name)).isEqualTo(value + ", x");
			assertThat(headers.getAll(name)).hasSize(1);
			assertThat(HttpRules.isForbiddenRequestHeader(name, value))
				.isEqualTo(HttpRules.isForbiddenRequestHeader(name.toUpperCase(java.util.Locale.ROOT), value));
		}
	}

}
