package io.github.springxhr;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/**
 * Runs tasks when the test says so.
 */
final class ManualExecutor implements Executor {

	private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

	@Override
	public synchronized void execute(Runnable task) {
		this.tasks.add(task);
	}

	synchronized int size() {
		return this.tasks.size();
	}

	void run() {
		Runnable task = poll();
		while (task != null) {
			task.run();
			task = poll();
		}
	}

	private synchronized Runnable poll() {
		return this.tasks.poll();
	}

}
