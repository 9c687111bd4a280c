package io.github.springxhr.cookie;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link Cookie}.
 */
class CookieTests {

	@Test
	void textHasNoValue() {
		assertThat(cookie("name", "secret", "example.com", "/x")).hasToString("Cookie[name; example.com/x]");
		assertThat(cookie("n\u00E4me" + "x".repeat(100), "secret", "example.com", "/").toString())
			.startsWith("Cookie[n\\u00e4mexxx")
			.endsWith("xxx...; example.com/]");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			a\\r\\nb | secret        | example.com | /
			a=b      | secret        | example.com | /
			a;b      | secret        | example.com | /
			a        | secret\\n     | example.com | /
			a        | secret; b     | example.com | /
			a        | secret\\u0100 | example.com | /
			a        | secret        | ''          | /
			a        | secret        | example.com | x
			a        | secret        | example.com | ''
			""")
	void whatNoServerCanSetIsRefusedAndNotTold(String name, String value, String domain, String path) {
		assertThatIllegalArgumentException().isThrownBy(() -> cookie(unescape(name), unescape(value), domain, path))
			.withMessageNotContaining("secret");
	}

	private static String unescape(String text) {
		return text.replace("\\r", "\r").replace("\\n", "\n").replace("\\u0100", "\u0100");
	}

	private static Cookie cookie(String name, String value, String domain, String path) {
		return new Cookie(name, value, domain, true, path, false, false, Cookie.SameSite.UNSET, TestClock.START,
				TestClock.START, null);
	}

}
