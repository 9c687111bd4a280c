package io.github.springxhr;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * The event loop of one request: runs one task at a time, in whichever thread has entered
 * it. It is what the standard assumes when it assumes a single thread.
 *
 * <h2>Concurrency</h2> {@code lock} guards {@code tasks}, {@code callers},
 * {@code draining} and the conditions, and the writes of {@code owner}; it is never held
 * while a task runs. A thread that reads itself in {@code owner} is inside, as only it
 * can have written that. A caller goes before the tasks that wait, so that a busy
 * transport cannot starve it: a call may overtake news from the network that has not been
 * told yet.
 */
final class Lane implements Runnable {

	private static final Log logger = LogFactory.getLog(Lane.class);

	private volatile Executor executor;

	private volatile Executor handOver;

	private final ReentrantLock lock = new ReentrantLock();

	/** Made by the first who waits. */
	private @Nullable Condition free;

	/** Waited for by the one thread that is inside, which makes it. */
	private @Nullable Condition posted;

	/** Made for the first task. */
	private @Nullable ArrayDeque<Runnable> tasks;

	private volatile @Nullable Thread owner;

	private int callers;

	private boolean draining;

	/** Whether everything is handed over, and not only what waited for a caller. */
	private volatile boolean away;

	/** Touched inside only. */
	private boolean moved;

	/**
	 * Create a lane.
	 * @param executor runs the tasks of the transport when they are posted
	 * @param handOver runs those that were posted while a caller was inside
	 */
	Lane(Executor executor, Executor handOver) {
		this.executor = executor;
		this.handOver = handOver;
	}

	/**
	 * Let another executor run what is posted from now on.
	 */
	void use(Executor other) {
		this.executor = other;
		this.handOver = other;
	}

	/**
	 * Let the executor that takes over from callers run what is left and what is posted
	 * from now on, as the thread of the transport must not wait for a disk. To be called
	 * inside.
	 */
	void moveAway() {
		if (!this.away && this.executor != this.handOver) {
			this.away = true;
			this.moved = true;
		}
	}

	/**
	 * Let the first executor run what is posted from now on. To be called inside.
	 */
	void moveBack() {
		this.away = false;
		this.moved = false;
	}

	boolean isInside() {
		return this.owner == Thread.currentThread();
	}

	/**
	 * Run a call in the current thread: at once if it is inside already, else when the
	 * lane is free.
	 */
	<T> T call(Supplier<T> call) {
		if (isInside()) {
			return call.get();
		}
		enter();
		try {
			return call.get();
		}
		finally {
			exit();
		}
	}

	/**
	 * Run a call in the current thread if that needs no waiting, else queue it.
	 */
	void callOrPost(Runnable call) {
		if (isInside()) {
			call.run();
			return;
		}
		if (enterOrQueue(call)) {
			try {
				call.run();
			}
			finally {
				exit();
			}
		}
	}

