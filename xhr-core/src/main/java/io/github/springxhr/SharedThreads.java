package io.github.springxhr;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

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

	private volatile @Nullable EventWorkers workers;

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
		EventWorkers made = this.workers;
		if (made != null) {
			this.workers = null;
			made.shutdown();
		}
		if (this.timer != null) {
			this.timer.shutdownNow();
			this.timer = null;
		}
	}

	@Override
	public void execute(Runnable task) {
		try {
			workers().execute(task);
		}
		catch (RejectedExecutionException ex) {
			// the last factory has been closed meanwhile: its requests still have events
			makeWorkers().execute(task);
		}
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

	private EventWorkers workers() {
		EventWorkers made = this.workers;
		return (made != null) ? made : makeWorkers();
	}

	private EventWorkers makeWorkers() {
		synchronized (SharedThreads.class) {
			EventWorkers made = this.workers;
			if (made == null) {
				made = new EventWorkers(Math.max(2, Runtime.getRuntime().availableProcessors()), MAX_WORKERS, this);
				this.workers = made;
			}
			return made;
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

}
