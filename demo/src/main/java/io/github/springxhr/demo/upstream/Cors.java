package io.github.springxhr.demo.upstream;

import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Lets pages of other origins in, rightly or wrongly, as the query wants it:
 * {@code cors=any}, {@code origin}, {@code credentials} or {@code wrong};
 * {@code preflight=refused}; {@code expose}.
 */
final class Cors {

	private Cors() {
	}

	static void apply(HttpServerRequest request, HttpServerResponse response) {
		String kind = Query.text(request, "cors", "none");
		String origin = request.requestHeaders().get(HttpHeaderNames.ORIGIN, "null");
		switch (kind) {
			case "any" -> allow(response, "*");
			case "origin" -> allow(response, origin);
			case "credentials" ->
				allow(response, origin).header(HttpHeaderNames.ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
			case "wrong" -> allow(response, "https://elsewhere.example");
			default -> {
				return;
			}
		}
		String exposed = Query.text(request, "expose", "");
		if (!exposed.isEmpty()) {
			response.header(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, "X-Demo");
		}
		if (!Query.text(request, "preflight", "right").equals("refused")) {
			allowAsked(request, response);
		}
	}

	private static HttpServerResponse allow(HttpServerResponse response, String origin) {
		return response.header(HttpHeaderNames.VARY, "Origin")
			.header(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
	}

	/** A preflight asks for these; other requests do not. */
	private static void allowAsked(HttpServerRequest request, HttpServerResponse response) {
		String method = request.requestHeaders().get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
		if (method != null) {
			response.header(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, method);
		}
		String headers = request.requestHeaders().get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS);
		if (headers != null) {
			response.header(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, headers);
		}
	}

}
