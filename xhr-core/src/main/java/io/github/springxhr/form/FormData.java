package io.github.springxhr.form;

import java.util.Iterator;
import java.util.List;
import java.util.Map.Entry;

import io.github.springxhr.http.ScalarValues;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The entries of a form: names, each with a {@code String} or a {@link File} as its
 * value. A name may be there more than once. Sent as {@code multipart/form-data}, with
 * its length known in advance; files are read only while they are sent.
 * <p>
 * Lone surrogates in names and strings become U+FFFD. Entries are iterated over in order;
 * one may change them meanwhile.
 *
 * <h2>Concurrency</h2> Not thread-safe. Sending it takes a snapshot.
 *
 * @since 0.1.0
 * @see <a href="https://xhr.spec.whatwg.org/#interface-formdata">XMLHttpRequest Standard,
 * FormData</a>
 */
public final class FormData implements Iterable<Entry<String, Object>> {

	private final EntryList<Object> entryList = new EntryList<>();

	/**
	 * Create a form without entries.
	 */
	public FormData() {
	}

	/**
	 * Append an entry.
	 * @param name its name
	 * @param value its value
	 * @see <a href="https://xhr.spec.whatwg.org/#dom-formdata-append">append()</a>
	 */
	public void append(String name, String value) {
		this.entryList.append(name, createEntry(value));
	}

	/**
	 * Append a file.
	 * @param name the entry's name
	 * @param blobValue the file; a blob that is no {@link File} becomes one of the name
	 * {@code blob}
	 * @see <a href="https://xhr.spec.whatwg.org/#dom-formdata-append-blob">append()</a>
	 */
	public void append(String name, Blob blobValue) {
		this.entryList.append(name, createEntry(blobValue, null));
	}

	/**
	 * Append a file.
	 * @param name the entry's name
	 * @param blobValue the file
	 * @param filename the name to give it
	 * @see <a href="https://xhr.spec.whatwg.org/#dom-formdata-append-blob">append()</a>
	 */
	public void append(String name, Blob blobValue, String filename) {
		Assert.notNull(filename, "filename must not be null");
		this.entryList.append(name, createEntry(blobValue, filename));
	}

	/**
	 * Remove all entries of a name.
	 * @param name the name
	 * @see <a href="https://xhr.spec.whatwg.org/#dom-formdata-delete">delete()</a>
	 */
	public void delete(String name) {
		this.entryList.delete(name);
	}

	/**
	 * Return the value of the first entry of a name.
	 * @param name the name
	 * @return a {@code String} or a {@link File}, or {@code null} if there is none
	 * @see <a href="https://xhr.spec.whatwg.org/#dom-formdata-get">get()</a>
	 */
	public @Nullable Object get(String name) {
		return this.entryList.get(name);
	}

	/**
	 * Return the values of all entries of a name.
	 * @param name the name
	 * @return each a {@code String} or a {@link File}, in order
	 * @see <a href="https://xhr.spec.whatwg.org/#dom-formdata-getall">getAll()</a>
	 */
	public List<Object> getAll(String name) {
		return this.entryList.getAll(name);
	}

	/**
	 * Return whether there is an entry of a name.
	 * @param name the name
	 * @return whether there is one
	 * @see <a href="https://xhr.spec.whatwg.org/#dom-formdata-has">has()</a>
	 */
	public boolean has(String name) {
		return this.entryList.has(name);
	}

	/**
	 * Replace the first entry of a name and remove the others; append one if there is
	 * none.
	 * @param name the name
	 * @param value the new value
	 * @see <a href="https://xhr.spec.whatwg.org/#dom-formdata-set">set()</a>
	 */
	public void set(String name, String value) {
		this.entryList.set(name, createEntry(value));
	}

	/**
	 * Replace the first entry of a name by a file and remove the others; append one if
	 * there is none.
	 * @param name the name
	 * @param blobValue the file; a blob that is no {@link File} becomes one of the name
	 * {@code blob}
	 * @see <a href="https://xhr.spec.whatwg.org/#dom-formdata-set-blob">set()</a>
	 */
	public void set(String name, Blob blobValue) {
		this.entryList.set(name, createEntry(blobValue, null));
	}

	/**
	 * Replace the first entry of a name by a file and remove the others; append one if
	 * there is none.
	 * @param name the name
	 * @param blobValue the file
	 * @param filename the name to give it
	 * @see <a href="https://xhr.spec.whatwg.org/#dom-formdata-set-blob">set()</a>
	 */
	public void set(String name, Blob blobValue, String filename) {
		Assert.notNull(filename, "filename must not be null");
		this.entryList.set(name, createEntry(blobValue, filename));
	}

	/**
	 * Iterate over the entries in order.
	 * @return the names, each with a {@code String} or a {@link File}
	 */
	@Override
	public Iterator<Entry<String, Object>> iterator() {
		return this.entryList.iterator();
	}

	/**
	 * Create an entry.
	 * @see <a href=
	 * "https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#create-an-entry">
	 * HTML Standard, create an entry</a>
	 */
	private static String createEntry(String value) {
		Assert.notNull(value, "value must not be null");
		return ScalarValues.convert(value);
	}

	private static File createEntry(Blob value, @Nullable String filename) {
		Assert.notNull(value, "blobValue must not be null");
		if (value instanceof File file) {
			return (filename != null) ? file.withName(filename) : file;
		}
		return File.of(value, (filename != null) ? filename : "blob");
	}

}
