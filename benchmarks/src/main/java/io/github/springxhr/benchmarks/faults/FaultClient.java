package io.github.springxhr.benchmarks.faults;

/**
 * A client that is put to the faults.
 */
interface FaultClient extends AutoCloseable {

	/**
	 * Send a request and wait for what the caller is told.
	 * @param request what is sent
	 * @return the response, in whole
	 * @throws Exception what the caller is told instead
	 */
	Reply send(Order request) throws Exception;

	@Override
	void close();

}
