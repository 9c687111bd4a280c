package io.github.springxhr.reliability;

/**
 * What the fault happens over.
 */
enum Transport {

	/** TCP. */
	HTTP,

	/** TLS. */
	HTTPS

}
