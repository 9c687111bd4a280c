package io.github.springxhr.shop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code docs/cors-testing.md} shows is what runs here, and what comes out.
 */
class CorsTestingDocumentTests {

	private static final Path SOURCES = Path.of("src/test/java/io/github/springxhr/shop");

	private final String document = read(Path.of("../docs/cors-testing.md"));

	@Test
	void javaIsCodeThatRuns() {
		String sources = normalize(read(SOURCES.resolve("OrdersCorsTests.java"))
				+ read(SOURCES.resolve("ShopApplication.java")) + read(SOURCES.resolve("CorsMistakes.java")));
		assertThat(blocks("java")).hasSizeGreaterThan(8)
			.allSatisfy((block) -> assertThat(sources).contains(normalize(block)));
	}

	@Test
	void exampleHasTenLines() {
		List<String> example = blocks("java").get(0).lines().toList();
		assertThat(example.subList(example.indexOf("@Test") + 2, example.size() - 1)).hasSizeLessThanOrEqualTo(10);
	}

	@Test
	void failuresAreThoseThatTheExampleEndsWith() {
		assertThat(blocks("text").stream().map(CorsTestingDocumentTests::normalize))
			.containsExactlyElementsOf(CorsMistakesTests.messages().toList());
	}

	@Test
	void linesOfTheLogAreThoseOfSpring() {
		assertThat(this.document).contains(CorsMistakesTests.rejections().toList());
	}

	private List<String> blocks(String language) {
		return Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
			.matcher(this.document)
			.results()
			.map((match) -> match.group(1))
			.toList();
	}

	private static String normalize(String code) {
		return code.replaceAll("\\s+", " ").strip();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new java.io.UncheckedIOException(ex);
		}
	}

}
