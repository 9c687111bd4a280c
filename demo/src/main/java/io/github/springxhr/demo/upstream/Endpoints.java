package io.github.springxhr.demo.upstream;

import java.util.HashMap;
import java.util.Map;

import io.netty.handler.codec.http.HttpMethod;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/**
 * All endpoints of the upstream, by their paths. Whatever its method is, a request gets
 * there: what may be sent from where is {@link Cors}'s.
 */
final class Endpoints {

	private final Map<String, Endpoint> endpoints = new HashMap<>();

	Endpoints(Pace pace) {
		new Pages(pace).register(this);
		new Redirects().register(this);
		new Uploads(pace).register(this);
		new Secrets().register(this);
		new Faults(pace).register(this);
	}

	/**
	 * Add what answers when it has all of the request.
	 * <p>
	 * Should a request come before the server knows that the last response on the
	 * connection has ended, and be answered before it has been read, then Reactor Netty
	 * 1.3.7 reads no further one.
	 * @see <a href="https://github.com/reactor/reactor-netty/issues/4361">its issue</a>
	 */
	Endpoints add(String path, Endpoint endpoint) {
		return addReader(path, (request, response) -> request.receive()
			.then(Mono.defer(() -> Mono.from(endpoint.answer(request, response)))));
	}

	/** Add what reads the request's body itself. */
	Endpoints addReader(String path, Endpoint endpoint) {
		this.endpoints.put(path, endpoint);
		return this;
	}

	/**
	 * Serve them.
	 * @param routes where
	 * @param prefix what their paths start with
	 */
	HttpServerRoutes register(HttpServerRoutes routes, String prefix) {
		return routes.route((request) -> this.endpoints.containsKey(path(request, prefix)),
				(request, response) -> answer(
						this.endpoints.getOrDefault(path(request, prefix), (asked, none) -> none.sendNotFound()),
						request, response));
	}

	private static String path(HttpServerRequest request, String prefix) {
		String full = request.fullPath();
		if (!full.startsWith(prefix + "/")) {
			return "";
		}
		String path = full.substring(prefix.length());
		return path.matches("/status/\\d{3}") ? "/status" : path;
	}

	private static Publisher<Void> answer(Endpoint endpoint, HttpServerRequest request, HttpServerResponse response) {
		response.header("Cache-Control", "no-store").header("X-Demo", "upstream");
		Cors.apply(request, response);
		if (request.method().equals(HttpMethod.OPTIONS)) {
			return request.receive().then(Mono.defer(() -> Mono.from(response.status(204).send())));
		}
		return endpoint.answer(request, response);
	}

}
