package io.github.springxhr.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import io.github.springxhr.JsonBody;
import io.github.springxhr.StreamBody;
import io.github.springxhr.form.Blob;
import io.github.springxhr.form.File;
import io.github.springxhr.form.FormData;
import io.github.springxhr.form.URLSearchParams;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.w3c.dom.Document;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.util.Assert;
import org.springframework.util.MultiValueMap;
import org.springframework.web.service.invoker.HttpRequestValues;
import org.springframework.web.service.invoker.ReactiveHttpRequestValues;

/**
 * Makes what {@code send()} takes of the body of a call.
 */
final class RequestBodies {

	private static final MediaType ANY_JSON = new MediaType("application", "*+json");

	private final FormParts parts;

	RequestBodies(FormParts parts) {
		this.parts = parts;
	}

	/**
	 * Return the body, which may have to be waited for.
	 */
	Mono<Optional<Object>> of(HttpRequestValues values) {
		MediaType type = values.getHeaders().getContentType();
		Object value = values.getBodyValue();
		if (value != null) {
			return Mono.just(Optional.of(convert(value, type)));
		}
		if (values instanceof ReactiveHttpRequestValues reactive && reactive.getBodyPublisher() != null) {
			ParameterizedTypeReference<?> elementType = reactive.getBodyPublisherElementType();
			Assert.notNull(elementType, "The type of a publisher's elements is required");
			return publisher(reactive.getBodyPublisher(), ResolvableType.forType(elementType.getType()).toClass(),
					type);
		}
		return Mono.just(Optional.empty());
	}

	private Mono<Optional<Object>> publisher(Publisher<?> publisher, Class<?> elementType, @Nullable MediaType type) {
		if (elementType == ByteBuffer.class) {
			return stream(Flux.from(publisher).cast(ByteBuffer.class));
		}
		if (elementType == byte[].class) {
			return stream(Flux.from(publisher).cast(byte[].class).map(ByteBuffer::wrap));
		}
		if (elementType.getName().startsWith("org.springframework.core.io.buffer.")) {
			throw new IllegalArgumentException("A publisher of " + elementType.getSimpleName()
					+ " cannot be sent; let it publish byte[] or ByteBuffer");
		}
		if (publisher instanceof Mono<?> mono) {
			return mono.map((value) -> Optional.of(convert(value, type))).defaultIfEmpty(Optional.empty());
		}
		if (elementType == String.class) {
			return stream(Flux.from(publisher)
				.cast(String.class)
				.map((text) -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))));
		}
		requireJson(elementType, type);
		return Flux.from(publisher).collectList().map((values) -> Optional.of(new JsonBody(values)));
	}

	private static Mono<Optional<Object>> stream(Flux<ByteBuffer> source) {
		return Mono.just(Optional.of(new StreamBody(source, -1)));
	}

	private Object convert(Object value, @Nullable MediaType type) {
		if (isSentAsItIs(value)) {
			return value;
		}
		if (value instanceof Resource resource) {
			return file(resource);
		}
		if (value instanceof MultiValueMap<?, ?> map && (type == null || isForm(type) || isMultipart(type))) {
			return form(map, type);
		}
		requireJson(value.getClass(), type);
		return new JsonBody(value);
	}

	private static boolean isSentAsItIs(Object value) {
		return value instanceof String || value instanceof byte[] || value instanceof ByteBuffer
				|| value instanceof Blob || value instanceof Document || value instanceof FormData
				|| value instanceof URLSearchParams || value instanceof StreamBody || value instanceof JsonBody;
	}

	private static File file(Resource resource) {
		try {
			return File.of(resource);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Object form(MultiValueMap<?, ?> map, @Nullable MediaType type) {
		boolean multipart = (type != null) ? isMultipart(type)
				: map.values().stream().anyMatch((values) -> !values.stream().allMatch(String.class::isInstance));
		if (multipart) {
			Assert.isTrue(type == null || type.equalsTypeAndSubtype(MediaType.MULTIPART_FORM_DATA),
					"Parts are sent as multipart/form-data only");
			return this.parts.toFormData(map);
		}
		URLSearchParams params = new URLSearchParams();
		map.forEach((name, values) -> values
			.forEach((value) -> params.append(name.toString(), (value != null) ? value.toString() : "")));
		return params;
	}

	private static boolean isForm(MediaType type) {
		return type.equalsTypeAndSubtype(MediaType.APPLICATION_FORM_URLENCODED);
	}

	private static boolean isMultipart(MediaType type) {
		return type.getType().equals("multipart");
	}

	private static void requireJson(Class<?> valueType, @Nullable MediaType type) {
		boolean json = type == null || type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON) || ANY_JSON.includes(type);
		Assert.isTrue(json && !StreamingHttpOutputMessage.Body.class.isAssignableFrom(valueType),
				() -> "A body of " + valueType.getName() + " cannot be sent"
						+ ((type != null) ? " as " + type.getType() + "/" + type.getSubtype() : ""));
	}

}
