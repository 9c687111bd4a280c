package io.github.springxhr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code docs/conformance.md} says is there.
 */
class ConformanceDocumentTests {

	private static final Path MAIN = Path.of("src/main/java");

	private static final Path TESTS = Path.of("src/test/java");

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	private static final Pattern ANCHOR = Pattern.compile("https://xhr\\.spec\\.whatwg\\.org/(#[^\"\\s>]+)");

	private static final String DOCUMENT = read(Path.of("..", "docs", "conformance.md"));

	private static final Map<String, String> MAIN_CLASSES = classes(MAIN);

	private static final Map<String, String> TEST_CLASSES = classes(TESTS);

	@TestFactory
	Stream<DynamicTest> methodsExist() {
		return names(2).map((name) -> DynamicTest.dynamicTest(name, () -> assertMethodExists(name)));
	}

	@TestFactory
	Stream<DynamicTest> testsExist() {
		return names(3).map((name) -> DynamicTest.dynamicTest(name, () -> assertThat(TEST_CLASSES).containsKey(name)));
	}

	@Test
	void eachRowHasCodeAndTests() {
		assertThat(rows()).hasSizeGreaterThan(100)
			.allSatisfy((row) -> assertThat(row).hasSize(4)
				.satisfies((cells) -> assertThat(cells[2]).startsWith("`"))
				.satisfies((cells) -> assertThat(cells[3]).startsWith("`")));
	}

	@Test
	void eachAnchorOfTheCodeIsThere() {
		Set<String> named = new TreeSet<>();
		sources(MAIN).forEach((source) -> named.addAll(anchors(read(source))));
		assertThat(anchors(DOCUMENT.replace(") |", " |").replace("%28", "(").replace("%29", ")")))
			.hasSizeGreaterThan(20)
			.containsAll(named);
	}

	@Test
	void eachMarkedDeviationIsThere() {
		String deviations = section("## Deviations", "## Where MDN");
		assertThat(sources(MAIN).filter((source) -> read(source).contains("Deviation:"))
			.map(ConformanceDocumentTests::simpleName)).isNotEmpty()
			.allSatisfy((name) -> assertThat(deviations).contains("`" + name));
	}

	private static void assertMethodExists(String name) throws ClassNotFoundException {
		String[] parts = name.split("\\.");
		assertThat(parts).hasSize(2);
		assertThat(MAIN_CLASSES).containsKey(parts[0]);
		Class<?> type = Class.forName(MAIN_CLASSES.get(parts[0]), false,
				ConformanceDocumentTests.class.getClassLoader());
		if (parts[0].equals(parts[1])) {
			assertThat(type.getDeclaredConstructors()).isNotEmpty();
		}
		else {
			assertThat(Arrays.stream(type.getDeclaredMethods()).map(java.lang.reflect.Method::getName))
				.contains(parts[1]);
		}
	}

	private static Set<String> anchors(String text) {
		return ANCHOR.matcher(text).results().map((match) -> match.group(1)).collect(Collectors.toSet());
	}

	private static Stream<String> names(int column) {
		return rows().stream()
			.flatMap((cells) -> CODE.matcher(cells[column]).results())
			.map((MatchResult match) -> match.group(1))
			.distinct();
	}

	private static List<String[]> rows() {
		return section("## Where each", "## Deviations").lines()
			.filter((line) -> line.startsWith("| ") && !line.startsWith("| standard"))
			.map((line) -> line.split("\\s*\\|\\s*"))
			.toList();
	}

	private static String section(String start, String end) {
		return DOCUMENT.substring(DOCUMENT.indexOf(start), DOCUMENT.indexOf(end));
	}

	private static Map<String, String> classes(Path root) {
		return sources(root).filter((source) -> !source.endsWith("package-info.java"))
			.collect(Collectors.toMap(ConformanceDocumentTests::simpleName,
					(source) -> root.relativize(source).toString().replaceAll("\\W", ".").replaceAll("\\.java$", "")));
	}

	private static String simpleName(Path source) {
		return source.getFileName().toString().replace(".java", "");
	}

	private static Stream<Path> sources(Path root) {
		try (Stream<Path> files = Files.walk(root)) {
			return files.filter((file) -> file.toString().endsWith(".java")).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
