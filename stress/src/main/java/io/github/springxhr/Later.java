package io.github.springxhr;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An executor whose thread is the one that calls {@link #run()}.
 */
final class Later implements Executor {

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicInteger asked = new AtomicInteger();

	@Override
	public void execute(Runnable task) {
		this.asked.incrementAndGet();
		this.tasks.add(task);
	}

	void run() {
		for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
			task.run();
		}
	}

	int asked() {
		return this.asked.get();
	}

}
