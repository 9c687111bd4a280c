package io.github.springxhr.benchmarks.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

import io.github.springxhr.benchmarks.peer.Operation;
import io.github.springxhr.benchmarks.peer.Peer;

/**
 * Sends requests and counts their ends.
 *
 * <h2>Concurrency</h2> In a closed loop each end of a request starts the next one, in the
 * thread that tells of it, as there is nothing else to do with the result. One request at
 * a time is another matter: the thread that sends waits for the end, as a program does
 * that needs one thing after another.
 */
final class Load implements AutoCloseable {

	private final Peer peer;

	private final Operation operation;

	private final ExecutorService pool = Executors.newCachedThreadPool();

	private final AtomicLong requests = new AtomicLong();

	private final AtomicLong failed = new AtomicLong();

	private final AtomicLong size = new AtomicLong();

	Load(Peer peer, Operation operation) {
		this.peer = peer;
		this.operation = operation;
	}

	/** As many requests as there can be in the time. */
	Measurement loop(String url, int inFlight, long millis) throws InterruptedException {
		return loop(url, inFlight, millis, Long.MAX_VALUE);
	}

	/** The same, but not more than a number of requests. */
	Measurement loop(String url, int inFlight, long millis, long most) throws InterruptedException {
		return measure(() -> {
			long end = System.nanoTime() + millis * 1_000_000;
			BooleanSupplier more = () -> System.nanoTime() - end < 0 && this.requests.get() < most;
			if (inFlight == 1) {
				oneByOne(url, more);
			}
			else {
				keep(url, inFlight, more);
			}
		});
	}

	/** A number of requests, all at once. */
	Measurement burst(String url, int count) throws InterruptedException {
		return measure(() -> keep(url, count, () -> false));
	}

	/** A number of requests, one after the other. */
	Measurement count(String url, int count) throws InterruptedException {
		return measure(() -> oneByOne(url, () -> this.requests.get() + this.failed.get() < count));
	}

	/**
	 * The live heap while a number of requests is under way, which are then left alone.
	 */
	Measurement heap(String url, int count, long millis) throws InterruptedException {
		start(url, count, () -> false);
		Thread.sleep(millis);
		long heap = Meter.liveHeap();
		return new Measurement(this.requests.get(), this.failed.get(), 0, 1, 0, 0, heap);
	}

	private void oneByOne(String url, BooleanSupplier more) throws InterruptedException {
		Semaphore ends = new Semaphore(0);
		Slot slot = new Slot(url, () -> false, Runnable::run, ends::release);
		do {
			slot.run();
			ends.acquire();
		}
		while (more.getAsBoolean());
	}

	private void keep(String url, int inFlight, BooleanSupplier more) throws InterruptedException {
		start(url, inFlight, more).await();
	}

	private CountDownLatch start(String url, int inFlight, BooleanSupplier more) {
		CountDownLatch ends = new CountDownLatch(inFlight);
		Executor executor = this.peer.isBlocking() ? this.pool : Runnable::run;
		for (int i = 0; i < inFlight; i++) {
			Slot slot = new Slot(url, more, executor, ends::countDown);
			executor.execute(slot);
		}
		return ends;
	}

	private Measurement measure(Task task) throws InterruptedException {
		this.requests.set(0);
		this.failed.set(0);
		this.size.set(0);
		long allocated = Meter.allocated();
		long cpu = Meter.cpuNanos();
		long begin = System.nanoTime();
		task.run();
		long nanos = System.nanoTime() - begin;
		return new Measurement(this.requests.get(), this.failed.get(), this.size.get(), nanos, Meter.cpuNanos() - cpu,
				Meter.allocated() - allocated, 0);
	}

	@Override
	public void close() {
		this.pool.shutdown();
		this.peer.close();
	}

	private interface Task {

		void run() throws InterruptedException;

	}

	/** One of those that are in flight. */
	private final class Slot implements Runnable, Peer.Completion {

		private final String url;

		private final BooleanSupplier more;

		private final Executor executor;

		private final Runnable end;

		Slot(String url, BooleanSupplier more, Executor executor, Runnable end) {
			this.url = url;
			this.more = more;
			this.executor = executor;
			this.end = end;
		}

		@Override
		public void run() {
			Load.this.peer.start(Load.this.operation, this.url, this);
		}

		@Override
		public void completed(long length) {
			Load.this.requests.incrementAndGet();
			Load.this.size.addAndGet(length);
			next();
		}

		@Override
		public void failed(Throwable cause) {
			if (Load.this.failed.getAndIncrement() == 0) {
				System.err.println(cause);
			}
			next();
		}

		private void next() {
			if (this.more.getAsBoolean()) {
				this.executor.execute(this);
			}
			else {
				this.end.run();
			}
		}

	}

}
