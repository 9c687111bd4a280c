package io.github.springxhr.demo.upstream;

import io.netty.handler.codec.http.HttpHeaderNames;
import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * What leads elsewhere, but never off the server that was asked: as many hops as
 * {@code n}, with the status {@code code}.
 */
final class Redirects {

	private static final int MOST = 30;

	void register(Endpoints endpoints) {
		endpoints.add("/redirect", this::redirect);
	}

	private Publisher<Void> redirect(HttpServerRequest request, HttpServerResponse response) {
		int left = Query.number(request, "n", 1, 1, MOST);
		int code = Query.number(request, "code", 302, 301, 308);
		String cors = Query.text(request, "cors", "none");
		String next = (left > 1) ? "redirect?n=" + (left - 1) + "&code=" + code + "&cors=" : "text?cors=";
		return response.status(code)
			.header(HttpHeaderNames.LOCATION, next + (cors.matches("[a-z]+") ? cors : "none"))
			.header(HttpHeaderNames.CONTENT_LENGTH, "0")
			.send();
	}

}
