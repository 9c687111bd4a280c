package io.github.springxhr;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import io.github.springxhr.CallMatrix.Act;
import io.github.springxhr.CallMatrix.Cell;
import io.github.springxhr.CallMatrix.Moment;

/**
 * The matrix of calls as tables of Markdown, made from the logs in
 * {@code call-matrix.txt}.
 */
final class CallMatrixReport {

	private CallMatrixReport() {
	}

	static String of(Map<String, String> expected, Map<String, String> results) {
		StringBuilder text = new StringBuilder();
		long ok = results.values().stream().filter("ok"::equals).count();
		text.append(results.size()).append(" cells run, ").append(ok).append(" as expected, ");
		text.append(CallMatrix.all().size() - CallMatrix.sensible().size()).append(" make no sense.\n\n");
		text.append(table(expected)).append("\n").append(reasons()).append("\n");
		results.forEach((cell, result) -> {
			if (!result.equals("ok")) {
				text.append("- ").append(cell).append(": ").append(result).append("\n");
			}
		});
		return text.toString();
	}

	/**
	 * How the request ends: from its own listener and from another thread, where they
	 * differ; a dash where neither makes sense.
	 */
	static String table(Map<String, String> expected) {
		StringBuilder text = new StringBuilder("| |");
		StringBuilder line = new StringBuilder("|---|");
		for (Act act : Act.values()) {
			text.append(" ").append(act.label).append(" |");
			line.append("---|");
		}
		text.append("\n").append(line).append("\n");
		for (Moment moment : Moment.values()) {
			text.append("| ").append(moment.label).append(" |");
			for (Act act : Act.values()) {
				text.append(" ").append(cell(expected, moment, act)).append(" |");
			}
			text.append("\n");
		}
		return text.toString();
	}

	private static String cell(Map<String, String> expected, Moment moment, Act act) {
		Set<String> ends = new LinkedHashSet<>();
		for (boolean own : new boolean[] { true, false }) {
			String log = expected.get(new Cell(moment, act, own).toString());
			if (log != null) {
				ends.add(CallLog.of(log).summary());
			}
		}
		return ends.isEmpty() ? "–" : String.join(" / ", ends);
	}

	static String reasons() {
		Map<String, Set<String>> byReason = new LinkedHashMap<>();
		for (Cell cell : CallMatrix.all()) {
			if (cell.senseless() != null) {
				String where = cell.own() ? cell.moment().label + ", own listener"
						: cell.act().label + ", another thread";
				byReason.computeIfAbsent(cell.senseless(), (reason) -> new LinkedHashSet<>()).add(where);
			}
		}
		StringBuilder text = new StringBuilder("| makes no sense, as | where |\n|---|---|\n");
		byReason.forEach((reason, where) -> text.append("| ")
			.append(reason)
			.append(" | ")
			.append(String.join("; ", where))
			.append(" |\n"));
		return text.toString();
	}

}
