package io.github.springxhr;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The exchanges of a factory that have been sent and not ended.
 */
final class InFlight {

	private final Map<Exchange, DefaultXMLHttpRequest> exchanges = new ConcurrentHashMap<>();

	private final AtomicLong lastId = new AtomicLong();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition ended = this.lock.newCondition();

	private volatile boolean closed;

	/** When the time to end began to run, by the factory's clock. */
	private volatile @Nullable Long shutdownBegan;

	boolean isClosed() {
		return this.closed;
	}

	long nextId() {
		return this.lastId.incrementAndGet();
	}

	void add(Exchange exchange, DefaultXMLHttpRequest request) {
		this.exchanges.put(exchange, request);
	}

	List<XhrInFlight> list() {
		return this.exchanges.keySet()
			.stream()
			.map(Exchange::toInFlight)
			.filter(Objects::nonNull)
			.sorted(Comparator.comparingLong(XhrInFlight::id))
			.toList();
	}

	boolean abort(long id) {
		for (Map.Entry<Exchange, DefaultXMLHttpRequest> entry : this.exchanges.entrySet()) {
			Exchange exchange = entry.getKey();
			if (exchange.id() == id) {
				exchange.terminate();
				entry.getValue().abort(exchange);
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
	}

	void remove(Exchange exchange) {
		this.exchanges.remove(exchange);
		if (this.closed) {
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
		Long began = this.shutdownBegan;
		long left = (began != null) ? drainNanos - (now - began) : drainNanos;
		if (left > 0) {
			awaitEmpty(left);
		}
		this.exchanges.keySet().forEach(Exchange::close);
	}

	private void abortBackground() {
		this.exchanges.keySet().stream().filter(Exchange::isBackground).forEach(Exchange::close);
	}

	private void awaitEmpty(long nanos) {
		long left = nanos;
		this.lock.lock();
		try {
			while (!this.exchanges.isEmpty() && left > 0) {
				left = this.ended.awaitNanos(left);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public String toString() {
		return this.exchanges.size() + " in flight" + (this.closed ? ", closed" : "");
	}

}
