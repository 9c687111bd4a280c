package io.github.springxhr.webclient;

import java.net.URI;

import io.micrometer.common.KeyValue;

import org.springframework.web.reactive.function.client.ClientHttpObservationDocumentation;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientRequestObservationContext;
import org.springframework.web.reactive.function.client.DefaultClientRequestObservationConvention;

/**
 * Spring's convention for what a WebClient observes of each hop, except that
 * {@code http.url} has no query and no user name or password, which may be secrets. With
 * Spring Boot the clients have it; without, give it to the WebClient's builder.
 *
 * @since 0.1.0
 */
public class RedactedClientRequestConvention extends DefaultClientRequestObservationConvention {

	/**
	 * Create a convention with Spring's name.
	 */
	public RedactedClientRequestConvention() {
	}

	/**
	 * Create a convention.
	 * @param name the name of the observation
	 */
	public RedactedClientRequestConvention(String name) {
		super(name);
	}

	@Override
	protected KeyValue httpUrl(ClientRequestObservationContext context) {
		ClientRequest request = context.getRequest();
		return (request != null) ? KeyValue.of(ClientHttpObservationDocumentation.HighCardinalityKeyNames.HTTP_URL,
				redacted(request.url())) : super.httpUrl(context);
	}

	private static String redacted(URI url) {
		return url.toASCIIString().split("[?#]", 2)[0].replaceFirst("//[^/]*@", "//");
	}

}
