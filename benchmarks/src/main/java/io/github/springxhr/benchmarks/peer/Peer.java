package io.github.springxhr.benchmarks.peer;

/**
 * A client that is compared with others.
 */
public interface Peer extends AutoCloseable {

	/**
	 * Start a request. Its end is told once, from any thread, before this method returns
	 * or after it.
	 * @param operation what is done
	 * @param url where
	 * @param completion who is told
	 */
	void start(Operation operation, String url, Completion completion);

	/**
	 * Return whether {@link #start} returns at the end of the request only.
	 * @return whether it does
	 */
	default boolean isBlocking() {
		return false;
	}

	@Override
	void close();

	/**
	 * Is told of the end of a request.
	 */
	interface Completion {

		/**
		 * It has succeeded.
		 * @param size how many bytes or characters there are of the result
		 */
		void completed(long size);

		/**
		 * It has failed.
		 * @param cause why
		 */
		void failed(Throwable cause);

	}

}
