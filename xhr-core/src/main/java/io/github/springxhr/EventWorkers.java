package io.github.springxhr;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that fire events: as many at a time as there are processors, each of which
 * runs task after task, as to wake a thread costs more than to run most listeners.
 * <p>
 * A listener may wait, for another request for instance, whose events then need a thread
 * of their own. So there are more at a time when tasks have to wait for long, up to 256,
 * and fewer again some seconds later.
 *
 * <h2>Concurrency</h2> {@code active} counts the threads that look into the queue, or
 * have been asked to. One that stops counting itself looks once more, so no task is left
 * behind.
 */
final class EventWorkers implements Executor {

	/** How long a task may wait before there are twice as many threads. */
	private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	/** How long there are more threads after the last task that had to wait for long. */
	private static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(5);

	private static final int KEEP_ALIVE_SECONDS = 30;

	private final int min;

	private final int max;

	private final Timers timers;

	private final ThreadPoolExecutor threads;

	private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();

	private final AtomicInteger active = new AtomicInteger();

	private final Runnable work = this::work;

	private volatile int limit;

	/** Whether somebody looks after the tasks that wait. */
	private final AtomicBoolean watched = new AtomicBoolean();

	/** Touched by whoever looks. */
	private long lastGrowth;

	/**
	 * Create workers; threads are started when there are tasks.
	 * @param min how many run at a time if none has to wait
	 * @param max how many run at a time at most
	 * @param timers tells when tasks have waited for long
	 */
	EventWorkers(int min, int max, Timers timers) {
		this.min = min;
		this.max = max;
		this.limit = min;
		this.timers = timers;
		AtomicInteger count = new AtomicInteger();
		this.threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS,
				new SynchronousQueue<>(), (task) -> {
					Thread thread = new Thread(task, "xhr-events-" + count.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				});
	}

	@Override
	public void execute(Runnable task) {
		this.queue.add(task);
		if (tryStart()) {
			startFor(task);
		}
		else if (!this.watched.get() && this.watched.compareAndSet(false, true)) {
			watch();
		}
	}

	/**
	 * Count one more thread, if there may be one.
	 */
	boolean tryStart() {
		int running = this.active.get();
		while (running < this.limit) {
			if (this.active.compareAndSet(running, running + 1)) {
				return true;
			}
			running = this.active.get();
		}
		return false;
	}

	private void startFor(Runnable task) {
		try {
			this.threads.execute(this.work);
		}
		catch (RejectedExecutionException ex) {
			this.active.decrementAndGet();
			if (this.queue.remove(task)) {
				throw ex;
			}
		}
	}

	/**
	 * What a thread that has been counted does.
	 */
	void work() {
		do {
			runAll();
			this.active.decrementAndGet();
		}
		while (!this.queue.isEmpty() && tryStart());
	}

	private void runAll() {
		for (Runnable task = this.queue.poll(); task != null; task = this.queue.poll()) {
			try {
				task.run();
			}
			catch (Throwable ex) {
				Thread thread = Thread.currentThread();
				thread.getUncaughtExceptionHandler().uncaughtException(thread, ex);
			}
		}
	}

	/**
	 * Put a mark into the queue, which tells how long its tasks wait.
	 */
	private void watch() {
		Mark mark = new Mark();
		this.queue.add(mark);
		try {
			if (tryStart()) {
				startFor(mark);
			}
			lookLater(mark);
		}
		catch (RejectedExecutionException ex) {
			// the threads or the timer have been shut down
			this.watched.set(false);
		}
	}

	private void lookLater(Mark mark) {
		this.timers.schedule(() -> look(mark), PATIENCE_NANOS);
	}

	private void look(Mark mark) {
		long now = this.timers.nanoTime();
		if (!mark.reached) {
			this.lastGrowth = now;
			this.limit = Math.min(this.max, 2 * this.limit);
			startMore();
			lookLater(mark);
			return;
		}
		if (this.limit > this.min && now - this.lastGrowth > MEMORY_NANOS) {
			this.limit = this.min;
		}
		if (this.queue.isEmpty()) {
			this.watched.set(false);
			if (this.queue.isEmpty() || !this.watched.compareAndSet(false, true)) {
				return;
			}
		}
		watch();
	}

	private void startMore() {
		for (int waiting = this.queue.size(); waiting > 0 && tryStart(); waiting--) {
			try {
				this.threads.execute(this.work);
			}
			catch (RejectedExecutionException ex) {
				this.active.decrementAndGet();
				return;
			}
		}
	}

	/**
	 * Start no more threads when all tasks have one, or as many as there can be.
	 */
	void shutdown() {
		this.limit = this.max;
		startMore();
		this.threads.shutdown();
	}

	/**
	 * Stands in the queue where tasks may have to wait.
	 */
	private static final class Mark implements Runnable {

		private volatile boolean reached;

		@Override
		public void run() {
			this.reached = true;
		}

	}

}
