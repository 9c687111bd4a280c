package io.github.springxhr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code docs/security.md} says of our tests holds: they exist, and each class of
 * attacks is told of.
 */
class SecurityDocumentTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern TEST_CLASS = Pattern.compile("`(\\w+Tests)`");

	private static final Pattern MUTATION = Pattern
		.compile("\\| .+ \\| .+ \\| `(\\w+Tests)`: ([1-9]\\d*) of (\\d+) \\|");

	private final Set<String> named = TEST_CLASS.matcher(document())
		.results()
		.map((MatchResult match) -> match.group(1))
		.collect(Collectors.toSet());

	@Test
	void eachClassNamedExists() {
		assertThat(testClasses()).containsAll(this.named);
		assertThat(this.named).hasSizeGreaterThan(15);
	}

	@Test
	void eachClassOfAttacksIsNamed() {
		assertThat(this.named).containsAll(hazards());
	}

	/** A guard whose absence no test notices is none that we may promise. */
	@Test
	void eachGuardThatWasSwitchedOffWasMissed() {
		assertThat(mutations()).hasSizeGreaterThan(60).allMatch((row) -> MUTATION.matcher(row).matches());
	}

	@Test
	void eachClassOfAttacksHasAGuardThatWasSwitchedOff() {
		assertThat(sizes()).containsKeys(hazards().toArray(String[]::new));
	}

	/** So that a class which grows has all its rows made anew, and not the last one. */
	@Test
	void eachClassHasAsManyTestsInAllItsRows() {
		assertThat(sizes()).allSatisfy((name, sizes) -> assertThat(sizes).as(name).hasSize(1));
	}

	@Test
	void noMoreTestsFailThanThereAre() {
		assertThat(matches()).allMatch((match) -> Integer.parseInt(match.group(2)) <= Integer.parseInt(match.group(3)));
	}

	/** The classes of the table, each with the numbers of tests that its rows tell. */
	private static Map<String, Set<String>> sizes() {
		return matches().collect(Collectors.groupingBy((match) -> match.group(1),
				Collectors.mapping((match) -> match.group(3), Collectors.toSet())));
	}

	private static Stream<MatchResult> matches() {
		return mutations().stream().map(MUTATION::matcher).filter(Matcher::matches).map(Matcher::toMatchResult);
	}

	private static List<String> mutations() {
		String rows = document().substring(document().indexOf("| guard |"));
		return rows.lines().takeWhile((line) -> line.startsWith("|")).skip(2).toList();
	}

	private static Set<String> hazards() {
		return testClasses().stream().filter((name) -> name.startsWith("Hazard")).collect(Collectors.toSet());
	}

	private static Set<String> testClasses() {
		try (Stream<Path> modules = Files.list(ROOT)) {
			return modules.map((module) -> module.resolve("src/test/java"))
				.filter(Files::isDirectory)
				.flatMap(SecurityDocumentTests::filesIn)
				.filter((name) -> name.endsWith("Tests.java"))
				.map((name) -> name.substring(0, name.length() - ".java".length()))
				.collect(Collectors.toSet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<String> filesIn(Path directory) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.map((file) -> file.getFileName().toString()).toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String document() {
		try {
			return Files.readString(ROOT.resolve("docs/security.md"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
