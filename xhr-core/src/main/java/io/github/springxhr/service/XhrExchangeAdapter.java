package io.github.springxhr.service;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestResponseType;
import io.github.springxhr.XhrFactory;
import io.github.springxhr.event.Event;
import io.github.springxhr.event.ProgressEvent;
import io.github.springxhr.http.JsonBinding;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.util.Assert;
import org.springframework.web.service.invoker.AbstractReactorHttpExchangeAdapter;
import org.springframework.web.service.invoker.HttpRequestValues;

/**
 * Makes each call of an HTTP service client one {@link XMLHttpRequest} of a factory, with
 * its life cycle, timeouts, limits, metrics and rules of credentials. Thread-safe.
 *
 * <pre class="code">
 * HttpServiceProxyFactory.builderFor(XhrExchangeAdapter.create(factory)).build().createClient(Orders.class)
 * </pre>
 *
 * <p>
 * URLs are resolved against the base URL of the factory as by
 * {@link XMLHttpRequest#open(String, String)}. The body may be a text, bytes, a resource,
 * a {@code Blob}, a form or parts, a {@code Document}, or a publisher of {@code byte[]},
 * {@code ByteBuffer} or texts; any other object is sent as JSON. A response is read as a
 * {@code String}, {@code byte[]}, {@code Resource}, {@code Blob}, {@code Document} or
 * {@code JsonNode}; any other type is bound to its JSON, by the factory's mapper. An
 * empty body gives {@code null}. A {@code Flux} emits the elements of a JSON array once
 * the response is complete; streams of texts, bytes or events are not supported, nor are
 * request attributes and API versions.
 *
 * <p>
 * A status of 400 or more is an {@link XhrResponseException}; a request that fails is an
 * {@link io.github.springxhr.XhrException} with the failure of the plain request; a
 * complete body that is not what the method returns, a
 * {@link org.springframework.core.codec.DecodingException}.
 *
 * <h2>Concurrency</h2> The request is sent when the publisher is subscribed to, each time
 * anew, and cancelling aborts it. A method that returns no publisher waits without
 * blocking the network: interrupting its thread aborts the request. Called on one of
 * Reactor's non-blocking threads it sends nothing and throws
 * {@link IllegalStateException}.
 *
 * @since 0.1.0
 */
public final class XhrExchangeAdapter extends AbstractReactorHttpExchangeAdapter {

	private static final int FIRST_ERROR_STATUS = 400;

	private final XhrFactory factory;

	private final RequestBodies bodies;

	private XhrExchangeAdapter(XhrFactory factory) {
		this.factory = factory;
		this.bodies = new RequestBodies(new FormParts(factory));
	}

	/**
	 * Create an adapter.
	 * @param factory makes the requests; it is not closed with the adapter
	 * @return the adapter
	 */
	public static XhrExchangeAdapter create(XhrFactory factory) {
		Assert.notNull(factory, "factory must not be null");
		return new XhrExchangeAdapter(factory);
	}

	@Override
	public boolean supportsRequestAttributes() {
		return false;
	}

	@Override
	public Mono<Void> exchangeForMono(HttpRequestValues values) {
		return new ServiceMono<>(exchange(values, ResponseReader.NONE, (request, body) -> true).then());
	}

	@Override
	public Mono<HttpHeaders> exchangeForHeadersMono(HttpRequestValues values) {
		return new ServiceMono<>(
				exchange(values, ResponseReader.NONE, (request, body) -> ResponseReader.headers(request)));
	}

	@Override
	public <T> Mono<T> exchangeForBodyMono(HttpRequestValues values, ParameterizedTypeReference<T> bodyType) {
		return new ServiceMono<>(exchange(values, ResponseReader.of(bodyType), (request, body) -> body));
	}

	@Override
	public <T> Flux<T> exchangeForBodyFlux(HttpRequestValues values, ParameterizedTypeReference<T> bodyType) {
		return exchange(values, ResponseReader.ofList(bodyType), (request, body) -> elements(body))
			.flatMapMany(Flux::fromIterable);
	}

	@Override
	public Mono<ResponseEntity<Void>> exchangeForBodilessEntityMono(HttpRequestValues values) {
		return new ServiceMono<>(exchange(values, ResponseReader.NONE, XhrExchangeAdapter::entity));
	}

	@Override
	public <T> Mono<ResponseEntity<T>> exchangeForEntityMono(HttpRequestValues values,
			ParameterizedTypeReference<T> bodyType) {
		return new ServiceMono<>(exchange(values, ResponseReader.of(bodyType), XhrExchangeAdapter::entity));
	}

	@Override
	public <T> Mono<ResponseEntity<Flux<T>>> exchangeForEntityFlux(HttpRequestValues values,
			ParameterizedTypeReference<T> bodyType) {
		return new ServiceMono<>(exchange(values, ResponseReader.ofList(bodyType),
				(request, body) -> entity(request, Flux.fromIterable(elements(body)))));
	}

	private static <T> List<T> elements(@Nullable List<T> body) {
		return (body != null) ? body : List.of();
	}

	private static <T> ResponseEntity<T> entity(XMLHttpRequest request, @Nullable T body) {
		return ResponseEntity.status(ResponseReader.status(request))
			.headers(ResponseReader.headers(request))
			.body(body);
	}

	private <T, R> Mono<R> exchange(HttpRequestValues values, ResponseReader<T> reader,
			BiFunction<XMLHttpRequest, @Nullable T, @Nullable R> result) {
		return Mono.defer(() -> {
			ServiceCall call = new ServiceCall(values);
			return this.bodies.of(values).flatMap((body) -> send(call, body.orElse(null), reader, result));
		});
	}

	private <T, R> Mono<R> send(ServiceCall call, @Nullable Object body, ResponseReader<T> reader,
			BiFunction<XMLHttpRequest, @Nullable T, @Nullable R> result) {
		XMLHttpRequest request = call.open(this.factory, body);
		request.setResponseType(reader.responseType());
		AtomicLong loaded = new AtomicLong();
		request.addEventListener("readystatechange", (Event event) -> readErrorsAsBytes(request));
		request.addEventListener("load", (ProgressEvent event) -> loaded.set(event.getLoaded()));
		return request.exchange(body).mapNotNull((response) -> {
			if (isError(response)) {
				throw error(call, response);
			}
			return result.apply(response, (loaded.get() > 0) ? reader.function().apply(response) : null);
		});
	}

	private static boolean isError(XMLHttpRequest request) {
		return request.getStatus() >= FIRST_ERROR_STATUS;
	}

	private static void readErrorsAsBytes(XMLHttpRequest request) {
		if (request.getReadyState() == XMLHttpRequest.HEADERS_RECEIVED && isError(request)) {
			request.setResponseType(XMLHttpRequestResponseType.ARRAYBUFFER);
		}
	}

	private XhrResponseException error(ServiceCall call, XMLHttpRequest request) {
		byte[] body = ResponseReader.bytes(request);
		XhrResponseException error = call.error(request, body);
		if (this.factory instanceof JsonBinding json) {
			error.setBodyConvertFunction((type) -> json.read(body, type.getType()));
		}
		return error;
	}

}
