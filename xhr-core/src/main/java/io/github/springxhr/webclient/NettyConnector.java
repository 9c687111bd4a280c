package io.github.springxhr.webclient;

import java.net.URI;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientRequest;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;

/**
 * Connects WebClient with Reactor Netty as Spring's own connector does, but copies no
 * headers, and lets the exchange take the received response as it is.
 */
final class NettyConnector implements ClientHttpConnector {

	private final HttpClient client;

	/** What most requests are sent with: to make one is to copy a configuration. */
	private final HttpClient.RequestSender get;

	private final BiConsumer<Channel, WebClientExchange> prepared;

	/**
	 * Create the connector.
	 * @param prepared told of each request that is about to be written. As a hook of the
	 * HTTP client it would be an object more for each of them
	 */
	NettyConnector(HttpClient client, BiConsumer<Channel, WebClientExchange> prepared) {
		this.client = client;
		this.prepared = prepared;
		this.get = client.request(io.netty.handler.codec.http.HttpMethod.GET);
	}

	@Override
	public Mono<ClientHttpResponse> connect(HttpMethod method, URI uri,
			Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
		Attempt attempt = new Attempt(method, uri, requestCallback);
		return sender(method).uri(uri)
			.send(attempt::write)
			.responseConnection(attempt::received)
			.next()
			.doOnCancel(attempt::cancelled);
	}

	private HttpClient.RequestSender sender(HttpMethod method) {
		return method.equals(HttpMethod.GET) ? this.get
				: this.client.request(io.netty.handler.codec.http.HttpMethod.valueOf(method.name()));
	}

	/**
	 * One request on the wire.
	 */
	private final class Attempt {

		private final HttpMethod method;

		private final URI uri;

		private final Function<? super ClientHttpRequest, Mono<Void>> requestCallback;

		private volatile @Nullable NettyResponse response;

		Attempt(HttpMethod method, URI uri, Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
			this.method = method;
			this.uri = uri;
			this.requestCallback = requestCallback;
		}

		Publisher<Void> write(HttpClientRequest request, NettyOutbound outbound) {
			WebClientExchange exchange = WebClientExchange.from(request.currentContextView());
			outbound
				.withConnection((connection) -> NettyConnector.this.prepared.accept(connection.channel(), exchange));
			return this.requestCallback.apply(new NettyRequest(this.method, this.uri, request, outbound, exchange));
		}

		Publisher<ClientHttpResponse> received(HttpClientResponse received, Connection connection) {
			NettyResponse wrapped = new NettyResponse(received, connection);
			this.response = wrapped;
			WebClientExchange.from(received.currentContextView()).received(wrapped);
			return Mono.just(wrapped);
		}

		/** Nobody else would let go of a body that is not asked for. */
		void cancelled() {
			NettyResponse received = this.response;
			if (received != null) {
				received.discard();
			}
		}

	}

}
