package io.github.springxhr.test.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Java of {@code docs/testing.md} is code that is compiled and run.
 */
class TestingPageTests {

	private static final Path PAGE = Path.of("../docs/testing.md");

	private static final Path SOURCES = Path.of("src/test/java/io/github/springxhr/test/docs");

	@Test
	void eachBlockIsPartOfATest() throws IOException {
		String sources = normalize(Files.readString(SOURCES.resolve("OrderClientTests.java"))
				+ Files.readString(SOURCES.resolve("OrderEventsTests.java")));
		assertThat(blocks("java")).hasSize(6).allSatisfy((block) -> assertThat(sources).contains(normalize(block)));
	}

	@Test
	void versionsAreThoseOfTheBuild() throws IOException {
		String pom = Files.readString(Path.of("../pom.xml"));
		Matcher version = Pattern.compile("<version>([0-9][^<]*)</version>").matcher(String.join("", blocks("xml")));
		assertThat(version.results().map((result) -> result.group(1))).hasSize(3)
			.allSatisfy((text) -> assertThat(pom).contains(">" + text + "<"));
	}

	@Test
	void linksLeadSomewhere() throws IOException {
		Matcher link = Pattern.compile("\\]\\(([^)#:]+)[^)]*\\)").matcher(Files.readString(PAGE));
		assertThat(link.results().map((result) -> result.group(1)).filter((target) -> !target.startsWith("http")))
			.isNotEmpty()
			.allSatisfy((target) -> assertThat(PAGE.resolveSibling(target)).exists());
	}

	private static List<String> blocks(String language) throws IOException {
		Matcher block = Pattern.compile("```" + language + "\\n(.*?)```", Pattern.DOTALL)
			.matcher(Files.readString(PAGE));
		return block.results().map((result) -> result.group(1)).toList();
	}

	private static String normalize(String code) {
		return code.replaceAll("\\s+", " ").strip();
	}

}
