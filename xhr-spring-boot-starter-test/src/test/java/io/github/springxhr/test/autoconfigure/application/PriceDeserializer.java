package io.github.springxhr.test.autoconfigure.application;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

import org.springframework.boot.jackson.JacksonComponent;

/**
 * Reads {@code "1.50"}.
 */
@JacksonComponent
public class PriceDeserializer extends ValueDeserializer<Price> {

	@Override
	public Price deserialize(JsonParser parser, DeserializationContext context) {
		return new Price(Long.parseLong(parser.getString().replace(".", "")));
	}

}
