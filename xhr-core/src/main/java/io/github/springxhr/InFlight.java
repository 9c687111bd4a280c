package io.github.springxhr;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The exchanges of a factory that have been sent and not ended: lists of which each is
 * guarded by its monitor. One that leaves keeps no link to another. The entries of a map
 * do, and a dead one that a garbage collector has moved to the old generation keeps alive
 * what came after it in the same bin, until the old generation is collected.
 */
final class InFlight {

	/** So that threads seldom meet. */
	private static final int LISTS = 16;

	private final EntryList[] lists = new EntryList[LISTS];

	private final AtomicLong lastId = new AtomicLong();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition ended = this.lock.newCondition();

	private volatile boolean closed;

	/** How many have been given up whose listeners may want to send again. */
	private final AtomicInteger givenUp = new AtomicInteger();

	/** Whether somebody waits until nothing is in flight. */
	private volatile boolean awaited;

	/** When the time to end began to run, by the factory's clock. */
	private volatile @Nullable Long shutdownBegan;

	InFlight() {
		Arrays.setAll(this.lists, (index) -> new EntryList());
	}

	boolean isClosed() {
		return this.closed;
	}

	/**
	 * Return whether an exchange is not to begin: the factory is closed, or a listener
	 * sends it as its own request has been given up because the application stops.
	 */
	boolean refuses() {
		return this.closed
				|| (this.givenUp.get() > 0 && any((exchange) -> exchange.isGivenUp() && exchange.isInCurrentThread()));
	}

	/**
	 * Take notice of an exchange that is given up.
	 */
	void givenUp() {
		this.givenUp.incrementAndGet();
	}

	long nextId() {
		return this.lastId.incrementAndGet();
	}

	/**
	 * Add an exchange.
	 * @return what it is to be removed by
	 */
	Entry add(Exchange exchange, DefaultXMLHttpRequest request) {
		Entry entry = new Entry(exchange, request);
		listOf(exchange).add(entry);
		return entry;
	}

	private EntryList listOf(Exchange exchange) {
		return this.lists[(int) (exchange.id() % LISTS)];
	}

	private List<Entry> entries() {
		List<Entry> entries = new ArrayList<>();
		for (EntryList list : this.lists) {
			list.copyTo(entries);
		}
		return entries;
	}

	List<XhrInFlight> list() {
		return entries().stream()
			.map((entry) -> entry.exchange.toInFlight())
			.filter(Objects::nonNull)
			.sorted(Comparator.comparingLong(XhrInFlight::id))
			.toList();
	}

	boolean abort(long id) {
		for (Entry entry : entries()) {
			if (entry.exchange.id() == id && entry.exchange.toInFlight() != null) {
				entry.exchange.terminate();
				entry.request.abort(entry.exchange);
				return true;
			}
		}
		return false;
	}

	/**
	 * Let the time to end begin to run, unless it does already, and abort those in the
	 * background.
	 */
	void shutdownBegins(long now) {
		if (this.shutdownBegan == null) {
			this.shutdownBegan = now;
		}
		abortBackground();
	}

	void shutdownCancelled() {
		this.shutdownBegan = null;
		this.awaited = false;
	}

	void remove(Entry entry) {
		listOf(entry.exchange).remove(entry);
		if (entry.exchange.isGivenUp()) {
			this.givenUp.decrementAndGet();
		}
		if (this.awaited) {
			this.lock.lock();
			try {
				this.ended.signalAll();
			}
			finally {
				this.lock.unlock();
			}
		}
	}

	/**
	 * Let no more exchange begin, abort those in the background, give the others the time
	 * to end, and abort what is left.
	 */
	void close(long drainNanos, long now) {
		this.closed = true;
		abortBackground();
		drain(drainNanos, now);
		entries().forEach((entry) -> entry.exchange.close());
	}

	/**
	 * Give the exchanges the time to end.
	 * @return whether there was one to wait for, and time
	 */
	boolean drain(long drainNanos, long now) {
		Long began = this.shutdownBegan;
		long left = (began != null) ? drainNanos - (now - began) : drainNanos;
		return left > 0 && awaitOthers(left);
	}

	/**
	 * Abort what is in flight.
	 */
	void abortAll() {
		entries().forEach((entry) -> entry.exchange.close());
	}

	private void abortBackground() {
		entries().stream().map((entry) -> entry.exchange).filter(Exchange::isBackground).forEach(Exchange::close);
	}

	/** One whose listener waits here cannot end meanwhile. */
	private boolean hasOthers() {
		return any((exchange) -> !exchange.isBackground() && !exchange.isInCurrentThread());
	}

	private boolean any(Predicate<Exchange> condition) {
		return Arrays.stream(this.lists).anyMatch((list) -> list.any(condition));
	}

	private boolean awaitOthers(long nanos) {
		long left = nanos;
		boolean waited = false;
		this.awaited = true;
		this.lock.lock();
		try {
			while (left > 0 && hasOthers()) {
				left = this.ended.awaitNanos(left);
				waited = true;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			waited = false;
		}
		finally {
			this.lock.unlock();
		}
		return waited;
	}

	@Override
	public String toString() {
		return entries().size() + " in flight" + (this.closed ? ", closed" : "");
	}

	/**
	 * An exchange that is in flight.
	 */
	static final class Entry {

		private final Exchange exchange;

		private final DefaultXMLHttpRequest request;

		private @Nullable Entry previous;

		private @Nullable Entry next;

		private Entry(Exchange exchange, DefaultXMLHttpRequest request) {
			this.exchange = exchange;
			this.request = request;
		}

	}

	/**
	 * Some of the exchanges.
	 */
	private static final class EntryList {

		private @Nullable Entry first;

		synchronized void add(Entry entry) {
			entry.next = this.first;
			if (this.first != null) {
				this.first.previous = entry;
			}
			this.first = entry;
		}

		synchronized void remove(Entry entry) {
			if (entry.previous != null) {
				entry.previous.next = entry.next;
			}
			else if (this.first == entry) {
				this.first = entry.next;
			}
			if (entry.next != null) {
				entry.next.previous = entry.previous;
			}
			entry.previous = null;
			entry.next = null;
		}

		synchronized void copyTo(List<Entry> entries) {
			for (Entry entry = this.first; entry != null; entry = entry.next) {
				entries.add(entry);
			}
		}

		synchronized boolean any(Predicate<Exchange> condition) {
			Entry entry = this.first;
			while (entry != null && !condition.test(entry.exchange)) {
				entry = entry.next;
			}
			return entry != null;
		}

	}

}
