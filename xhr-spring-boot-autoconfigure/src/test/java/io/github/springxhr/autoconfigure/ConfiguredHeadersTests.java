package io.github.springxhr.autoconfigure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ConfiguredHeaders}.
 */
class ConfiguredHeadersTests {

	@Test
	void aValueKeepsItsCommas() {
		assertThat(headers("User-Agent", "a (b, c)")).containsExactly("User-Agent: a (b, c)");
	}

	@Test
	void theItemsOfAListAreValuesOfOneHeader() {
		assertThat(headers("X-A.1", "second", "X-A.0", "first")).containsExactly("X-A: first", "X-A: second");
	}

	@Test
	void anEnvironmentVariablesSpellingIsDropped() {
		assertThat(headers("xapikey", "1", "X-Api-Key", "1")).containsExactly("X-Api-Key: 1");
	}

	@Test
	void aRepeatedNameWithTheSameValueIsDropped() {
		assertThat(headers("X-A", "1", "x-a", "1")).containsExactly("X-A: 1");
	}

	@Test
	void namesThatOnlyLookAlikeAreKept() {
		assertThat(headers("XA", "1", "X-A", "2")).containsExactly("XA: 1", "X-A: 2");
	}

	@Test
	void namesAreFoundWithoutCase() {
		ConfiguredHeaders headers = new ConfiguredHeaders(Map.of("authorization", "x"));
		assertThat(headers.contains("Authorization")).isTrue();
		assertThat(headers.contains("X-A")).isFalse();
	}

	private static List<String> headers(String... namesAndValues) {
		Map<String, String> properties = new LinkedHashMap<>();
		for (int i = 0; i < namesAndValues.length; i += 2) {
			properties.put(namesAndValues[i], namesAndValues[i + 1]);
		}
		List<String> lines = new ArrayList<>();
		new ConfiguredHeaders(properties).forEach((name, value) -> lines.add(name + ": " + value));
		return lines;
	}

}
