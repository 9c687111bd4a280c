package io.github.springxhr.http;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Excerpt}.
 */
class ExcerptTests {

	@Test
	void aShortTextIsItself() {
		String text = "a".repeat(Excerpt.LENGTH);
		assertThat(Excerpt.of(text)).isSameAs(text);
	}

	@Test
	void aLongTextIsCut() {
		assertThat(Excerpt.of("a".repeat(100_000))).hasSize(Excerpt.LENGTH).endsWith("a\u2026");
	}

	@Test
	void aPairOfSurrogatesIsNotCutInHalf() {
		String text = "a".repeat(Excerpt.LENGTH - 2) + "\uD83D\uDE00" + "a".repeat(10);
		assertThat(Excerpt.of(text)).isEqualTo("a".repeat(Excerpt.LENGTH - 2) + "\u2026");
	}

}
