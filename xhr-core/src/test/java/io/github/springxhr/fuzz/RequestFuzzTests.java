package io.github.springxhr.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.springxhr.XhrException;
import io.github.springxhr.fetch.NetworkRequest;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.HttpRules;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What passes for a method, a header name or a header value is one line on the wire.
 */
class RequestFuzzTests {

	private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

	@FuzzTest(maxDuration = "60s")
	void methodAndHeaders(FuzzedDataProvider data) {
		String method = data.consumeString(50);
		String name = data.consumeString(50);
		String text = data.consumeRemainingAsString();
		String value = HttpRules.normalizeHeaderValue(text);
		send(method, name, text);
		if (HttpRules.isMethod(method)) {
			assertThat(method).matches(TOKEN);
			String normalized = HttpRules.normalizeMethod(method);
			assertThat(normalized).isEqualToIgnoringCase(method);
			assertThat(HttpRules.normalizeMethod(normalized)).isEqualTo(normalized);
		}
		assertThat(HttpRules.normalizeHeaderValue(value)).isEqualTo(value);
		if (HttpRules.isHeaderName(name) && HttpRules.isHeaderValue(value)) {
			assertThat(name).matches(TOKEN);
			assertThat(value.chars()).noneMatch((c) -> c == '\r' || c == '\n' || c == 0 || c > 0xFF);
			HeaderList headers = new HeaderList();
			headers.add(name, value);
			headers.combine(name, "x");
			assertThat(headers.get(name)).isEqualTo(value + ", x");
			assertThat(headers.getAll(name)).hasSize(1);
			assertThat(HttpRules.isForbiddenRequestHeader(name, value))
				.isEqualTo(HttpRules.isForbiddenRequestHeader(name.toUpperCase(Locale.ROOT), value));
		}
	}

	/** What is refused is not sent, and nothing else is sent than what was asked for. */
	private static void send(String method, String name, String value) {
		Answers answers = Answers.of(200, "X-Answer", "1", new byte[0]);
		List<String> refused = new ArrayList<>();
		answers.send(UnaryOperator.identity(), (request) -> {
			try {
				request.open(method, "https://own.test/", false);
			}
			catch (XhrException ex) {
				refused.add("method " + ex.getName());
				request.open("GET", "https://own.test/", false);
			}
			try {
				request.setRequestHeader(name, value);
			}
			catch (XhrException ex) {
				refused.add("header " + ex.getName());
			}
			return request;
		});
		boolean token = method.matches(TOKEN);
		boolean forbidden = List.of("CONNECT", "TRACE", "TRACK").contains(method.toUpperCase(Locale.ROOT));
		String normalized = HttpRules.normalizeHeaderValue(value);
		boolean header = name.matches(TOKEN)
				&& normalized.chars().noneMatch((c) -> c == '\r' || c == '\n' || c == 0 || c > 0xFF);
		assertThat(refused.contains("method SyntaxError")).isEqualTo(!token);
		assertThat(refused.contains("method SecurityError")).isEqualTo(token && forbidden);
		assertThat(refused.contains("header SyntaxError")).isEqualTo(!header);
		NetworkRequest sent = answers.requests.get(0);
		assertThat(sent.method()).isEqualTo((token && !forbidden) ? HttpRules.normalizeMethod(method) : "GET");
		if (header && name.startsWith("X-")) {
			assertThat(sent.headers().get(name)).isEqualTo(normalized);
		}
		assertThat(sent.headers().names()).allMatch((other) -> other.matches(TOKEN));
	}

}
