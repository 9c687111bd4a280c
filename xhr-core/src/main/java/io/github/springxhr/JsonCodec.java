package io.github.springxhr;

import java.lang.reflect.Type;

import io.github.springxhr.mime.Encoding;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ParameterizedTypeReference;

/**
 * Reads and writes JSON by Jackson, with bounds for what a peer may send.
 */
final class JsonCodec {

	private static final int MAX_DEPTH = 500;

	private static final int MAX_NUMBER_LENGTH = 1000;

	private final JsonMapper mapper;

	private final ObjectReader treeReader;

	JsonCodec(@Nullable JsonMapper mapper) {
		this.mapper = (mapper != null) ? mapper : JsonMapper.builder().build();
		JsonMapper bounded = JsonMapper
			.builder(JsonFactory.builder()
				.streamReadConstraints(StreamReadConstraints.builder()
					.maxNestingDepth(MAX_DEPTH)
					.maxNumberLength(MAX_NUMBER_LENGTH)
					.maxStringLength(Integer.MAX_VALUE)
					.maxNameLength(Integer.MAX_VALUE)
					.build())
				.build())
			.build();
		this.treeReader = bounded.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
	}

	/**
	 * Parse JSON from bytes.
	 * @return the value, or {@code null} if the bytes are not JSON
	 * @see <a href=
	 * "https://infra.spec.whatwg.org/#parse-json-bytes-to-a-javascript-value">Infra
	 * Standard, parse JSON bytes</a>
	 */
	@Nullable JsonNode parse(byte[] bytes, int length) {
		try {
			JsonNode node = this.treeReader.readTree(Encoding.utf8Decode(bytes, 0, length));
			return (node != null && !node.isMissingNode()) ? node : null;
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	<T> T bind(JsonNode node, Class<T> type) {
		return this.mapper.treeToValue(node, type);
	}

	<T> T bind(JsonNode node, ParameterizedTypeReference<T> type) {
		JavaType javaType = this.mapper.getTypeFactory().constructType(type.getType());
		return this.mapper.treeToValue(node, javaType);
	}

	/**
	 * Bind JSON to a type.
	 * @return the object, or {@code null} if the bytes are not JSON
	 */
	@Nullable Object read(byte[] bytes, Type type) {
		JsonNode node = parse(bytes, bytes.length);
		return (node != null) ? bind(node, ParameterizedTypeReference.forType(type)) : null;
	}

	byte[] write(@Nullable Object value) {
		return this.mapper.writeValueAsBytes(value);
	}

}
