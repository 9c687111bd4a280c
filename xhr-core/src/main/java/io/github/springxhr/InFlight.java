package io.github.springxhr;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The exchanges of a factory that have been sent and not ended.
 */
final class InFlight {

	private final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition ended = this.lock.newCondition();

	private volatile boolean closed;

	boolean isClosed() {
		return this.closed;
	}

	void add(Exchange exchange) {
		this.exchanges.add(exchange);
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
	void close(long drainNanos) {
		this.closed = true;
		this.exchanges.stream().filter(Exchange::isBackground).forEach(Exchange::close);
		if (drainNanos > 0) {
			awaitEmpty(drainNanos);
		}
		this.exchanges.forEach(Exchange::close);
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

	static long toNanos(int milliseconds) {
		return TimeUnit.MILLISECONDS.toNanos(milliseconds);
	}

}
