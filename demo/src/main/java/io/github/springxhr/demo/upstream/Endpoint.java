package io.github.springxhr.demo.upstream;

import org.reactivestreams.Publisher;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Answers requests.
 */
@FunctionalInterface
interface Endpoint {

	Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response);

}
