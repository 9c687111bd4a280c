package io.github.springxhr.demo.run;

/**
 * Something is wrong with a specification; the message says what.
 */
class InvalidSpecException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	InvalidSpecException(String message) {
		super(message);
	}

}
