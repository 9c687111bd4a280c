package io.github.springxhr.cookie;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CookieDate}.
 */
class CookieDateTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Sun, 06 Nov 1994 08:49:37 GMT      | 1994-11-06T08:49:37Z
			Sunday, 06-Nov-94 08:49:37 GMT     | 1994-11-06T08:49:37Z
			Sun Nov  6 08:49:37 1994           | 1994-11-06T08:49:37Z
			1994 6 nov 8:9:7                   | 1994-11-06T08:09:07Z
			08:49:37 6 November 1994           | 1994-11-06T08:49:37Z
			6 NOVEMBRE 1994 08:49:37           | 1994-11-06T08:49:37Z
			06-Nov-70 00:00:00                 | 1970-11-06T00:00:00Z
			06-Nov-69 00:00:00                 | 2069-11-06T00:00:00Z
			06-Nov-99 00:00:00                 | 1999-11-06T00:00:00Z
			06-Nov-00 00:00:00                 | 2000-11-06T00:00:00Z
			06-Nov-1601 00:00:00               | 1601-11-06T00:00:00Z
			6th Nov 2026z 08:49:37x            | 2026-11-06T08:49:37Z
			Sun, 06 Nov 1994 08:49:37 +0200    | 1994-11-06T08:49:37Z
			29 Feb 2028 23:59:59               | 2028-02-29T23:59:59Z
			6/Nov/1994;08:49:37                | 1994-11-06T08:49:37Z
			1 Jan 2026 10:00:00 2 Feb 2027     | 2026-01-01T10:00:00Z
			""")
	void readsPartsInAnyOrder(String text, String expected) {
		assertThat(CookieDate.parse(text)).hasToString(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "never", "06 Nov 1994", "06 1994 08:49:37", "Nov 1994 08:49:37", "06 Nov 08:49:37",
			"06 Nov 1600 08:49:37", "06 Nov 123 08:49:37", "06 Nov 19944 08:49:37", "00 Nov 1994 08:49:37",
			"32 Nov 1994 08:49:37", "31 Nov 1994 08:49:37", "29 Feb 2026 08:49:37", "06 Nov 1994 24:00:00",
			"06 Nov 1994 08:60:00", "06 Nov 1994 08:00:60", "06 Nov 1994 08:49", "06 Nov 1994 008:49:37",
			"06 Nov 1994 08:49:377", "006 Nov 1994 08:49:37", "06 No 1994 08:49:37" })
	void whatIsNoDateIsNull(String text) {
		assertThat(CookieDate.parse(text)).isNull();
	}

}
