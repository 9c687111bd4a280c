package io.github.springxhr.reliability;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The matrix as a table of Markdown.
 */
final class Report {

	private Report() {
	}

	static String of(List<Fault> faults, Map<String, String> results, Map<String, String[]> expected, String times) {
		StringBuilder text = new StringBuilder();
		long ok = results.values().stream().filter("ok"::equals).count();
		text.append(results.size()).append(" cells run, ").append(ok).append(" as expected, ");
		text.append(senseless(faults).values().stream().mapToInt(List::size).sum()).append(" make no sense.\n\n");
		text.append(times).append("\n");
		text.append(table(faults, expected)).append("\n").append(reasons(faults)).append("\n");
		results.forEach((cell, result) -> {
			if (!result.equals("ok")) {
				text.append("- ").append(cell).append(": ").append(result).append("\n");
			}
		});
		return text.toString();
	}

	/**
	 * What becomes of a request whose caller waits; a dash where it makes no sense.
	 */
	static String table(List<Fault> faults, Map<String, String[]> expected) {
		StringBuilder text = new StringBuilder("| group | fault | first | reused | redirect | preflight |\n");
		text.append("|---|---|---|---|---|---|\n");
		for (Fault fault : faults) {
			text.append("| ").append(fault);
			for (Position position : Position.values()) {
				boolean none = fault.senselessPositions.containsKey(position);
				String[] row = expected.getOrDefault(fault.toString(), new String[Position.values().length]);
				text.append(" | ").append(none ? "–" : row[position.ordinal()]);
			}
			text.append(" |\n");
		}
		return text.toString();
	}

	static String reasons(List<Fault> faults) {
		Map<String, Map<String, Set<String>>> byReason = new TreeMap<>();
		senseless(faults).forEach((fault,
				cells) -> cells.forEach((cell) -> byReason.computeIfAbsent(cell[1], (reason) -> new LinkedHashMap<>())
					.computeIfAbsent(fault.name, (name) -> new LinkedHashSet<>())
					.add(cell[0])));
		StringBuilder text = new StringBuilder("| makes no sense, as | where |\n|---|---|\n");
		byReason.forEach((reason, cells) -> text.append("| ")
			.append(reason)
			.append(" | ")
			.append(cells.entrySet()
				.stream()
				.map((entry) -> entry.getKey() + " (" + String.join(", ", entry.getValue()) + ")")
				.collect(Collectors.joining("; ")))
			.append(" |\n"));
		return text.toString();
	}

	/** Cells, each with its first reason. */
	private static Map<Fault, List<String[]>> senseless(List<Fault> faults) {
		Map<Fault, List<String[]>> all = new LinkedHashMap<>();
		for (Fault fault : faults) {
			for (Position position : Position.values()) {
				for (Transport transport : Transport.values()) {
					for (Caller caller : Caller.values()) {
						String reason = fault.senseless(position, transport, caller);
						if (reason != null) {
							String name = fault.senselessPositions.containsKey(position) ? position.name()
									: fault.senselessTransports.containsKey(transport) ? transport.name()
											: fault.senselessCallers.containsKey(caller) ? caller.name()
													: position + " " + caller;
							all.computeIfAbsent(fault, (key) -> new ArrayList<>()).add(new String[] { name, reason });
						}
					}
				}
			}
		}
		return all;
	}

}
