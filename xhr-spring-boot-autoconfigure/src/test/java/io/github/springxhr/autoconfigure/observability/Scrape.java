package io.github.springxhr.autoconfigure.observability;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Prometheus reads from an application: the values that each label of each metric
 * has.
 */
final class Scrape {

	private static final Pattern SAMPLE = Pattern.compile("^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+.*$");

	private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

	private final Map<String, Map<String, Set<String>>> metrics = new HashMap<>();

	private Scrape() {
	}

	static Scrape parse(String text) {
		Scrape scrape = new Scrape();
		text.lines().filter((line) -> !line.startsWith("#")).map(SAMPLE::matcher).forEach((sample) -> {
			if (sample.matches()) {
				scrape.add(sample.group(1), (sample.group(2) != null) ? sample.group(2) : "");
			}
		});
		return scrape;
	}

	private void add(String name, String labels) {
		Map<String, Set<String>> values = this.metrics.computeIfAbsent(name, (key) -> new HashMap<>());
		Matcher label = LABEL.matcher(labels);
		while (label.find()) {
			values.computeIfAbsent(label.group(1), (key) -> new TreeSet<>()).add(label.group(2));
		}
	}

	boolean has(String metric) {
		return this.metrics.containsKey(metric);
	}

	/**
	 * Return the values of a metric's label.
	 * @return the values; empty if it has no such label
	 */
	Set<String> values(String metric, String label) {
		return this.metrics.getOrDefault(metric, Map.of()).getOrDefault(label, Collections.emptySet());
	}

}
