package io.github.springxhr.reliability;

/**
 * Which exchange of a request the fault happens to.
 */
public enum Position {

	/** A POST on a connection of its own. */
	FIRST,

	/** A GET on a connection that has served another request. */
	REUSED,

	/** The POST that a 307 of another server leads to. */
	REDIRECT,

	/** The question whether a POST with a header of the author is let in. */
	PREFLIGHT

}
