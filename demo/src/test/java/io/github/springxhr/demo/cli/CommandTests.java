package io.github.springxhr.demo.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CommandTests {

	@Test
	void getTakesAUrlAFileAndProperties() throws Exception {
		Command command = parse("--xhr.timeout=5s --get http://localhost/a --output b");
		assertThat(command)
			.isEqualTo(new Command("GET", "http://localhost/a", null, Path.of("b"), List.of("--xhr.timeout=5s")));
	}

	@Test
	void putTakesAFileAndAUrl() throws Exception {
		assertThat(parse("--put a http://localhost/"))
			.isEqualTo(new Command("PUT", "http://localhost/", Path.of("a"), null, List.of()));
	}

	@ParameterizedTest
	@ValueSource(strings = { "--get", "--get --output a", "--put a", "--put", "--get u --put a u", "--get u --get u",
			"--get u v", "--get u --verbose", "--get u --output", "--put a u --output b", "--output b", "--get=u",
			"--get u --xhr." })
	void whatMakesNoSenseIsRefused(String line) {
		assertThat(Command.isMeantBy(line.split(" "))).isTrue();
		assertThatExceptionOfType(UsageException.class).isThrownBy(() -> parse(line))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ExitCode.USAGE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "--server.port=0", "--getaway", "get" })
	void anythingElseStartsThePage(String line) {
		assertThat(Command.isMeantBy(line.split(" "))).isFalse();
	}

	@Test
	void everyExitCodeIsDocumented() throws IOException {
		List<Integer> documented = Files.readAllLines(Path.of("../docs/command-line.md"))
			.stream()
			.filter((line) -> line.matches("\\| \\d+ \\|.*"))
			.map((line) -> Integer.valueOf(line.split(" ")[1]))
			.toList();
		assertThat(documented).isEqualTo(Arrays.stream(ExitCode.values()).map(ExitCode::value).toList());
	}

	private static Command parse(String line) throws UsageException {
		return Command.parse(line.split(" "));
	}

}
