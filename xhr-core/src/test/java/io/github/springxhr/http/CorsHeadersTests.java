package io.github.springxhr.http;

import java.util.Arrays;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CorsHeadersTests {

	private final HeaderList headers = new HeaderList();

	/**
	 * https://fetch.spec.whatwg.org/#extract-header-list-values; a bar stands between
	 * header lines
	 */
	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "GET;GET", "GET,PUT;GET PUT", "GET , \tPUT;GET PUT", "GET|PUT, x;GET PUT x", "*;*",
					"*, Authorization;* Authorization", "'';''", "',';''", "', GET,,PUT ,';GET PUT", "GET||PUT;GET PUT",
					"get;get", "GET,GET;GET GET" })
	void listIsReadAsTokens(String lines, String expected) {
		addLines("access-control-allow-methods", lines);
		Extraction extraction = CorsHeaders.tokens(this.headers, "Access-Control-Allow-Methods");
		assertThat(String.join(" ", extraction.values())).isEqualTo(expected);
		assertThat(extraction.kind()).isEqualTo(Extraction.Kind.VALUES);
		assertThat(extraction.isMalformed()).isFalse();
		assertThat(extraction.isAbsent()).isFalse();
	}

	/** https://fetch.spec.whatwg.org/#http-new-header-syntax */
	@ParameterizedTest
	@ValueSource(strings = { "GET PUT", "GET;PUT", "\"GET\"", "GET, P(T", "GET|P T", "P T|GET", "\u00E4", "a:b", "/" })
	void malformedListIsAFailure(String lines) {
		addLines("Access-Control-Expose-Headers", lines);
		Extraction extraction = CorsHeaders.tokens(this.headers, "Access-Control-Expose-Headers");
		assertThat(extraction.isMalformed()).isTrue();
		assertThat(extraction.isAbsent()).isFalse();
		assertThat(extraction.values()).isEmpty();
	}

	/** https://fetch.spec.whatwg.org/#extract-header-list-values */
	@ParameterizedTest
	@ValueSource(strings = { "Access-Control-Allow-Headers", "Access-Control-Allow-Methods" })
	void absentListIsNoFailure(String name) {
		addLines("Access-Control-Expose-Headers", "a");
		Extraction extraction = CorsHeaders.tokens(this.headers, name);
		assertThat(extraction.isAbsent()).isTrue();
		assertThat(extraction.isMalformed()).isFalse();
		assertThat(extraction.values()).isEmpty();
	}

	/**
	 * https://fetch.spec.whatwg.org/#http-access-control-max-age; a bar stands between
	 * header lines
	 */
	@ParameterizedTest
	@CsvSource(nullValues = "absent",
			value = { "absent,5", "0,0", "5,5", "86400,86400", "007,7", "000,0", "'',5", "-1,5", "+1,5", "1.5,5",
					"1 2,5", "'1,2',5", "1|2,5", "5|5,5", "7|7,5", "1s,5", "\"7\",5", "\u0661,5",
					"2147483647,2147483647", "2147483648,2147483648", "2147483649,2147483648", "9999999999,2147483648",
					"00000000000000000000000000000001,1", "99999999999999999999999999999999,2147483648" })
	void maxAgeIsInSecondsOrFive(String lines, long expected) {
		if (lines != null) {
			addLines("access-control-max-age", lines);
		}
		assertThat(CorsHeaders.maxAge(this.headers)).isEqualTo(expected);
	}

	private void addLines(String name, String lines) {
		Arrays.stream(lines.split("\\|", -1)).forEach((line) -> this.headers.add(name, line));
	}

}
