package io.github.springxhr.autoconfigure.har;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * The requests that have ended last. The oldest one makes way for a new one.
 *
 * <h2>Concurrency</h2> Used by any thread; the lock is held to add or to copy, and what
 * is in it does not change.
 */
final class HarLog {

	private final int maxEntries;

	private final Deque<Har.Entry> entries = new ArrayDeque<>();

	HarLog(int maxEntries) {
		this.maxEntries = maxEntries;
	}

	void add(Har.Entry entry) {
		synchronized (this.entries) {
			if (this.entries.size() == this.maxEntries) {
				this.entries.removeFirst();
			}
			this.entries.addLast(entry);
		}
	}

	void clear() {
		synchronized (this.entries) {
			this.entries.clear();
		}
	}

	/**
	 * Return the entries in the order in which their requests were sent.
	 */
	List<Har.Entry> entries() {
		List<Har.Entry> copy;
		synchronized (this.entries) {
			copy = new ArrayList<>(this.entries);
		}
		copy.sort(Comparator.comparing(Har.Entry::startedDateTime));
		return copy;
	}

}
