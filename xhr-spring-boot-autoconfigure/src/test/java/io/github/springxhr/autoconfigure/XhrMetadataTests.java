package io.github.springxhr.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The metadata that an IDE reads.
 */
class XhrMetadataTests {

	private static final Set<Class<?>> GROUPS = Set.of(XhrClientProperties.Credentials.class,
			XhrClientProperties.Basic.class, XhrClientProperties.Bearer.class);

	@Test
	void describesEachProperty() throws IOException {
		Map<String, JsonNode> metadata = properties("xhr.");
		Set<String> names = new TreeSet<>();
		collect("xhr", XhrProperties.class, names);
		assertThat(names).contains("xhr.base-url", "xhr.credentials.basic.password", "xhr.max-response-size");
		assertThat(metadata.keySet()).containsExactlyInAnyOrderElementsOf(names);
		assertThat(metadata.values()).allSatisfy((property) -> {
			String description = property.path("description").asString("");
			assertThat(description).as(property.path("name").asString()).endsWith(".").doesNotStartWith("The ");
		});
	}

	@Test
	void describesEachPropertyOfTheEndpoint() throws IOException {
		Map<String, JsonNode> metadata = properties("management.endpoint.xhr.");
		assertThat(metadata.keySet()).containsExactlyInAnyOrder("management.endpoint.xhr.access",
				"management.endpoint.xhr.cache.time-to-live", "management.endpoint.xhr.show-values",
				"management.endpoint.xhr.roles");
		assertThat(metadata.get("management.endpoint.xhr.access").path("defaultValue").asString())
			.isEqualTo("read_only");
		assertThat(metadata.get("management.endpoint.xhr.show-values").path("defaultValue").asString())
			.isEqualTo(new XhrEndpointProperties().getShowValues().name().toLowerCase(Locale.ROOT));
	}

	private static Map<String, JsonNode> properties(String prefix) throws IOException {
		try (InputStream metadata = XhrProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			assertThat(metadata).isNotNull();
			return JsonMapper.shared()
				.readTree(metadata)
				.get("properties")
				.valueStream()
				.filter((property) -> property.get("name").asString().startsWith(prefix))
				.collect(Collectors.toMap((property) -> property.get("name").asString(), Function.identity()));
		}
	}

	private static void collect(String prefix, Class<?> type, Set<String> names) {
		for (var property : BeanUtils.getPropertyDescriptors(type)) {
			if (property.getName().equals("class")) {
				continue;
			}
			String dashed = property.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
			String name = ConfigurationPropertyName.of(prefix).append(dashed).toString();
			if (GROUPS.contains(property.getPropertyType())) {
				collect(name, property.getPropertyType(), names);
			}
			else {
				names.add(name);
			}
		}
	}

}
