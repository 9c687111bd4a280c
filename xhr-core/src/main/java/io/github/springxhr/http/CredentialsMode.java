package io.github.springxhr.http;

/**
 * Whether a request carries credentials: cookies, {@code Authorization} of the
 * configuration or of the URL.
 *
 * @since 0.1.0
 * @see <a href="https://fetch.spec.whatwg.org/#concept-request-credentials-mode">Fetch
 * Standard, credentials mode</a>
 */
@Internal
public enum CredentialsMode {

	/** Never. */
	OMIT,

	/** As long as it has not been to another origin than its own. */
	SAME_ORIGIN,

	/** Always. */
	INCLUDE

}
