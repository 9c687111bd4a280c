package io.github.springxhr.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.springxhr.http.CorsHeaders;
import io.github.springxhr.http.Extraction;
import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.HttpRules;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a server allows is a list of tokens that it has written, and for a bounded time.
 */
class CorsHeadersFuzzTests {

	private static final String NAME = "Access-Control-Allow-Headers";

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
		headers.add("Access-Control-Max-Age", data.consumeRemainingAsString());
		assertThat(CorsHeaders.maxAge(headers)).isBetween(0L, 1L << 31);
	}

}
