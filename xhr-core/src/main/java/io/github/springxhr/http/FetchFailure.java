package io.github.springxhr.http;

import org.jspecify.annotations.Nullable;

/**
 * Why, and how far along, a request failed. A browser hides this from scripts; a service
 * has to know.
 *
 * @param kind why it failed
 * @param phase what was being done
 * @param message what happened, in words; holds no credentials and no query, and no value
 * of a header but that of a CORS failure, as in {@link CorsFailure#found()}
 * @param cause the exception behind it, or {@code null} if there was none
 * @param cors which of the CORS protocol's checks failed, or {@code null} if none did
 * @since 0.1.0
 */
public record FetchFailure(FailureKind kind, Phase phase, String message, @Nullable Throwable cause,
		@Nullable CorsFailure cors) {

	/**
	 * Create a failure.
	 * @param kind why it failed
	 * @param phase what was being done
	 * @param message what happened, without secrets
	 * @param cause the exception behind it, or {@code null} if there was none
	 */
	public FetchFailure(FailureKind kind, Phase phase, String message, @Nullable Throwable cause) {
		this(kind, phase, message, cause, null);
	}

	/**
	 * Create the failure of a CORS check.
	 * @param cors which check failed
	 * @return the failure
	 */
	public static FetchFailure of(CorsFailure cors) {
		return new FetchFailure(FailureKind.CORS, Phase.HEADERS, cors.toString(), null, cors);
	}

	/**
	 * Create a failure without an exception behind it.
	 * @param kind why it failed
	 * @param phase what was being done
	 * @param message what happened, without secrets
	 * @return the failure
	 */
	public static FetchFailure of(FailureKind kind, Phase phase, String message) {
		return new FetchFailure(kind, phase, message, null);
	}

	/**
	 * Create the failure of something that was not foreseen.
	 * @param phase what was being done
	 * @param thrown what was thrown; its message is not shown, as it may have secrets
	 * @return the failure
	 */
	public static FetchFailure unexpected(Phase phase, Throwable thrown) {
		return new FetchFailure(FailureKind.OTHER, phase, "unexpected " + thrown.getClass().getName(), thrown);
	}

	/**
	 * Return the failure with another message.
	 * @param message what happened, without secrets
	 * @return the failure
	 */
	public FetchFailure withMessage(String message) {
		return new FetchFailure(this.kind, this.phase, message, this.cause, this.cors);
	}

	/**
	 * Return the failure for a log or a trace: that of a CORS check says which header it
	 * was and what would have passed, but not what the server sent.
	 * @return the failure, whose message has no value of a header
	 */
	public FetchFailure withoutValues() {
		return (this.cors != null) ? withMessage(this.message.replace(this.cors.toString(), this.cors.withoutValue()))
				: this;
	}

	/**
	 * Return the failure without its cause, whose text belongs to others.
	 */
	@Override
	public String toString() {
		return this.kind.tag() + " while " + this.phase.description() + ": " + this.message;
	}

	/**
	 * The part of a request's life in which it failed.
	 */
	public enum Phase {

		/** Before a connection was ready. */
		CONNECT("connecting"),

		/** From the request's first byte to its last. */
		REQUEST("sending the request"),

		/** From the request's last byte to the end of the response's header. */
		HEADERS("waiting for the response"),

		/** While the response's body came in. */
		BODY("receiving the body");

		private final String description;

		Phase(String description) {
			this.description = description;
		}

		/**
		 * Return the phase in words.
		 * @return such as {@code "receiving the body"}
		 */
		public String description() {
			return this.description;
		}

	}

}
