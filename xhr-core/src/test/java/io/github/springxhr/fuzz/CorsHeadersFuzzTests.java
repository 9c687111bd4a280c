package io.github.springxhr.fuzz;

import java.util.List;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.springxhr.Quiet;
import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.http.CorsHeaders;
import io.github.springxhr.http.Extraction;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.HttpRules;
import org.junit.jupiter.api.AutoClose;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a server allows is a list of tokens that it has written, and for a bounded time; a
 * response is shared with the origin that it names, letter by letter, and with no other.
 */
class CorsHeadersFuzzTests {

	private static final String ORIGIN = "https://shop.example";

	private static final String NAME = "Access-Control-Allow-Headers";

	/** Thousands of requests fail. */
	@AutoClose
	private static final Quiet QUIET = new Quiet();

	@FuzzTest(maxDuration = "60s")
	void corsHeaders(FuzzedDataProvider data) {
		String first = data.consumeString(100);
		String second = data.consumeString(100);
		HeaderList headers = new HeaderList();
		headers.add(NAME, first);
		headers.add(NAME, second);
		Extraction extraction = CorsHeaders.tokens(headers, NAME);
		assertThat(extraction.values()).allSatisfy((token) -> {
			assertThat(HttpRules.isHeaderName(token)).isTrue();
			assertThat((first + "," + second).split("[, \t\r\n]")).contains(token);
		});
		String rest = data.consumeRemainingAsString();
		headers.add("Access-Control-Max-Age", rest);
		assertThat(CorsHeaders.maxAge(headers)).isBetween(0L, 1L << 31);
		share(List.of(first, second), rest, false);
		share(List.of(first), rest, true);
		share(List.of(first), "true", true);
	}

	/** The check is that of the standard, said in other words. */
	private static void share(List<String> origins, String credentials, boolean withCredentials) {
		HeaderList headers = new HeaderList();
		origins.forEach((origin) -> headers.add("Access-Control-Allow-Origin", origin));
		headers.add("Access-Control-Allow-Credentials", credentials);
		XMLHttpRequest xhr = Answers.of(200, headers, new byte[0])
			.get("https://api.test/", (builder) -> builder.origin(ORIGIN), (request) -> {
				request.setWithCredentials(withCredentials);
				return request;
			});
		String allowed = String.join(", ", origins);
		boolean shared = withCredentials ? allowed.equals(ORIGIN) && credentials.equals("true")
				: allowed.equals(ORIGIN) || allowed.equals("*");
		assertThat(xhr.getFailure() == null).isEqualTo(shared);
		assertThat(xhr.getStatus()).isEqualTo(shared ? 200 : 0);
	}

}
