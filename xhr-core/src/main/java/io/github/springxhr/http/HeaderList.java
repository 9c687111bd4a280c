package io.github.springxhr.http;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * Headers in the order in which they were added. Names keep their case and are compared
 * without it. A byte of a value is one char from U+0000 to U+00FF. Not thread-safe while
 * it is changed.
 *
 * @since 0.1.0
 * @see <a href="https://fetch.spec.whatwg.org/#concept-header-list">Fetch Standard,
 * header list</a>
 */
@Internal
public final class HeaderList {

	private static final String SEPARATOR = ", ";

	private static final String[] EMPTY = {};

	private static final int MIN_CAPACITY = 12;

	/** A name and its value take turns. */
	private String[] fields = EMPTY;

	private int size;

	/**
	 * Return a copy.
	 * @return a list with the same headers
	 */
	public HeaderList copy() {
		HeaderList copy = new HeaderList();
		if (this.size > 0) {
			copy.fields = Arrays.copyOf(this.fields, 2 * this.size + MIN_CAPACITY);
			copy.size = this.size;
		}
		return copy;
	}

	/**
	 * Return the number of headers, duplicates counted.
	 * @return 0 or more
	 */
	public int size() {
		return this.size;
	}

	/**
	 * Return whether a header is there.
	 * @param name its name
	 * @return {@code true} if it is
	 */
	public boolean contains(String name) {
		return indexOf(name) >= 0;
	}

	/**
	 * Return the combined value of a header.
	 * @param name its name
	 * @return its values joined by a comma and a space, or {@code null} if it is absent
	 * @see <a href="https://fetch.spec.whatwg.org/#concept-header-list-get">Get</a>
	 */
	public @Nullable String get(String name) {
		String first = null;
		StringBuilder combined = null;
		for (int i = 0; i < this.size; i++) {
			if (!name(i).equalsIgnoreCase(name)) {
				continue;
			}
			if (first == null) {
				first = value(i);
				continue;
			}
			if (combined == null) {
				combined = new StringBuilder(first);
			}
			combined.append(SEPARATOR).append(value(i));
		}
		return (combined != null) ? combined.toString() : first;
	}

	/**
	 * Return the values of a header.
	 * @param name its name
	 * @return the values in their order; empty if it is absent
	 */
	public List<String> getAll(String name) {
		int first = indexOf(name);
		if (first < 0) {
			return List.of();
		}
		List<String> found = new ArrayList<>(1);
		for (int i = first; i < this.size; i++) {
			if (name(i).equalsIgnoreCase(name)) {
				found.add(value(i));
			}
		}
		return found;
	}

	/**
	 * Add a header at the end. A name that is there already in another case is given the
	 * case it has.
	 * @param name its name
	 * @param value its value
	 * @see <a href="https://fetch.spec.whatwg.org/#concept-header-list-append">Append</a>
	 */
	public void append(String name, String value) {
		int index = indexOf(name);
		add((index >= 0) ? name(index) : name, value);
	}

	/**
	 * Add a header at the end exactly as it is.
	 * @param name its name
	 * @param value its value
	 */
	public void add(String name, String value) {
		int end = 2 * this.size;
		if (end == this.fields.length) {
			this.fields = Arrays.copyOf(this.fields, Math.max(MIN_CAPACITY, 2 * end));
		}
		this.fields[end] = name;
		this.fields[end + 1] = value;
		this.size++;
	}

	/**
	 * Give the first header of that name the value and remove the others; add it if it is
	 * absent.
	 * @param name its name
	 * @param value its value
	 * @see <a href="https://fetch.spec.whatwg.org/#concept-header-list-set">Set</a>
	 */
	public void set(String name, String value) {
		int index = indexOf(name);
		if (index < 0) {
			add(name, value);
			return;
		}
		setValue(index, value);
		removeFrom(index + 1, name);
	}

	/**
	 * Remove a header.
	 * @param name its name
	 */
	public void delete(String name) {
		removeFrom(0, name);
	}

	/**
	 * Join the value to the first header of that name; add it if it is absent.
	 * @param name its name
	 * @param value its value
	 * @see <a href=
	 * "https://fetch.spec.whatwg.org/#concept-header-list-combine">Combine</a>
	 */
	public void combine(String name, String value) {
		int index = indexOf(name);
		if (index < 0) {
			add(name, value);
		}
		else {
			setValue(index, value(index) + SEPARATOR + value);
		}
	}

	/**
	 * Remove all headers.
	 */
	public void clear() {
		this.fields = EMPTY;
		this.size = 0;
	}

