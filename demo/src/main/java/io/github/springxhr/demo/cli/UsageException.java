package io.github.springxhr.demo.cli;

/**
 * The command line makes no sense, or names a file that is of no use.
 */
class UsageException extends Exception {

	private static final long serialVersionUID = 1L;

	private final ExitCode code;

	UsageException(String message) {
		this(ExitCode.USAGE, message);
	}

	UsageException(ExitCode code, String message) {
		super(message);
		this.code = code;
	}

	ExitCode code() {
		return this.code;
	}

}
