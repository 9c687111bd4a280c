package io.github.springxhr.reliability;

/**
 * What the fault happens over.
 */
public enum Transport {

	/** TCP. */
	HTTP,

	/** TLS. */
	HTTPS

}
