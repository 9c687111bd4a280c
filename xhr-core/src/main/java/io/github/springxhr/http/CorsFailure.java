package io.github.springxhr.http;

import org.jspecify.annotations.Nullable;

/**
 * The check of the CORS protocol that a response did not pass. A browser hides this from
 * scripts; whoever tests a service's CORS configuration has to know.
 *
 * @param step the check
 * @param preflight whether it is the preflight's response that did not pass
 * @param status the status of that response
 * @param header the name of the response header that decides, or {@code null} for the
 * status
 * @param expected what would have passed
 * @param found what there was instead, or {@code null} if the header is absent; control
 * characters are escaped
 * @since 0.1.0
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch Standard, CORS
 * protocol</a>
 */
public record CorsFailure(Step step, boolean preflight, int status, @Nullable String header, String expected,
		@Nullable String found) {

	private static final int SHOWN = 200;

	/**
	 * Create a failure.
	 * @param step the check
	 * @param preflight whether it is the preflight's response that did not pass
	 * @param status the status of that response
	 * @param header the name of the header, or {@code null} for the status
	 * @param expected what would have passed
	 * @param found what there was instead, or {@code null} if the header is absent
	 */
	public CorsFailure {
		found = (found != null) ? escape(found) : null;
	}

	private static String escape(String text) {
		StringBuilder escaped = new StringBuilder();
		text.chars().limit(SHOWN).forEach((c) -> {
			if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
				escaped.append(String.format("\\x%02x", c));
			}
			else {
				escaped.append((char) c);
			}
		});
		return (text.length() > SHOWN) ? escaped.append("...").toString() : escaped.toString();
	}

	/** What failed, without what the server sent. */
	String withoutValue() {
		String actual = (this.found != null) ? " is not " : " is missing, expected ";
		return subject() + actual + this.expected;
	}

	private String subject() {
		return (this.preflight ? "the CORS preflight failed: " : "the CORS check failed: ")
				+ ((this.header != null) ? this.header : "the status");
	}

	/**
	 * Return the failure in words.
	 */
	@Override
	public String toString() {
		String actual = (this.found != null) ? "is '" + this.found + "'" : "is missing";
		String context = (this.header != null) ? " (the status is " + this.status + ")" : "";
		return subject() + " " + actual + ", expected " + this.expected + context;
	}

	/**
	 * A check of the CORS protocol.
	 */
	public enum Step {

		/** The preflight is answered by a status of 200 to 299. */
		STATUS,

		/** {@code Access-Control-Allow-Origin} is the origin, or a permitted wildcard. */
		ALLOW_ORIGIN,

		/** With credentials, {@code Access-Control-Allow-Credentials} is true. */
		ALLOW_CREDENTIALS,

		/** {@code Access-Control-Allow-Methods} has the method. */
		ALLOW_METHODS,

		/** {@code Access-Control-Allow-Headers} has each header that needs it. */
		ALLOW_HEADERS

	}

}