	private boolean enterOrQueue(Runnable call) {
		this.lock.lock();
		try {
			if (this.owner != null) {
				add(call);
				signal(this.posted);
				return false;
			}
			this.owner = Thread.currentThread();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Run what is posted in the current thread, which is inside, until there is what it
	 * waits for.
	 * @param done whether there is
	 * @param onInterrupt called if the thread is interrupted, which it is again at the
	 * end
	 */
	void runUntil(BooleanSupplier done, Runnable onInterrupt) {
		boolean interrupted = false;
		while (!done.getAsBoolean()) {
			try {
				runSafely(take());
			}
			catch (InterruptedException ex) {
				interrupted = true;
				onInterrupt.run();
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private Runnable take() throws InterruptedException {
		this.lock.lock();
		try {
			Runnable task = poll();
			while (task == null) {
				Condition news = (this.posted != null) ? this.posted : this.lock.newCondition();
				this.posted = news;
				news.await();
				task = poll();
			}
			return task;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Queue a task of the transport. Never waits.
	 * @param when runs what lets the tasks run that are queued by then, so that the
	 * transport can put off a hop until it has told all its news
	 */
	void post(Runnable task, Executor when) {
		if (queue(task)) {
			try {
				when.execute(this::drain);
			}
			catch (Throwable ex) {
				logger.warn("A hop that the transport was to put off is made at once", ex);
				drain();
			}
		}
	}

	private void drain() {
		drainOn(this.away ? this.handOver : this.executor);
	}

	/**
	 * Queue a task of an alarm, whose thread is for all requests and not for listeners.
	 * Never waits, nor does the task wait for a hop that has been put off: a second one
	 * finds nothing to do.
	 */
	void postFromAlarm(Runnable task) {
		if (queue(task) || isFree()) {
			drainOn(this.handOver);
		}
	}

	private boolean isFree() {
		this.lock.lock();
		try {
			return this.owner == null && this.callers == 0 && !isEmpty();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean queue(Runnable task) {
		this.lock.lock();
		try {
			add(task);
			signal(this.posted);
			return startDraining();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void add(Runnable task) {
		if (this.tasks == null) {
			this.tasks = new ArrayDeque<>(4);
		}
		this.tasks.add(task);
	}

	private @Nullable Runnable poll() {
		return (this.tasks != null) ? this.tasks.poll() : null;
	}

	private boolean isEmpty() {
		return this.tasks == null || this.tasks.isEmpty();
	}

	private boolean startDraining() {
		if (this.draining || this.owner != null || this.callers > 0 || isEmpty()) {
			return false;
		}
		this.draining = true;
		return true;
	}

	private void enter() {
		if (!enterIfFree()) {
			awaitTurn();
		}
	}

	private boolean enterIfFree() {
		this.lock.lock();
		try {
			if (this.owner != null) {
				return false;
			}
			this.owner = Thread.currentThread();
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void awaitTurn() {
		this.lock.lock();
		try {
			this.callers++;
			while (this.owner != null) {
				Condition exit = (this.free != null) ? this.free : this.lock.newCondition();
				this.free = exit;
				exit.awaitUninterruptibly();
			}
			this.callers--;
			this.owner = Thread.currentThread();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void exit() {
		if (leave()) {
			drainOn(this.handOver);
		}
	}

	private boolean leave() {
		this.lock.lock();
		try {
			this.owner = null;
			signal(this.free);
			return startDraining();
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean stopDraining() {
		this.lock.lock();
		try {
			this.draining = false;
			this.owner = null;
			signal(this.free);
			return startDraining();
		}
		finally {
			this.lock.unlock();
		}
	}

	private static void signal(@Nullable Condition condition) {
		if (condition != null) {
			condition.signal();
		}
	}

	private void drainOn(Executor chosen) {
		try {
			chosen.execute(this);
		}
		catch (Throwable ex) {
			logger.warn("The event executor failed; events are fired on the current thread", ex);
			run();
		}
	}

	/**
	 * Run what is queued, until there is nothing left, a caller wants to come in, whose
	 * exit starts the next drain, or a task has moved the rest away.
	 */
	@Override
	public void run() {
		Runnable task = next();
		while (task != null) {
			runSafely(task);
			if (this.moved) {
				this.moved = false;
				if (stopDraining()) {
					drainOn(this.handOver);
				}
				return;
			}
			task = next();
		}
	}

	private static void runSafely(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			logger.error("A task of a request failed, which is a bug of this library", ex);
		}
	}

	private @Nullable Runnable next() {
		this.lock.lock();
		try {
			if (this.owner == Thread.currentThread()) {
				this.owner = null;
			}
			if (this.owner != null || this.callers > 0 || isEmpty()) {
				this.draining = false;
				signal(this.free);
				return null;
			}
			this.owner = Thread.currentThread();
			return poll();
		}
		finally {
			this.lock.unlock();
		}
	}

}
