package io.github.springxhr.reliability;

/**
 * What the caller does about it.
 */
public enum Caller {

	/** Wait until the request ends by itself. */
	NONE,

	/** Have a timeout that is due while the fault happens. */
	TIMEOUT,

	/** Abort while the fault happens. */
	ABORT

}