	/**
	 * Call the consumer with each header.
	 * @param consumer takes name and value
	 */
	public void forEach(BiConsumer<String, String> consumer) {
		forEach(0, this.size, consumer);
	}

	/**
	 * Call the consumer with some of the headers.
	 * @param start the index of the first
	 * @param end the index after the last
	 * @param consumer takes name and value
	 */
	public void forEach(int start, int end, BiConsumer<String, String> consumer) {
		for (int i = start; i < end; i++) {
			consumer.accept(name(i), value(i));
		}
	}

	/**
	 * Count the headers up to the last whose name is none of those that may be left out.
	 * @param leftOut tells whether a name is one of them
	 * @return how many headers come before those that end the list and are left out
	 */
	public int sizeWithoutLast(Predicate<String> leftOut) {
		int end = this.size;
		while (end > 0 && leftOut.test(name(end - 1))) {
			end--;
		}
		return end;
	}

	/**
	 * Return whether a value is what is looked for.
	 * @param condition tells whether it is
	 * @return {@code true} if there is one at least
	 */
	public boolean anyValue(Predicate<String> condition) {
		for (int i = 0; i < this.size; i++) {
			if (condition.test(value(i))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Write the headers as {@code getAllResponseHeaders()} returns them: names in lower
	 * case, values combined, sorted as if the names were in upper case, each line ended
	 * by CRLF. Values of {@code Set-Cookie} are not combined, as they hold commas: each
	 * has a line of its own.
	 * @return the text; empty if there are no headers
	 * @see <a href=
	 * "https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine">Sort and
	 * combine</a>
	 * @see <a href=
	 * "https://xhr.spec.whatwg.org/#the-getallresponseheaders()-method">getAllResponseHeaders()</a>
	 */
	public String sortAndCombine() {
		TreeSet<String> sorted = new TreeSet<>();
		for (String name : names()) {
			sorted.add(name.toUpperCase(Locale.ROOT));
		}
		StringBuilder text = new StringBuilder(64 * sorted.size());
		for (String name : sorted) {
			List<String> lines = getAll(name);
			if (!name.equals("SET-COOKIE")) {
				lines = List.of(String.join(SEPARATOR, lines));
			}
			for (String line : lines) {
				text.append(name.toLowerCase(Locale.ROOT)).append(": ").append(line).append("\r\n");
			}
		}
		return text.toString();
	}

	/**
	 * Return the length of the body that {@code Content-Length} tells.
	 * @return bytes, or -1 if it is absent, malformed or contradicts itself
	 * @see <a href= "https://fetch.spec.whatwg.org/#header-list-extract-a-length">Extract
	 * a length</a>
	 */
	public long extractLength() {
		String combined = get("Content-Length");
		if (combined == null) {
			return -1;
		}
		if (combined.indexOf(',') < 0) {
			return parseLength(combined.strip());
		}
		return extractEqualLength(combined.split(",", -1));
	}

	private static long extractEqualLength(String[] parts) {
		long length = -1;
		for (String part : parts) {
			long parsed = parseLength(part.strip());
			if (parsed < 0 || (length >= 0 && length != parsed)) {
				return -1;
			}
			length = parsed;
		}
		return length;
	}

	/**
	 * Return the names, duplicates included.
	 * @return the names in their order
	 */
	public List<String> names() {
		List<String> names = new ArrayList<>(this.size);
		forEach((name, value) -> names.add(name));
		return Collections.unmodifiableList(names);
	}

	/**
	 * Return the names only: values may be secrets.
	 */
	@Override
	public String toString() {
		return names().toString();
	}

	private static long parseLength(String text) {
		if (text.isEmpty() || text.length() > 18) {
			return -1;
		}
		for (int i = 0; i < text.length(); i++) {
			if (text.charAt(i) < '0' || text.charAt(i) > '9') {
				return -1;
			}
		}
		return Long.parseLong(text);
	}

	private String name(int index) {
		return this.fields[2 * index];
	}

	private String value(int index) {
		return this.fields[2 * index + 1];
	}

	private void setValue(int index, String value) {
		this.fields[2 * index + 1] = value;
	}

	private int indexOf(String name) {
		for (int i = 0; i < this.size; i++) {
			if (name(i).equalsIgnoreCase(name)) {
				return i;
			}
		}
		return -1;
	}

	private void removeFrom(int start, String name) {
		for (int i = this.size - 1; i >= start; i--) {
			if (name(i).equalsIgnoreCase(name)) {
				this.size--;
				System.arraycopy(this.fields, 2 * i + 2, this.fields, 2 * i, 2 * (this.size - i));
			}
		}
	}

}
