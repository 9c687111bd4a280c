package io.github.springxhr.form;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.NoSuchElementException;
import java.util.function.Predicate;

import io.github.springxhr.http.ScalarValues;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Names with values, in order; a name may be there more than once. What {@link FormData}
 * and {@link URLSearchParams} have in common.
 *
 * @param <V> the type of the values
 */
final class EntryList<V> implements Iterable<Entry<String, V>> {

	private final List<Entry<String, V>> entries = new ArrayList<>();

	void append(String name, V value) {
		this.entries.add(Map.entry(scalar(name), value));
	}

	/**
	 * Replace the first entry of the name and remove the others, or append one.
	 */
	void set(String name, V value) {
		String scalarName = scalar(name);
		int first = indexOf(scalarName);
		if (first < 0) {
			append(scalarName, value);
			return;
		}
		this.entries.set(first, Map.entry(scalarName, value));
		this.entries.subList(first + 1, this.entries.size()).removeIf(named(scalarName));
	}

	void delete(String name) {
		this.entries.removeIf(named(name));
	}

	void delete(String name, V value) {
		this.entries.removeIf(named(name).and((entry) -> entry.getValue().equals(value)));
	}

	@Nullable V get(String name) {
		int index = indexOf(scalar(name));
		return (index < 0) ? null : this.entries.get(index).getValue();
	}

	List<V> getAll(String name) {
		return this.entries.stream().filter(named(name)).map(Entry::getValue).toList();
	}

	boolean has(String name) {
		return indexOf(scalar(name)) >= 0;
	}

	boolean has(String name, V value) {
		return getAll(name).contains(value);
	}

	int size() {
		return this.entries.size();
	}

	/**
	 * By code units, which is how Java compares strings; entries of a name keep order.
	 */
	void sort() {
		this.entries.sort(Entry.comparingByKey());
	}

	/**
	 * Iterate in order. A change meanwhile is no error: the iteration goes by index.
	 * @see <a href="https://webidl.spec.whatwg.org/#js-iterable">Web IDL, iterable</a>
	 */
	@Override
	public Iterator<Entry<String, V>> iterator() {
		return new Iterator<>() {

			private int index;

			@Override
			public boolean hasNext() {
				return this.index < EntryList.this.entries.size();
			}

			@Override
			public Entry<String, V> next() {
				if (!hasNext()) {
					throw new NoSuchElementException();
				}
				return EntryList.this.entries.get(this.index++);
			}

		};
	}

	private int indexOf(String scalarName) {
		for (int i = 0; i < this.entries.size(); i++) {
			if (this.entries.get(i).getKey().equals(scalarName)) {
				return i;
			}
		}
		return -1;
	}

	private Predicate<Entry<String, V>> named(String name) {
		String scalarName = scalar(name);
		return (entry) -> entry.getKey().equals(scalarName);
	}

	private static String scalar(String name) {
		Assert.notNull(name, "name must not be null");
		return ScalarValues.convert(name);
	}

}
