package io.github.springxhr.autoconfigure.observability;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names in an expression of PromQL, or in a query of a dashboard's variable.
 */
final class PromQl {

	private static final Pattern TOKEN = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|\\[[^]]*]|[a-zA-Z_:][a-zA-Z0-9_:]*"
			+ "|[0-9][0-9.]*[a-z]*|=~|!~|!=|>=|<=|==|[-+*/%^(){},=<>]");

	private static final Set<String> GROUPING = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

	private static final Set<String> WORDS = Set.of("and", "or", "unless", "offset", "bool");

	private final List<String> tokens = new ArrayList<>();

	private final List<Selector> selectors = new ArrayList<>();

	private final Set<String> groupingLabels = new TreeSet<>();

	private int next;

	private PromQl(String expression) {
		Matcher matcher = TOKEN.matcher(expression);
		int end = 0;
		while (matcher.find()) {
			require(expression.substring(end, matcher.start()).isBlank(), expression);
			this.tokens.add(matcher.group());
			end = matcher.end();
		}
		require(expression.substring(end).isBlank(), expression);
		while (this.next < this.tokens.size()) {
			read();
		}
		require(!this.selectors.isEmpty(), expression);
	}

	static PromQl parse(String expression) {
		return new PromQl(expression);
	}

	/**
	 * Parse {@code label_values(metric, label)}: its label is like one of a grouping.
	 */
	static PromQl parseVariable(String query) {
		Matcher matcher = Pattern.compile("label_values\\((.*), (\\w+)\\)").matcher(query);
		require(matcher.matches(), query);
		return new PromQl("sum by (" + matcher.group(2) + ") (" + matcher.group(1) + ")");
	}

	private void read() {
		String token = take();
		if (GROUPING.contains(token)) {
			skip("(");
			for (String label = take(); !label.equals(")"); label = take()) {
				if (!label.equals(",")) {
					this.groupingLabels.add(label);
				}
			}
		}
		else if (Character.isLetter(token.charAt(0)) && !WORDS.contains(token) && !isNext("(") && !isGroupingNext()) {
			this.selectors.add(new Selector(token, isNext("{") ? matchers() : List.of()));
		}
	}

	private List<LabelMatcher> matchers() {
		List<LabelMatcher> matchers = new ArrayList<>();
		skip("{");
		for (String label = take(); !label.equals("}"); label = take()) {
			if (!label.equals(",")) {
				boolean regex = take().endsWith("~");
				String quoted = take();
				String value = quoted.substring(1, quoted.length() - 1);
				matchers.add(new LabelMatcher(label, regex ? List.of(value.split("\\|")) : List.of(value)));
			}
		}
		return matchers;
	}

	private boolean isNext(String token) {
		return this.next < this.tokens.size() && this.tokens.get(this.next).equals(token);
	}

	private boolean isGroupingNext() {
		return this.next < this.tokens.size() && GROUPING.contains(this.tokens.get(this.next));
	}

	private String take() {
		return this.tokens.get(this.next++);
	}

	private void skip(String token) {
		require(take().equals(token), token);
	}

	private static void require(boolean held, String expression) {
		if (!held) {
			throw new IllegalArgumentException("Not understood: " + expression);
		}
	}

	List<Selector> selectors() {
		return this.selectors;
	}

	Set<String> groupingLabels() {
		return this.groupingLabels;
	}

	/**
	 * Return what the expression names and the scrape has not: metrics, labels, and
	 * values of labels, but for those that a variable stands for.
	 */
	Set<String> missingFrom(Scrape scrape) {
		Set<String> missing = new TreeSet<>();
		for (Selector selector : this.selectors) {
			String metric = selector.metric();
			if (!scrape.has(metric)) {
				missing.add(metric);
				continue;
			}
			this.groupingLabels.stream()
				.filter((label) -> scrape.values(metric, label).isEmpty())
				.forEach((label) -> missing.add(metric + "{" + label + "}"));
			selector.matchers().forEach((matcher) -> matcher.values().forEach((value) -> {
				Set<String> values = scrape.values(metric, matcher.label());
				if (values.isEmpty() || (!value.startsWith("$") && !values.contains(value))) {
					missing.add(metric + "{" + matcher.label() + "=\"" + value + "\"}");
				}
			}));
		}
		return missing;
	}

	/**
	 * A metric and what is asked of its labels.
	 *
	 * @param metric its name
	 * @param matchers its matchers
	 */
	record Selector(String metric, List<LabelMatcher> matchers) {

	}

	/**
	 * What is asked of a label, be it that it has the value or has it not.
	 *
	 * @param label its name
	 * @param values the alternatives
	 */
	record LabelMatcher(String label, List<String> values) {

	}

}
