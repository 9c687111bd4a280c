package io.github.springxhr.http;

import org.jspecify.annotations.Nullable;

/**
 * What is to be fetched, as {@code send()} hands it over.
 *
 * @param method the normalized method
 * @param url the URL; may include credentials
 * @param headers the author's headers, which the fetch may change
 * @param body the body, or {@code null}
 * @param credentialsMode whether it carries credentials
 * @param useCorsPreflight whether a preflight comes before it in any case, as there is an
 * upload listener
 * @param system whether the same-origin policy does not apply to it
 * @param maxResponseSize the largest body in bytes, or -1 for the factory's limit
 * @since 0.1.0
 * @see <a href="https://fetch.spec.whatwg.org/#concept-request">Fetch Standard,
 * request</a>
 */
@Internal
public record Request(String method, Url url, HeaderList headers, @Nullable RequestBody body,
		CredentialsMode credentialsMode, boolean useCorsPreflight, boolean system, long maxResponseSize) {

}
