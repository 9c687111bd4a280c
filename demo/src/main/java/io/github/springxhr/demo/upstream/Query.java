package io.github.springxhr.demo.upstream;

import java.util.List;

import io.netty.handler.codec.http.QueryStringDecoder;
import reactor.netty.http.server.HttpServerRequest;

/**
 * What a request's query says.
 */
final class Query {

	private Query() {
	}

	static String text(HttpServerRequest request, String name, String fallback) {
		return new QueryStringDecoder(request.uri()).parameters().getOrDefault(name, List.of(fallback)).get(0);
	}

	/** A number that is brought into a range; the fallback if it is none. */
	static int number(HttpServerRequest request, String name, int fallback, int min, int max) {
		try {
			return Math.min(max, Math.max(min, Integer.parseInt(text(request, name, ""))));
		}
		catch (NumberFormatException ex) {
			return fallback;
		}
	}

}
