package io.github.springxhr.http;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A server's demand for credentials.
 *
 * @param scheme the scheme in lower case
 * @param token68 what the scheme has instead of parameters, or {@code null}
 * @param parameters the parameters, their names in lower case
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-11.3">RFC 9110</a>
 */
record Challenge(String scheme, @Nullable String token68, Map<String, String> parameters) {

}
