package io.github.springxhr.fetch;

import java.util.Map;

import io.github.springxhr.http.HeaderList;
import io.github.springxhr.http.RequestBody;
import io.github.springxhr.http.Url;
import org.jspecify.annotations.Nullable;

/**
 * What goes over the wire in one exchange.
 *
 * @param method the method
 * @param url the URL; its credentials and fragment are not to be sent
 * @param headers all headers but those that frame the message
 * @param body the body, or {@code null}
 * @param ownOrigin whether the request goes to the origin that the application meant, so
 * that the application's own request filters apply
 * @param context what travels with the request for others on its way to see; a reactive
 * transport puts it into the Reactor context
 * @since 0.1.0
 */
public record NetworkRequest(String method, Url url, HeaderList headers, @Nullable RequestBody body, boolean ownOrigin,
		Map<Object, Object> context) {

}
