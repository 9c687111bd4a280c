package io.github.springxhr.http;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ScalarValuesTests {

	@ParameterizedTest
	@CsvSource({ "'',''", "abc,abc", "\uD83D\uDE00,\uD83D\uDE00", "\uFFFD,\uFFFD" })
	void scalarValuesStay(String input, String expected) {
		assertThat(ScalarValues.convert(input)).isEqualTo(expected);
	}

	@Test
	void eachLoneSurrogateIsReplaced() {
		assertThat(ScalarValues.convert("\uD83D")).isEqualTo("\uFFFD");
		assertThat(ScalarValues.convert("\uDE00")).isEqualTo("\uFFFD");
		assertThat(ScalarValues.convert("a\uDE00\uD83Db")).isEqualTo("a\uFFFD\uFFFDb");
		assertThat(ScalarValues.convert("\uD83D\uD83D\uDE00\uDE00")).isEqualTo("\uFFFD\uD83D\uDE00\uFFFD");
		assertThat(ScalarValues.convert("\uDC00\uDC00\uD800\uD800")).isEqualTo("\uFFFD\uFFFD\uFFFD\uFFFD");
	}

	@Test
	void encodingReplacesThemToo() {
		assertThat(ScalarValues.utf8Encode("\uD83Dx")).isEqualTo("\uFFFDx".getBytes(StandardCharsets.UTF_8));
	}

}
