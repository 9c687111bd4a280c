package io.github.springxhr.demo.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A browser's log and the server's, side by side. The page has a comparison of its own;
 * this one is independent of it.
 *
 * <p>
 * Not compared is what is timing: how many times a run of {@code progress} and
 * {@code readystatechange} in state 3 is repeated, and how far a transfer has got that
 * did not end by {@code load}.
 */
final class Comparison {

	private Comparison() {
	}

	static List<String> differences(Log browser, Log server) {
		List<String> differences = new ArrayList<>();
		List<String> wanted = normalized(browser.events());
		List<String> actual = normalized(server.events());
		if (!wanted.equals(actual)) {
			differences.add(events(wanted, actual));
		}
		Map<String, String> expected = new TreeMap<>(browser.result().attributes());
		Map<String, String> result = server.result().attributes();
		expected.forEach((name, value) -> {
			if (!value.equals(result.get(name))) {
				differences.add(name + ": browser <" + value + ">, server <" + result.get(name) + ">");
			}
		});
		return differences;
	}

	private static String events(List<String> wanted, List<String> actual) {
		int same = 0;
		while (same < wanted.size() && same < actual.size() && wanted.get(same).equals(actual.get(same))) {
			same++;
		}
		return "event %d: browser %s, server %s (of %s and %s)".formatted(same, at(wanted, same), at(actual, same),
				wanted, actual);
	}

	private static String at(List<String> events, int index) {
		return (index < events.size()) ? "<" + events.get(index) + ">" : "none";
	}

	/** The events with each run of progress made one. */
	static List<String> normalized(List<Log.Event> events) {
		List<String> normalized = new ArrayList<>();
		for (int i = 0; i < events.size(); i++) {
			Log.Event event = events.get(i);
			if (event.isLoading() || event.isUploading()) {
				int end = endOfRun(events, i);
				normalized.add(run(events.subList(i, end), completes(events, end, event.target())));
				i = end - 1;
			}
			else {
				normalized.add(event.toString());
			}
		}
		return normalized;
	}

	private static int endOfRun(List<Log.Event> events, int start) {
		boolean upload = events.get(start).isUploading();
		int end = start;
		while (end < events.size() && (upload ? events.get(end).isUploading() : events.get(end).isLoading())) {
			end++;
		}
		return end;
	}

	private static boolean completes(List<Log.Event> events, int from, String target) {
		return events.stream()
			.skip(from)
			.anyMatch((event) -> event.target().equals(target) && event.type().equals("load"));
	}

	/**
	 * Whether it began with state 3, and the last progress: all of it or just its total.
	 */
	private static String run(List<Log.Event> run, boolean complete) {
		Log.Event first = run.get(0);
		String name = (first.isUploading() || first.type().equals("progress")) ? first.target() + " progress"
				: "request readystatechange 3, progress";
		List<Log.Event> progress = run.stream().filter((event) -> event.type().equals("progress")).toList();
		if (progress.isEmpty()) {
			return "request readystatechange 3";
		}
		Log.Event last = progress.get(progress.size() - 1);
		return name + " readyState=" + last.readyState() + " status=" + last.status() + " "
				+ (complete ? last.loaded() : "some") + "/" + last.total() + " " + last.lengthComputable();
	}

}
