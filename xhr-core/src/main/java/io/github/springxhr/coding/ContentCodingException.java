package io.github.springxhr.coding;

import java.io.IOException;

import io.github.springxhr.http.Internal;
import org.jspecify.annotations.Nullable;

/**
 * A body's content coding cannot be undone. The message has nothing of the body.
 *
 * @since 0.1.0
 */
@Internal
public class ContentCodingException extends IOException {

	private static final long serialVersionUID = 1L;

	private final Reason reason;

	ContentCodingException(Reason reason) {
		this(reason, null);
	}

	ContentCodingException(Reason reason, @Nullable Throwable cause) {
		super(reason.description, cause);
		this.reason = reason;
	}

	/**
	 * Return why.
	 * @return the reason
	 */
	public Reason getReason() {
		return this.reason;
	}

	/**
	 * Why a coding cannot be undone.
	 */
	@Internal
	public enum Reason {

		/** The bytes are not what the coding produces, or a checksum is wrong. */
		CORRUPT("The coded body is corrupt"),

		/** The body ended before the coded data did. */
		TRUNCATED("The coded body ends early"),

		/** It decodes to more bytes than allowed. */
		TOO_LARGE("The decoded body is too large"),

		/** It decodes to more than 1 MiB and more than 1,000 bytes for each received. */
		RATIO("The body decodes to suspiciously many bytes"),

		/** More than 5 codings were applied one after the other. */
		TOO_MANY_CODINGS("The body has too many content codings");

		private final String description;

		Reason(String description) {
			this.description = description;
		}

	}

}
