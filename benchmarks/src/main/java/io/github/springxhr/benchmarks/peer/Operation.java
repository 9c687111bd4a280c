package io.github.springxhr.benchmarks.peer;

/**
 * What is done by a request.
 */
public enum Operation {

	/** A body becomes a string. */
	TEXT,

	/** A JSON body becomes an object. */
	JSON,

	/** A body is received and let go. */
	DISCARD,

	/** A body becomes an array of bytes. */
	ARRAYBUFFER,

	/** A body becomes a file. */
	BLOB,

	/** A large file is sent. */
	UPLOAD,

	/** A form with many files is sent. */
	MULTIPART

}
