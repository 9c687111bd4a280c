package io.github.springxhr.demo;

import java.util.Locale;
import java.util.Set;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Refuses those who reach this machine by another name: a page from elsewhere whose name
 * was made to point here.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class LocalOnly implements WebFilter {

	private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1");

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		String host = exchange.getRequest().getURI().getHost();
		if (host != null && NAMES.contains(host.toLowerCase(Locale.ROOT))) {
			return chain.filter(exchange);
		}
		exchange.getResponse().setStatusCode(HttpStatus.MISDIRECTED_REQUEST);
		return exchange.getResponse().setComplete();
	}

}
