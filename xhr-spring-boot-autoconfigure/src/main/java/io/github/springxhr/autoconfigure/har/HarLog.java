package io.github.springxhr.autoconfigure.har;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/**
 * The entries of the requests that have ended last. The oldest one makes way for a new
 * one.
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

	void add(List<Har.Entry> added) {
		synchronized (this.entries) {
			this.entries.addAll(added);
			while (this.entries.size() > this.maxEntries) {
				this.entries.removeFirst();
			}
		}
	}

	void clear() {
		synchronized (this.entries) {
			this.entries.clear();
		}
	}

	/**
	 * Return the entries in the order in which they were started.
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
