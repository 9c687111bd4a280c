package io.github.springxhr.benchmarks.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Guards {@code docs/comparison-faults.md}: some of what it says happens in every build.
 */
class FaultComparisonTests {

	/** None of them has to do with time, names or TLS. */
	private static final Set<String> ASKED = Set.of("FIN in the body", "another response after the body",
			"chunk longer than its size", "103 once", "Content-Length twice, different", "truncated deflate",
			"POST, kept connection: FIN before the response");

	private static final List<Question> ALL = Question.all();

	private static final Pattern JDK = Pattern.compile("^Run on .* VM (\\d+)\\.", Pattern.MULTILINE);

	@BeforeAll
	static void requestsFailInSilence() {
		LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
		Stream.of("io.github.springxhr.requests", "reactor.netty")
			.forEach((name) -> context.getLogger(name).setLevel(Level.OFF));
	}

	@Test
	void pageSaysWhatHappens() throws Exception {
		String page = page();
		List<Question> questions = ALL.stream().filter((question) -> ASKED.contains(question.label())).toList();
		assertThat(questions).hasSameSizeAs(ASKED);
		try (Survey survey = new Survey(Duration.ofSeconds(20), Duration.ofSeconds(30))) {
			for (Question question : questions) {
				List<String> told = cells(FaultPage.row(question, survey.ask(question)));
				assertThat(comparable(told, page)).isEqualTo(comparable(cells(row(page, question)), page));
			}
		}
	}

	@Test
	void pageHasAllFaultsAndNoOthers() throws IOException {
		String page = page();
		ALL.forEach((question) -> row(page, question));
		assertThat(page.lines().filter((line) -> line.startsWith("| ")).filter((line) -> cells(line).size() == 7))
			.hasSize(ALL.size() + (int) groups(page));
	}

	@Test
	void pageCountsWhatIsWrong() throws IOException {
		String page = page();
		for (Contestant contestant : Contestant.values()) {
			int column = 2 + contestant.ordinal();
			long wrong = ALL.stream()
				.filter((question) -> cells(row(page, question)).get(column).startsWith("**"))
				.count();
			assertThat(page).containsPattern(
					"\\| " + Pattern.quote(contestant.label()) + " \\| \\d+ \\| " + wrong + " \\| \\d+ \\|");
		}
	}

	@Test
	void everyChoiceIsAboutSomeFault() {
		assertThat(Choice.all()).allMatch((choice) -> ALL.stream().anyMatch(choice::isAbout));
	}

	@Test
	void postThatIsSentTwiceIsWrongWhateverItsResponse() {
		Question question = question("POST, kept connection: closed by the server");
		Reply hello = new Reply(200, "5", null, null, Body.of("hello".getBytes(StandardCharsets.US_ASCII)));
		assertThat(Verdict.of(question, new Observation(hello, null, 1, false, null))).isEqualTo(Verdict.RIGHT);
		assertThat(Verdict.of(question, new Observation(hello, null, 2, false, null))).isEqualTo(Verdict.WRONG);
		assertThat(Verdict.of(question, new Observation(null, "IOException", 1, false, null)))
			.isEqualTo(Verdict.CHOICE);
	}

	@Test
	void partOfABodyIsWrong() {
		Question question = question("FIN in the body");
		Observation part = new Observation(
				new Reply(200, "10", null, null, Body.of("hello".getBytes(StandardCharsets.US_ASCII))), null, 1, false,
				null);
		assertThat(part).hasToString("200, \"hello\", 5 of 10 bytes");
		assertThat(Verdict.of(question, part)).isEqualTo(Verdict.WRONG);
	}

	private static Question question(String label) {
		return ALL.stream().filter((question) -> question.label().equals(label)).findFirst().orElseThrow();
	}

	private static String page() throws IOException {
		return Files.readString(Path.of("..", "docs", FaultComparison.PAGE));
	}

	private static long groups(String page) {
		return page.lines().filter((line) -> line.startsWith("| fault | expected |")).count();
	}

	private static String row(String page, Question question) {
		return page.lines()
			.filter((line) -> line.startsWith("| " + question.label() + " | "))
			.filter((line) -> cells(line).size() == 2 + Contestant.values().length)
			.findFirst()
			.orElseThrow(() -> new AssertionError("No row of " + question.label()));
	}

	/** The JDK's client is another in another JDK. */
	private static List<String> comparable(List<String> cells, String page) {
		List<String> comparable = new ArrayList<>(cells);
		Matcher jdk = JDK.matcher(page);
		if (!jdk.find() || Integer.parseInt(jdk.group(1)) != Runtime.version().feature()) {
			comparable.remove(2 + Contestant.JDK.ordinal());
		}
		return comparable;
	}

	private static List<String> cells(String row) {
		return Arrays.stream(row.substring(2).split(" \\|(?: |$)")).toList();
	}

}
