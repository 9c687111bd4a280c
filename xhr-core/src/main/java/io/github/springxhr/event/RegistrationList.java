package io.github.springxhr.event;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * The entries of an event listener list in their order.
 *
 * <h2>Concurrency</h2> The array is read without a lock: its entries end with the array,
 * or with the first {@code null}. An entry is added in place; who counts the entries
 * first does not see it. To remove one, the array is replaced. Writers hold the monitor.
 */
final class RegistrationList {

	private static final @Nullable Registration[] NONE = {};

	private static final int MIN_CAPACITY = 4;

	private volatile @Nullable Registration[] entries = NONE;

	/**
	 * Return the entries, to be read and not changed.
	 */
	@Nullable Registration[] entries() {
		return this.entries;
	}

	/**
	 * Count the entries that an array has now.
	 */
	static int count(@Nullable Registration[] entries) {
		int count = 0;
		while (count < entries.length && entries[count] != null) {
			count++;
		}
		return count;
	}

	synchronized boolean addIfAbsent(Registration registration) {
		for (Registration entry : this.entries) {
			if (registration.equals(entry)) {
				return false;
			}
		}
		add(registration);
		return true;
	}

	synchronized void add(Registration registration) {
		@Nullable Registration[] current = this.entries;
		int count = count(current);
		if (count == current.length) {
			current = Arrays.copyOf(current, Math.max(MIN_CAPACITY, 3 * count));
		}
		current[count] = registration;
		this.entries = current;
	}

	synchronized void remove(Registration registration) {
		@Nullable Registration[] current = this.entries;
		int count = count(current);
		for (int i = 0; i < count; i++) {
			if (registration.equals(current[i])) {
				@Nullable Registration[] without = Arrays.copyOf(current, current.length);
				System.arraycopy(current, i + 1, without, i, count - i - 1);
				without[count - 1] = null;
				this.entries = without;
				return;
			}
		}
	}

}
