package io.github.springxhr.demo.upstream;

import java.util.Set;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.cookie.Cookie;
import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * What has to do with credentials.
 */
final class Secrets {

	private static final String COOKIE = "demo-visitor";

	private static final String AUTHORIZATION = "Basic ZGVtbzpkZW1v";

	void register(Endpoints endpoints) {
		endpoints.add("/cookies/set", this::setCookie).add("/cookies", this::tellCookie).add("/auth", this::auth);
	}

	/** Sets the cookie and leads to where it is told whether it came back. */
	private Publisher<Void> setCookie(HttpServerRequest request, HttpServerResponse response) {
		String query = request.uri().contains("?") ? request.uri().substring(request.uri().indexOf('?')) : "";
		return response.status(302)
			.header(HttpHeaderNames.SET_COOKIE, COOKIE + "=yes; Path=/; HttpOnly")
			.header(HttpHeaderNames.LOCATION, "../cookies" + query)
			.header(HttpHeaderNames.CONTENT_LENGTH, "0")
			.send();
	}

	private Publisher<Void> tellCookie(HttpServerRequest request, HttpServerResponse response) {
		Set<Cookie> cookies = request.cookies().getOrDefault(COOKIE, Set.of());
		return Pages.send(request, response, 200, "application/json", "{\"cookie\":" + !cookies.isEmpty() + "}\n");
	}

	/** The user is demo, and so is the password. */
	private Publisher<Void> auth(HttpServerRequest request, HttpServerResponse response) {
		if (AUTHORIZATION.equals(request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION))) {
			return Pages.send(request, response, 200, Pages.TEXT, "Welcome.\n");
		}
		response.header(HttpHeaderNames.WWW_AUTHENTICATE, "Basic realm=\"demo\"");
		return Pages.send(request, response, 401, Pages.TEXT, "Who are you?\n");
	}

}
