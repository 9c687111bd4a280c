package io.github.springxhr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
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
		assertThat(this.named).containsAll(
				testClasses().stream().filter((name) -> name.startsWith("Hazard")).collect(Collectors.toSet()));
	}

	/** A guard whose absence no test notices is none that we may promise. */
	@Test
	void eachGuardThatWasSwitchedOffWasMissed() {
		String rows = document().substring(document().indexOf("| guard |"));
		assertThat(rows.lines().takeWhile((line) -> line.startsWith("|")).skip(2).toList()).hasSizeGreaterThan(40)
			.allMatch((row) -> row.matches("\\| .+ \\| .+ \\| `\\w+Tests`: [1-9]\\d* of \\d+ \\|"));
	}

	private static Set<String> testClasses() {
		try (Stream<Path> files = Files.walk(ROOT)) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.endsWith("Tests.java"))
				.map((name) -> name.substring(0, name.length() - ".java".length()))
				.collect(Collectors.toSet());
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
