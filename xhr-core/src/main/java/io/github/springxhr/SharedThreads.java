package io.github.springxhr;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.NonBlocking;

/**
 * The threads that the factories of the application share: workers for events and one for
 * timeouts. They are made on first use, end when they idle, and are stopped when the last
 * factory is closed.
 */
final class SharedThreads implements Timers, Executor {

	/**
	 * Many, as a listener may wait for another request, whose events then need a thread
	 * of their own; bounded, as each costs a stack.
	 */
	private static final int MAX_WORKERS = 256;

	private static final int KEEP_ALIVE_SECONDS = 30;

	private static final SharedThreads INSTANCE = new SharedThreads();

	private @Nullable ExecutorService workers;

	private @Nullable ScheduledThreadPoolExecutor timer;

	private int users;

	private SharedThreads() {
	}

	static synchronized SharedThreads acquire() {
		INSTANCE.users++;
		return INSTANCE;
	}

	/**
	 * Tell that a factory has been closed. Tasks that are queued still run.
	 */
	void release() {
		synchronized (SharedThreads.class) {
			this.users--;
			if (this.users == 0) {
				stop();
			}
		}
	}

	private void stop() {
		if (this.workers != null) {
			this.workers.shutdown();
			this.workers = null;
		}
		if (this.timer != null) {
			this.timer.shutdownNow();
			this.timer = null;
		}
	}

	@Override
	public void execute(Runnable task) {
		workers().execute(task);
	}

	@Override
	public long nanoTime() {
		return System.nanoTime();
	}

	@Override
	public Alarm schedule(Runnable task, long delayNanos) {
		Future<?> future = timer().schedule(task, delayNanos, TimeUnit.NANOSECONDS);
		return () -> future.cancel(false);
	}

	private ExecutorService workers() {
		synchronized (SharedThreads.class) {
			if (this.workers == null) {
				this.workers = new ThreadPoolExecutor(0, MAX_WORKERS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS,
						new HandOffQueue(), threads("xhr-events-"), HandOffQueue::enqueue);
			}
			return this.workers;
		}
	}

	private ScheduledThreadPoolExecutor timer() {
		synchronized (SharedThreads.class) {
			if (this.timer == null) {
				this.timer = new ScheduledThreadPoolExecutor(1, TimerThread::new);
				this.timer.setRemoveOnCancelPolicy(true);
				this.timer.setKeepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS);
				this.timer.allowCoreThreadTimeOut(true);
			}
			return this.timer;
		}
	}

	private static ThreadFactory threads(String prefix) {
		AtomicInteger count = new AtomicInteger();
		return (task) -> {
			Thread thread = new Thread(task, prefix + count.incrementAndGet());
			thread.setDaemon(true);
			return thread;
		};
	}

	/**
	 * The thread of all alarms, on which a synchronous request is refused: its own
	 * timeout could not ring.
	 */
	private static final class TimerThread extends Thread implements NonBlocking {

		TimerThread(Runnable task) {
			super(task, "xhr-timer");
			setDaemon(true);
		}

	}

	/**
	 * Takes a task only if a worker waits for it, so that the pool starts another worker
	 * before it makes a task wait.
	 */
	private static final class HandOffQueue extends LinkedTransferQueue<Runnable> {

		private static final long serialVersionUID = 1L;

		@Override
		public boolean offer(Runnable task) {
			return tryTransfer(task);
		}

		/** Called when all workers are busy, or the pool has been shut down. */
		static void enqueue(Runnable task, ThreadPoolExecutor pool) {
			if (pool.isShutdown()) {
				throw new RejectedExecutionException("The pool has been shut down");
			}
			((HandOffQueue) pool.getQueue()).put(task);
		}

	}

}
