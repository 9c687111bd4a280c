package io.github.springxhr.form;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

import io.github.springxhr.http.ScalarValues;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The parameters of a query, or of a form that is sent as
 * {@code application/x-www-form-urlencoded}. A name may be there more than once.
 * <p>
 * Lone surrogates become U+FFFD. Entries are iterated over in order; one may change them
 * meanwhile.
 *
 * <h2>Concurrency</h2> Not thread-safe. Sending it takes a snapshot.
 *
 * @since 0.1.0
 * @see <a href="https://url.spec.whatwg.org/#interface-urlsearchparams">URL Standard,
 * URLSearchParams</a>
 */
public final class URLSearchParams implements Iterable<Entry<String, String>> {

	private final EntryList<String> list = new EntryList<>();

	/**
	 * Create an empty list.
	 */
	public URLSearchParams() {
	}

	/**
	 * Parse a query.
	 * @param init the query; a question mark at its start is dropped
	 * @see <a href= "https://url.spec.whatwg.org/#dom-urlsearchparams-urlsearchparams">
	 * URLSearchParams()</a>
	 */
	public URLSearchParams(String init) {
		Assert.notNull(init, "init must not be null");
		UrlEncoded.parse(init.startsWith("?") ? init.substring(1) : init, this.list);
	}

	/**
	 * Create a list of the entries of a map, in its order.
	 * @param init names and values
	 */
	public URLSearchParams(Map<String, String> init) {
		Assert.notNull(init, "init must not be null");
		Map<String, String> converted = new LinkedHashMap<>();
		init.forEach((name, value) -> converted.put(ScalarValues.convert(name), value));
		converted.forEach(this::append);
	}

	/**
	 * Create a list of pairs, such as a copy of another one.
	 * @param init names and values
	 */
	public URLSearchParams(Iterable<? extends Entry<String, String>> init) {
		Assert.notNull(init, "init must not be null");
		init.forEach((entry) -> append(entry.getKey(), entry.getValue()));
	}

	/**
	 * Return the number of entries.
	 * @return 0 or more
	 * @see <a href="https://url.spec.whatwg.org/#dom-urlsearchparams-size">size</a>
	 */
	public int getSize() {
		return this.list.size();
	}

	/**
	 * Append an entry.
	 * @param name its name
	 * @param value its value
	 * @see <a href="https://url.spec.whatwg.org/#dom-urlsearchparams-append">append()</a>
	 */
	public void append(String name, String value) {
		this.list.append(name, scalar(value));
	}

	/**
	 * Remove all entries of a name.
	 * @param name the name
	 * @see <a href="https://url.spec.whatwg.org/#dom-urlsearchparams-delete">delete()</a>
	 */
	public void delete(String name) {
		this.list.delete(name);
	}

	/**
	 * Remove all entries that have a name and a value.
	 * @param name the name
	 * @param value the value
	 * @see <a href="https://url.spec.whatwg.org/#dom-urlsearchparams-delete">delete()</a>
	 */
	public void delete(String name, String value) {
		this.list.delete(name, scalar(value));
	}

	/**
	 * Return the value of the first entry of a name.
	 * @param name the name
	 * @return the value, or {@code null} if there is none
	 * @see <a href="https://url.spec.whatwg.org/#dom-urlsearchparams-get">get()</a>
	 */
	public @Nullable String get(String name) {
		return this.list.get(name);
	}

	/**
	 * Return the values of all entries of a name.
	 * @param name the name
	 * @return the values in order
	 * @see <a href="https://url.spec.whatwg.org/#dom-urlsearchparams-getall">getAll()</a>
	 */
	public List<String> getAll(String name) {
		return this.list.getAll(name);
	}

	/**
	 * Return whether there is an entry of a name.
	 * @param name the name
	 * @return whether there is one
	 * @see <a href="https://url.spec.whatwg.org/#dom-urlsearchparams-has">has()</a>
	 */
	public boolean has(String name) {
		return this.list.has(name);
	}

	/**
	 * Return whether there is an entry that has a name and a value.
	 * @param name the name
	 * @param value the value
	 * @return whether there is one
	 * @see <a href="https://url.spec.whatwg.org/#dom-urlsearchparams-has">has()</a>
	 */
	public boolean has(String name, String value) {
		return this.list.has(name, scalar(value));
	}

	/**
	 * Set the value of the first entry of a name and remove the others; append one if
	 * there is none.
	 * @param name the name
	 * @param value the new value
	 * @see <a href="https://url.spec.whatwg.org/#dom-urlsearchparams-set">set()</a>
	 */
	public void set(String name, String value) {
		this.list.set(name, scalar(value));
	}

	/**
	 * Sort the entries by name, by UTF-16 code units. Entries of the same name keep their
	 * order.
	 * @see <a href="https://url.spec.whatwg.org/#dom-urlsearchparams-sort">sort()</a>
	 */
	public void sort() {
		this.list.sort();
	}

	@Override
	public Iterator<Entry<String, String>> iterator() {
		return this.list.iterator();
	}

	/**
	 * Return the query, without a question mark.
	 * @return such as {@code a=1&b=%C3%A4+%C3%B6}
	 * @see <a href=
	 * "https://url.spec.whatwg.org/#urlsearchparams-stringification-behavior">
	 * stringification</a>
	 */
	@Override
	public String toString() {
		return UrlEncoded.serialize(this.list);
	}

	private static String scalar(String value) {
		Assert.notNull(value, "value must not be null");
		return ScalarValues.convert(value);
	}

}
