package io.github.springxhr.autoconfigure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the headers of a client. The map has single values as its type, as a list would
 * be cut at each comma, of which a header's value may have some ({@code User-Agent},
 * dates). A list in a file arrives as keys with an index, and is put together again here.
 */
final class ConfiguredHeaders {

	/** {@code X-Api-Key[0]} arrives as {@code X-Api-Key.0}. */
	private static final Pattern INDEXED = Pattern.compile("(.+)\\.(\\d{1,4})");

	private final Map<String, TreeMap<Integer, String>> values = new LinkedHashMap<>();

	ConfiguredHeaders(Map<String, String> properties) {
		properties.forEach((key, value) -> {
			Matcher indexed = INDEXED.matcher(key);
			if (indexed.matches()) {
				add(indexed.group(1), Integer.parseInt(indexed.group(2)), value);
			}
			else {
				add(key, 0, value);
			}
		});
		removeOtherSpellings();
	}

	private void add(String name, int index, String value) {
		this.values.computeIfAbsent(name, (key) -> new TreeMap<>()).put(index, value);
	}

	/**
	 * A property that is set in a file and by an environment variable, which cannot spell
	 * dashes and capitals, is there twice, with the same value. The longest spelling is
	 * the header's name.
	 */
	private void removeOtherSpellings() {
		List<String> names = List.copyOf(this.values.keySet());
		Map<String, TreeMap<Integer, String>> all = Map.copyOf(this.values);
		for (int i = 0; i < names.size(); i++) {
			String name = names.get(i);
			for (int j = 0; j < names.size(); j++) {
				String other = names.get(j);
				boolean better = other.length() > name.length() || (other.length() == name.length() && j < i);
				boolean same = ClientNames.uniform(other).equals(ClientNames.uniform(name))
						&& Objects.equals(all.get(other), all.get(name));
				if (better && same) {
					this.values.remove(name);
				}
			}
		}
	}

	boolean isEmpty() {
		return this.values.isEmpty();
	}

	boolean contains(String name) {
		return this.values.keySet().stream().anyMatch(name::equalsIgnoreCase);
	}

	void forEach(BiConsumer<String, String> action) {
		this.values.forEach((name, inOrder) -> inOrder.values().forEach((value) -> action.accept(name, value)));
	}

}
