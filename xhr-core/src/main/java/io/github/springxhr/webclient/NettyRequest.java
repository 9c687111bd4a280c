package io.github.springxhr.webclient;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.NettyOutbound;
import reactor.netty.http.client.HttpClientRequest;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * A request of WebClient that writes its headers straight into Reactor Netty's.
 */
final class NettyRequest implements ClientHttpRequest, ZeroCopyHttpOutputMessage {

	private final HttpMethod method;

	private final URI uri;

	private final HttpClientRequest request;

	private final NettyOutbound outbound;

	private final WebClientExchange exchange;

	private final HttpHeaders headers;

	private @Nullable MultiValueMap<String, HttpCookie> cookies;

	private @Nullable Map<String, Object> attributes;

	private @Nullable List<Supplier<? extends Mono<Void>>> commitActions;

	private boolean committed;

	NettyRequest(HttpMethod method, URI uri, HttpClientRequest request, NettyOutbound outbound,
			WebClientExchange exchange) {
		this.method = method;
		this.uri = uri;
		this.request = request;
		this.outbound = outbound;
		this.exchange = exchange;
		this.headers = new WireHeaders(request.requestHeaders());
	}

	@Override
	public HttpMethod getMethod() {
		return this.method;
	}

	@Override
	public URI getURI() {
		return this.uri;
	}

	@Override
	public HttpHeaders getHeaders() {
		return this.committed ? HttpHeaders.readOnlyHttpHeaders(this.headers) : this.headers;
	}

	@Override
	public MultiValueMap<String, HttpCookie> getCookies() {
		if (this.cookies == null) {
			this.cookies = new LinkedMultiValueMap<>();
		}
		return this.cookies;
	}

	@Override
	public Map<String, Object> getAttributes() {
		if (this.attributes == null) {
			this.attributes = new LinkedHashMap<>(4);
		}
		return this.attributes;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> T getNativeRequest() {
		return (T) this.request;
	}

	@Override
	public DataBufferFactory bufferFactory() {
		return new NettyDataBufferFactory(this.outbound.alloc());
	}

	@Override
	public void beforeCommit(Supplier<? extends Mono<Void>> action) {
		if (this.commitActions == null) {
			this.commitActions = new ArrayList<>();
		}
		this.commitActions.add(action);
	}

	@Override
	public boolean isCommitted() {
		return this.committed;
	}

	@Override
	public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
		return commit(() -> this.outbound.send(toByteBufs(body)).then());
	}

	@Override
	public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
		return commit(() -> this.outbound.sendGroups(Flux.from(body).map(NettyRequest::toByteBufs)).then());
	}

	@Override
	public Mono<Void> writeWith(Path file, long position, long count) {
		return commit(() -> this.outbound.sendFile(file, position, count).then());
	}

	/**
	 * Return whether a part of a file can be written as such.
	 */
	boolean takesFiles() {
		return this.exchange.takesFiles();
	}

	/**
	 * Write a body of buffers and parts of files.
	 */
	Mono<Void> writeParts(Flux<Object> parts) {
		return commit(() -> this.outbound.sendObject(parts).then());
	}

	@Override
	public Mono<Void> setComplete() {
		return commit(Mono::empty);
	}

	/** The HTTP client sends a body of one buffer along with the head. */
	private static Publisher<ByteBuf> toByteBufs(Publisher<? extends DataBuffer> body) {
		return (body instanceof Mono<? extends DataBuffer> one) ? one.map(NettyDataBufferFactory::toByteBuf)
				: Flux.from(body).map(NettyDataBufferFactory::toByteBuf);
	}

	private Mono<Void> commit(Supplier<Mono<Void>> write) {
		if (this.committed) {
			return Mono.empty();
		}
		if (this.commitActions == null) {
			applied();
			return write.get();
		}
		List<Mono<Void>> actions = new ArrayList<>();
		this.commitActions.forEach((action) -> actions.add(action.get()));
		return Flux.concat(actions).then(Mono.fromRunnable(this::applied)).then(Mono.defer(write));
	}

	private void applied() {
		this.committed = true;
		RequestHeads.addUntold(this.request.requestHeaders(), this.exchange.networkRequest().headers(),
				this.exchange.headersTold());
		if (this.cookies != null) {
			this.cookies.forEach((name, values) -> values
				.forEach((cookie) -> this.request.addCookie(new DefaultCookie(cookie.getName(), cookie.getValue()))));
		}
	}

	/**
	 * The headers of the HTTP client, which has some there already that WebClient knows
	 * nothing of.
	 */
	private static final class WireHeaders extends HttpHeaders {

		private static final long serialVersionUID = 1L;

		WireHeaders(io.netty.handler.codec.http.HttpHeaders headers) {
			super(new Netty4HeadersAdapter(headers));
		}

		@Override
		public @Nullable List<String> putIfAbsent(String name, List<String> values) {
			return RequestHeads.isPreset(name) ? put(name, values) : super.putIfAbsent(name, values);
		}

	}

}
