package io.github.springxhr.webclient;

import reactor.core.publisher.Mono;

import org.springframework.util.Assert;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A filter of the application's {@link WebClient} that other origins may see the work of.
 * <p>
 * Filters run for the client's own origin only, as many of them add a token or a tenant;
 * for a client without a base URL, that is the origin of whatever URL a request is opened
 * with. With this type the application vouches that the filter puts no secret into a
 * request: such a filter also runs when a redirect has led to another origin, and for
 * CORS preflights. It is called for each request on the wire, so more than once when
 * there are redirects.
 *
 * @since 0.1.0
 * @see WebClient.Builder#filter(ExchangeFilterFunction)
 */
public interface CrossOriginFilter extends ExchangeFilterFunction {

	/**
	 * Vouch for a filter.
	 * @param filter a filter that puts no secret into a request
	 * @return a filter that does the same
	 * @throws IllegalArgumentException if it is {@code null}
	 */
	static CrossOriginFilter of(ExchangeFilterFunction filter) {
		Assert.notNull(filter, "filter must not be null");
		return new CrossOriginFilter() {
			@Override
			public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
				return filter.filter(request, next);
			}
		};
	}

}
