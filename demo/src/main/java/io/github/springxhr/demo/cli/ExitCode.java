package io.github.springxhr.demo.cli;

/**
 * What the process ends with. A script can tell by it what has become of the request.
 */
enum ExitCode {

	/** The response has come in, with a status below 400. */
	LOADED(0),

	/** There was no complete response. */
	NETWORK_ERROR(7),

	/** The response has come in, with a status of 400 or above. */
	ERROR_STATUS(22),

	/** It took longer than {@code xhr.timeout}. */
	TIMEOUT(28),

	/** The command line makes no sense. */
	USAGE(64),

	/** The file to be sent cannot be read. */
	NO_INPUT(66),

	/** The file for the response cannot be written. */
	CANNOT_CREATE(73),

	/** The properties of the starter make no sense. */
	CONFIGURATION(78),

	/**
	 * Aborted. The same that the JVM ends with after Ctrl-C, whose signal has the number
	 * 2.
	 */
	ABORTED(130);

	private final int value;

	ExitCode(int value) {
		this.value = value;
	}

	int value() {
		return this.value;
	}

}
