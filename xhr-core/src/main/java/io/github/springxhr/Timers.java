package io.github.springxhr;

/**
 * The clock of a factory, and its alarms.
 */
interface Timers {

	/**
	 * Return the time of a clock that only runs forward.
	 * @return nanoseconds since some moment
	 */
	long nanoTime();

	/**
	 * Run a task later, in a thread that it must not block.
	 * @param task the task
	 * @param delayNanos nanoseconds, 0 or more
	 * @return cancels the alarm
	 */
	Alarm schedule(Runnable task, long delayNanos);

	/**
	 * An alarm that was set.
	 */
	interface Alarm {

		/**
		 * Give it up. Does nothing if the task has run or is running.
		 */
		void cancel();

	}

}
