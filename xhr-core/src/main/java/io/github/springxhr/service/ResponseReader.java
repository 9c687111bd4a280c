package io.github.springxhr.service;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;

import io.github.springxhr.XMLHttpRequest;
import io.github.springxhr.XMLHttpRequestResponseType;
import io.github.springxhr.form.Blob;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.Assert;

/**
 * What a method's return type makes of a response.
 *
 * @param responseType the type the request is given
 * @param function reads the response, which is not empty
 */
record ResponseReader<T>(XMLHttpRequestResponseType responseType, Function<XMLHttpRequest, @Nullable T> function) {

	private static final String JSON_NODE = "tools.jackson.databind.JsonNode";

	/** Reads nothing. */
	static final ResponseReader<Void> NONE = new ResponseReader<>(XMLHttpRequestResponseType.ARRAYBUFFER,
			(request) -> null);

	/**
	 * Return the reader for a type: texts, bytes, documents and so on are taken as they
	 * are, anything else is bound to JSON.
	 * @throws UnsupportedOperationException if the type stands for a stream
	 */
	@SuppressWarnings("unchecked")
	static <T> ResponseReader<T> of(ParameterizedTypeReference<T> type) {
		Class<?> raw = rawClass(type.getType());
		requireNoStream(raw);
		return (ResponseReader<T>) of(raw, type);
	}

	private static ResponseReader<?> of(Class<?> raw, ParameterizedTypeReference<?> type) {
		if (raw == Void.class) {
			return NONE;
		}
		if (raw == String.class || raw == CharSequence.class) {
			return new ResponseReader<>(XMLHttpRequestResponseType.TEXT, XMLHttpRequest::getResponseText);
		}
		if (raw == Document.class) {
			return asItIs(XMLHttpRequestResponseType.DOCUMENT, raw);
		}
		if (raw == Blob.class) {
			return asItIs(XMLHttpRequestResponseType.BLOB, raw);
		}
		if (raw.getName().equals(JSON_NODE)) {
			return asItIs(XMLHttpRequestResponseType.JSON, raw);
		}
		if (raw == byte[].class) {
			return new ResponseReader<>(XMLHttpRequestResponseType.ARRAYBUFFER, ResponseReader::bytes);
		}
		if (raw == ByteBuffer.class) {
			return new ResponseReader<>(XMLHttpRequestResponseType.ARRAYBUFFER,
					(request) -> ByteBuffer.wrap(bytes(request)));
		}
		if (raw == Resource.class || raw == ByteArrayResource.class) {
			return new ResponseReader<>(XMLHttpRequestResponseType.ARRAYBUFFER,
					(request) -> new ByteArrayResource(bytes(request)));
		}
		return new ResponseReader<>(XMLHttpRequestResponseType.JSON, (request) -> json(request, type));
	}

	/**
	 * Return the reader for a JSON array, whose elements come when all are there.
	 * @throws UnsupportedOperationException if the elements are not JSON
	 */
	static <T> ResponseReader<List<T>> ofList(ParameterizedTypeReference<T> elementType) {
		Class<?> raw = rawClass(elementType.getType());
		requireNoStream(raw);
		if (raw == String.class || raw == byte[].class || raw == ByteBuffer.class) {
			throw stream(raw);
		}
		ParameterizedTypeReference<List<T>> type = ParameterizedTypeReference
			.forType(ResolvableType.forClassWithGenerics(List.class, ResolvableType.forType(elementType.getType()))
				.getType());
		return new ResponseReader<>(XMLHttpRequestResponseType.JSON, (request) -> json(request, type));
	}

	private static void requireNoStream(Class<?> raw) {
		if (raw.getName().startsWith("org.springframework.core.io.buffer.")
				|| raw.getName().equals("org.springframework.http.codec.ServerSentEvent")) {
			throw stream(raw);
		}
	}

	private static UnsupportedOperationException stream(Class<?> raw) {
		return new UnsupportedOperationException("A response cannot be read as a stream of " + raw.getSimpleName()
				+ ", as it is collected: a Flux takes the elements of a JSON array; "
				+ "a Mono takes a String, byte[] or Blob");
	}

	private static Class<?> rawClass(Type type) {
		return ResolvableType.forType(type).toClass();
	}

	private static ResponseReader<?> asItIs(XMLHttpRequestResponseType responseType, Class<?> raw) {
		return new ResponseReader<>(responseType, (request) -> {
			Object response = request.getResponse();
			if (response == null) {
				throw new DecodingException("The response is no " + raw.getSimpleName());
			}
			return response;
		});
	}

	private static <T> @Nullable T json(XMLHttpRequest request, ParameterizedTypeReference<T> type) {
		if (request.getResponse() == null) {
			throw new DecodingException("The response is not JSON");
		}
		try {
			return request.getResponse(type);
		}
		catch (RuntimeException ex) {
			if (ex.getClass().getName().startsWith("tools.jackson.")) {
				throw new DecodingException("The JSON of the response does not fit " + type.getType().getTypeName(),
						ex);
			}
			throw ex;
		}
	}

	/**
	 * Return the body of a request whose response type is {@code arraybuffer}.
	 */
	static byte[] bytes(XMLHttpRequest request) {
		byte[] bytes = (byte[]) request.getResponse();
		Assert.state(bytes != null, "A complete response has bytes");
		return bytes;
	}

	static HttpStatusCode status(XMLHttpRequest request) {
		return HttpStatusCode.valueOf(request.getStatus());
	}

	/**
	 * Return the status in words that are not the peer's.
	 */
	static String describe(XMLHttpRequest request) {
		HttpStatus status = HttpStatus.resolve(request.getStatus());
		return (status != null) ? status.value() + " " + status.getReasonPhrase()
				: Integer.toString(request.getStatus());
	}

	static HttpHeaders headers(XMLHttpRequest request) {
		HttpHeaders headers = new HttpHeaders();
		request.getAllResponseHeaders().lines().forEach((line) -> {
			int colon = line.indexOf(": ");
			headers.add(line.substring(0, colon), line.substring(colon + 2));
		});
		return headers;
	}

}
