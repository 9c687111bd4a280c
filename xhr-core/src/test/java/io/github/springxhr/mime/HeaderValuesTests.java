package io.github.springxhr.mime;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HeaderValues}.
 */
class HeaderValuesTests {

	@Test
	void splitsAtCommas() {
		assertThat(split("nosniff,")).containsExactly("nosniff", "");
		assertThat(split("x / x,,,1")).containsExactly("x / x", "", "", "1");
	}

	@Test
	void splitsAcrossLines() {
		assertThat(split("nosniff", "")).containsExactly("nosniff", "");
		assertThat(split("x / x", ",", "1")).containsExactly("x / x", "", "", "1");
	}

	@Test
	void keepsEmptyValue() {
		assertThat(split("")).containsExactly("");
	}

	@Test
	void hasNoValuesOfAbsentHeader() {
		assertThat(split()).isEmpty();
	}

	@Test
	void keepsQuotedCommas() {
		assertThat(split("x/x;test=\"hi\",y/y")).containsExactly("x/x;test=\"hi\"", "y/y");
		assertThat(split("\"1,2\", 3")).containsExactly("\"1,2\"", "3");
		assertThat(split("\"1\\\",2\"x, 3")).containsExactly("\"1\\\",2\"x", "3");
	}

	@Test
	void openQuotedStringReachesIntoTheNextLine() {
		assertThat(split("text/html;\"", "x/x")).containsExactly("text/html;\", x/x");
	}

	@Test
	void trimsTabsAndSpacesOnly() {
		assertThat(split(" \ta\t ,\fb")).containsExactly("a", "\fb");
	}

	private static List<String> split(String... values) {
		return HeaderValues.getDecodeAndSplit(List.of(values));
	}

}
