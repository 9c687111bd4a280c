package io.github.springxhr.benchmarks.faults;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What has come of all questions, as Markdown.
 */
final class FaultPage {

	private final StringBuilder text = new StringBuilder();

	static String of(Map<Question, Map<Contestant, Observation>> told, String conditions) {
		FaultPage page = new FaultPage();
		page.line(conditions).line("");
		page.summary(told);
		page.groups(told);
		page.settings();
		page.choices(told);
		return page.text.toString();
	}

	private FaultPage line(String line) {
		this.text.append(line).append('\n');
		return this;
	}

	private void summary(Map<Question, Map<Contestant, Observation>> told) {
		line("| client | in order | wrong | not asked |").line("|---|---|---|---|");
		for (Contestant contestant : Contestant.values()) {
			Map<String, Long> counts = told.entrySet()
				.stream()
				.collect(Collectors.groupingBy((entry) -> name(entry.getKey(), entry.getValue().get(contestant)),
						Collectors.counting()));
			line("| " + contestant.label() + " | "
					+ (counts.getOrDefault("RIGHT", 0L) + counts.getOrDefault("CHOICE", 0L)) + " | "
					+ counts.getOrDefault("WRONG", 0L) + " | " + counts.getOrDefault("", 0L) + " |");
		}
	}

	private static String name(Question question, @Nullable Observation told) {
		return (told != null) ? Verdict.of(question, told).name() : "";
	}

	private void groups(Map<Question, Map<Contestant, Observation>> told) {
		Map<String, StringBuilder> groups = new LinkedHashMap<>();
		told.forEach((question, answers) -> groups.computeIfAbsent(question.group(), (group) -> new StringBuilder())
			.append(row(question, answers))
			.append('\n'));
		groups.forEach((group, rows) -> {
			line("").line("## " + Character.toUpperCase(group.charAt(0)) + group.substring(1)).line("");
			line("| fault | expected |" + Arrays.stream(Contestant.values())
				.map((contestant) -> " " + contestant.label() + " |")
				.collect(Collectors.joining()));
			line("|---|---|" + "---|".repeat(Contestant.values().length));
			this.text.append(rows);
		});
	}

	static String row(Question question, Map<Contestant, Observation> answers) {
		StringBuilder row = new StringBuilder("| ").append(question.label())
			.append(" | ")
			.append(question.expectedText())
			.append(" |");
		for (Contestant contestant : Contestant.values()) {
			Observation told = answers.get(contestant);
			row.append(' ')
				.append((told != null) ? Verdict.of(question, told).mark(told.toString()) : "–")
				.append(" |");
		}
		return row.toString();
	}

	private void settings() {
		line("").line("## Settings").line("");
		line("| client | limits of time | redirects | decoding | limit of a body |").line("|---|---|---|---|---|");
		for (Contestant contestant : Contestant.values()) {
			line(contestant.settings());
		}
	}

	private void choices(Map<Question, Map<Contestant, Observation>> told) {
		line("").line("## Choices").line("");
		line("| fault | also in order | because |").line("|---|---|---|");
		for (Choice choice : Choice.all()) {
			line("| " + told.keySet()
				.stream()
				.filter(choice::isAbout)
				.map(Question::label)
				.collect(Collectors.joining("; ")) + " | " + choice.what() + " | " + choice.why() + " |");
		}
	}

}
