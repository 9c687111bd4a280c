package io.github.springxhr.webclient;

import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.DefaultCookie;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClientResponse;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseCookie;
import org.springframework.http.client.reactive.ClientHttpResponse;
import org.springframework.http.support.Netty4HeadersAdapter;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * A response of Reactor Netty, as WebClient wants to see it and as it is.
 */
final class NettyResponse implements ClientHttpResponse {

	private final HttpClientResponse response;

	private final Connection connection;

	/** Whether somebody has the body. */
	private final AtomicBoolean taken = new AtomicBoolean();

	NettyResponse(HttpClientResponse response, Connection connection) {
		this.response = response;
		this.connection = connection;
	}

	HttpClientResponse nativeResponse() {
		return this.response;
	}

	/**
	 * Take the body as the HTTP client gives it: objects of Netty, which are released
	 * when they have been delivered.
	 * @return the body, or {@code null} if it has been taken before
	 */
	@Nullable Flux<?> take() {
		return this.taken.compareAndSet(false, true) ? this.connection.inbound().receiveObject() : null;
	}

	/**
	 * Let go of a body that nobody has taken.
	 */
	void discard() {
		Flux<?> body = take();
		if (body != null) {
			body.subscribe((part) -> {
			}, (failure) -> {
			});
		}
	}

	@Override
	public String getId() {
		return this.connection.channel().id().asShortText();
	}

	@Override
	public HttpStatusCode getStatusCode() {
		return HttpStatusCode.valueOf(this.response.status().code());
	}

	@Override
	public HttpHeaders getHeaders() {
		return HttpHeaders.readOnlyHttpHeaders(new Netty4HeadersAdapter(this.response.responseHeaders()));
	}

	@Override
	public Flux<DataBuffer> getBody() {
		NettyDataBufferFactory factory = new NettyDataBufferFactory(this.connection.outbound().alloc());
		return this.connection.inbound()
			.receive()
			.doOnSubscribe((subscription) -> this.taken.set(true))
			.map((buffer) -> factory.wrap(buffer.retain()));
	}

	@Override
	public MultiValueMap<String, ResponseCookie> getCookies() {
		MultiValueMap<String, ResponseCookie> cookies = new LinkedMultiValueMap<>();
		this.response.cookies()
			.values()
			.forEach((all) -> all.forEach((cookie) -> cookies.add(cookie.name(), toResponseCookie(cookie))));
		return cookies;
	}

	private static ResponseCookie toResponseCookie(Cookie cookie) {
		ResponseCookie.ResponseCookieBuilder builder = ResponseCookie.fromClientResponse(cookie.name(), cookie.value())
			.domain(cookie.domain())
			.path(cookie.path())
			.maxAge(cookie.maxAge())
			.secure(cookie.isSecure())
			.httpOnly(cookie.isHttpOnly());
		if (cookie instanceof DefaultCookie full) {
			builder.sameSite((full.sameSite() != null) ? full.sameSite().name() : null)
				.partitioned(full.isPartitioned());
		}
		return builder.build();
	}

}
