package io.github.springxhr;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A clock that a test moves.
 */
final class VirtualTimers implements Timers {

	private final List<Entry> entries = new ArrayList<>();

	private long now = 1;

	@Override
	public synchronized long nanoTime() {
		return this.now;
	}

	@Override
	public synchronized Alarm schedule(Runnable task, long delayNanos) {
		Entry entry = new Entry(task, this.now + delayNanos);
		this.entries.add(entry);
		return () -> cancel(entry);
	}

	private synchronized void cancel(Entry entry) {
		this.entries.remove(entry);
	}

	synchronized int size() {
		return this.entries.size();
	}

	void advance(Duration duration) {
		long target = nanoTime() + duration.toNanos();
		Entry due = take(target);
		while (due != null) {
			due.task.run();
			due = take(target);
		}
		synchronized (this) {
			this.now = target;
		}
	}

	private synchronized Entry take(long target) {
		Entry first = this.entries.stream()
			.filter((entry) -> entry.due <= target)
			.min(Comparator.comparingLong(Entry::due))
			.orElse(null);
		if (first != null) {
			this.entries.remove(first);
			this.now = Math.max(this.now, first.due);
		}
		return first;
	}

	private record Entry(Runnable task, long due) {

	}

}
